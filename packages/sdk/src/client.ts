/** The client: asks, changes, reads page by page, watches, and moves whole corpora. */
import type { ConcordClient, ConcordOptions } from "./concord-client.ts";
import { ConcordError } from "./errors.ts";
import {
  ListAnnotations,
  ListDocuments,
  ListProjects,
  ReadDocumentRevision,
  ReadProject,
  WatchDocument,
  type WatchDocumentSubscription,
  WatchProject,
  type WatchProjectSubscription,
} from "./generated/operations.ts";
import { ask, type Connection, send } from "./http.ts";
import type { Operation, Repeatable } from "./operation.ts";
import { nodesOf } from "./pages.ts";
import { patiently } from "./retry.ts";
import { createSocket, type Socket } from "./socket.ts";
import { jobFrom, openExport, orderOfJob, readExportReport, sendImport, untilEnded } from "./transfer.ts";
import { watchChanges } from "./watch.ts";

/** How many nodes a page has. */
const PAGE = 500;

/**
 * A client of one server. It connects when it is asked something.
 * @throws TypeError when `url` is no address
 * @example
 * const concord = createClient({ url: "http://127.0.0.1:4000", token: process.env.CONCORD_TOKEN });
 * for await (const { name } of concord.projects()) console.log(name);
 */
export function createClient(options: ConcordOptions): ConcordClient {
  const { retries = 8 } = options;
  const connection: Connection = {
    url: new URL(options.url).href.replace(/\/+$/, ""),
    token: options.token ?? null,
    timeout: options.timeout ?? 60_000,
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
  };
  let socket: Socket | null = null;
  const openSocket = () => {
    socket ??= createSocket(connection, options.webSocket);
    return socket;
  };

  const read = <Result>(text: string, variables: unknown) =>
    patiently(() => ask<Result>(connection, text, variables), { retries, repeatable: true });

  const client: ConcordClient = {
    query: (operation, ...[variables]) => read(operation.toString(), variables),

    mutate<Result, Input extends Repeatable>(operation: Operation<Result, { input: Input }>, input: Input) {
      const clientMutationId = input.clientMutationId ?? newId();
      return read<Result>(operation.toString(), { input: { ...input, clientMutationId } });
    },

    request: <Result>(text: string, variables: object = {}, { signal }: { signal?: AbortSignal } = {}) =>
      patiently(() => ask<Result>(connection, text, variables, signal), {
        retries,
        repeatable: false,
        signal,
      }),

    pages: (operation, variables, pageOf) =>
      nodesOf(async (after) =>
        pageOf(await read(operation.toString(), { first: PAGE, ...variables, after })),
      ),

    projects: ({ archived = false } = {}) =>
      client.pages(ListProjects, { archived }, ({ projects }) => projects),

    documents: (projectId, { archived = false, query } = {}) =>
      client.pages(ListDocuments, { projectId, archived, query }, ({ project }) => project?.documents),

    annotations: (filter) => client.pages(ListAnnotations, { filter }, ({ annotations }) => annotations),

    async *watchDocument(id, watching = {}) {
      const revision =
        watching.afterRevision ?? (await client.query(ReadDocumentRevision, { id })).document?.revision;
      if (revision === undefined) throw notThere("document");
      const batchOf = ({ documentChanges }: WatchDocumentSubscription) => documentChanges;
      const watched = { url: connection.url, socket: openSocket(), query: WatchDocument.toString(), retries };
      yield* watchChanges({ ...watched, id, batchOf }, revision, watching);
    },

    async *watchProject(id, watching = {}) {
      const revision = watching.afterRevision ?? (await client.query(ReadProject, { id })).project?.revision;
      if (revision === undefined) throw notThere("project");
      const batchOf = ({ projectChanges }: WatchProjectSubscription) => projectChanges;
      const watched = { url: connection.url, socket: openSocket(), query: WatchProject.toString(), retries };
      yield* watchChanges({ ...watched, id, batchOf }, revision, watching);
    },

    export: (projectId, wanted = {}) =>
      patiently(() => openExport(connection, projectId, wanted), {
        retries,
        repeatable: true,
        signal: wanted.signal,
      }),

    exportReport: (projectId, wanted = {}) =>
      patiently(() => readExportReport(connection, projectId, wanted), {
        retries,
        repeatable: true,
        signal: wanted.signal,
      }),

    import: (projectId, file, how = {}) => sendImport(connection, projectId, file, how),

    startImport: (jobId, choices = {}) => orderOfJob(connection, `${jobPath(jobId)}/start`, choices),

    undoImport: (jobId) => orderOfJob(connection, `${jobPath(jobId)}/undo`),

    job: (id, { onProgress = () => {}, signal } = {}) =>
      untilEnded(
        () =>
          patiently(() => jobFrom(connection, jobPath(id), { signal }), {
            retries,
            repeatable: true,
            signal,
          }),
        onProgress,
        signal,
      ),

    async cancelJob(id) {
      await send(connection, jobPath(id), { method: "DELETE" });
    },

    async dispose() {
      await socket?.dispose();
      socket = null;
    },
  };
  return client;
}

const jobPath = (id: string) => `/jobs/${encodeURIComponent(id)}`;

function notThere(what: string): ConcordError {
  return new ConcordError("NOT_FOUND", `There is no such ${what}, or you have no access to it.`);
}

/** crypto.randomUUID is not there in pages over plain HTTP. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
