/** What a client is asked for and can do; client.ts does it. */
import type { AnnotationFilter } from "./generated/operations.ts";
import type { Operation, Repeatable, VariablesOf } from "./operation.ts";
import type {
  DocumentChange,
  ListedAnnotation,
  ListedDocument,
  ListedProject,
  ProjectChange,
} from "./operations.ts";
import type { Page } from "./pages.ts";
import type {
  ExportOptions,
  ExportReport,
  ImportChoices,
  ImportFile,
  ImportJob,
  ImportOptions,
} from "./transfer.ts";
import type { WatchOptions } from "./watch.ts";

/** Where, as whom, and how patiently. */
export interface ConcordOptions {
  /** The server's address, as in `https://concord.example.org`. */
  url: string;
  /** An access token, made under Account in the browser. Left out in a page of the server itself. */
  token?: string;
  /** How often to try again what may be tried again, 8 unless said: about half a minute. */
  retries?: number;
  /** Milliseconds to wait for an answer, 60,000 unless said. Exports and imports take as long as they take. */
  timeout?: number;
  /** In place of the global one. */
  fetch?: typeof fetch;
  /** In place of the global one, as the package ws has it; Node before 22 has none. */
  webSocket?: unknown;
}

/** How to wait for a job. */
export interface JobOptions {
  /** Called with the job each time it was looked at. */
  onProgress?: (job: ImportJob) => void;
  /** Ends the waiting, not the job. */
  signal?: AbortSignal;
}

/** What a client can do. */
export interface ConcordClient {
  /**
   * Asks one of the operations of this package, or one of your own. Tries again when no answer comes.
   * @throws ConcordError
   * @example const { viewer } = await concord.query(ReadViewer);
   */
  query<Result, Variables>(
    operation: Operation<Result, Variables>,
    ...variables: VariablesOf<Variables>
  ): Promise<Result>;

  /**
   * Changes something. Without a clientMutationId it gets one, so that it can be sent again after a lost answer and is
   * done once all the same. Give one of your own where your program itself may start again in the middle.
   * @throws ConcordError; nothing has changed then, unless the code is UNREACHABLE
   * @example
   * const { createAnnotation } = await concord.mutate(CreateAnnotation, {
   *   documentId, labelId, fragments: [{ start: 0, end: 9 }],
   * });
   */
  mutate<Result, Input extends Repeatable>(
    operation: Operation<Result, { input: Input }>,
    input: Input,
  ): Promise<Result>;

  /**
   * Sends any GraphQL once; the type of its answer is your word. Only what was refused for its rate is sent again.
   * @throws ConcordError
   * @example await concord.request<{ projects: { totalCount: number } }>("{ projects { totalCount } }");
   */
  request<Result>(text: string, variables?: object, options?: { signal?: AbortSignal }): Promise<Result>;

  /**
   * All nodes of any connection, page after page, in the connection's order, also while others write.
   * @param pageOf where the connection is in the answer; null there is NOT_FOUND
   * @throws ConcordError
   * @example
   * const relations = concord.pages(ListRelations, { documentId }, ({ document }) => document?.relations);
   * for await (const { type, source, target } of relations) console.log(source.id, type.key, target.id);
   */
  pages<Result, Variables extends { after?: string | null | undefined }, Node>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    pageOf: (result: Result) => Page<Node> | null | undefined,
  ): AsyncGenerator<Node, void, undefined>;

  /**
   * One's projects.
   * @throws ConcordError
   * @example for await (const { id, name } of concord.projects()) console.log(id, name);
   */
  projects(options?: { archived?: boolean }): AsyncGenerator<ListedProject, void, undefined>;

  /**
   * A project's documents in import order, without their texts (`query(ReadDocument, { id })` has one).
   * @param options `query` asks for words in the title
   * @throws ConcordError
   * @example for await (const { id, title } of concord.documents(projectId)) console.log(id, title);
   */
  documents(
    projectId: string,
    options?: { archived?: boolean; query?: string },
  ): AsyncGenerator<ListedDocument, void, undefined>;

  /**
   * Annotations of a project, of some documents, labels or people of it, or with a text.
   * @throws ConcordError
   * @example
   * for await (const { label, span } of concord.annotations({ projectId })) console.log(label.key, span.quote);
   */
  annotations(filter: AnnotationFilter): AsyncGenerator<ListedAnnotation, void, undefined>;

  /**
   * Every change to a document, in order, each exactly once, also over lost connections and restarts of the server.
   * @throws ConcordError REVISION_GONE when the server no longer knows what came after `afterRevision`: read the document
   * again and watch from its revision. NOT_FOUND, FORBIDDEN, UNAUTHENTICATED when it is over
   * @example
   * for await (const change of concord.watchDocument(documentId, { afterRevision: 0 })) {
   *   if (change.__typename === "AnnotationSaved") console.log(change.annotation.span.quote);
   *   if (change.revision >= 2) break;
   * }
   */
  watchDocument(documentId: string, options?: WatchOptions): AsyncGenerator<DocumentChange, void, undefined>;

  /**
   * Every change to a project's own data (name, codebook, members, documents' headers, status), as `watchDocument`.
   * @throws ConcordError
   * @example
   * for await (const change of concord.watchProject(projectId, { signal })) console.log(change.__typename);
   */
  watchProject(projectId: string, options?: WatchOptions): AsyncGenerator<ProjectChange, void, undefined>;

  /**
   * A project as a file, as it is at this moment, in pieces as they come.
   * @throws ConcordError, BROKEN_OFF also from the stream
   * @example
   * const file = await concord.export(projectId, { format: "ndjson" });
   * for await (const line of readLines(file)) console.log(JSON.parse(line).title);
   */
  export(projectId: string, options?: ExportOptions): Promise<ReadableStream<Uint8Array>>;

  /**
   * What such an export would hold, and what its format leaves out. Takes as long as the export itself.
   * @throws ConcordError
   * @example
   * const { leftOut } = await concord.exportReport(projectId, { format: "brat", labels: ["claim"] });
   * for (const { message } of leftOut) console.log(message);
   */
  exportReport(projectId: string, options?: ExportOptions): Promise<ExportReport>;

  /**
   * Sends a file, as large as it is, and answers the job that brings it in. Is not tried again.
   * @throws ConcordError
   * @example
   * const { id } = await concord.import(projectId, await openAsBlob("corpus.ndjson"));
   * const { state, problems } = await concord.job(id);
   */
  import(projectId: string, file: ImportFile, options?: ImportOptions): Promise<ImportJob>;

  /**
   * Reads the file of a dry run again, or of a job that did not know its format or columns, with other choices; those
   * that are left out stay. Answers a new job, and the old one has no file any more.
   * @throws ConcordError CONFLICT for any other job, or when the file is not kept any more
   * @example
   * const looked = await concord.import(projectId, file, { name: "news.jsonl", dryRun: true });
   * const { preview } = await concord.job(looked.id);
   * const { id } = await concord.startImport(looked.id, { labels: { PER: "speaker", MISC: null } });
   */
  startImport(jobId: string, choices?: ImportChoices): Promise<ImportJob>;

  /**
   * Takes a done import back as a whole; `job` waits for it. What somebody has worked on since stays and is named.
   * @throws ConcordError CONFLICT when there is nothing to take back
   * @example
   * await concord.undoImport(id);
   * const { state, documents } = await concord.job(id); // "cancelled", and what stays
   */
  undoImport(jobId: string): Promise<ImportJob>;

  /**
   * Waits until a job has ended, also over restarts of the server, and answers how it is then.
   * @throws ConcordError
   * @example const job = await concord.job(id, { onProgress: ({ done, total }) => console.log(done, total) });
   */
  job(id: string, options?: JobOptions): Promise<ImportJob>;

  /**
   * Calls a job off; what it has brought in is taken out again, after this has answered (`job` waits for it).
   * @throws ConcordError CONFLICT when it has ended already
   * @example await concord.cancelJob(id);
   */
  cancelJob(id: string): Promise<void>;

  /**
   * Closes the socket; who watches is told nothing more.
   * @example await concord.dispose();
   */
  dispose(): Promise<void>;
}
