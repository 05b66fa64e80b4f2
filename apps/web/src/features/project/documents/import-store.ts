// The import that runs, independent of the page that began it: one may go on reading meanwhile. Texts go piece by piece;
// a corpus becomes a job of the server, which is found again after a reload.
import type { ApolloClient } from "@apollo/client";
import { useSyncExternalStore } from "react";
import { v7 as uuidv7 } from "uuid";
import { describeError, type ShownError } from "../../../apollo/error-message.ts";
import { refreshPage } from "../../../frame/life.ts";
import { graphql } from "../../../gql/index.ts";
import type { Draft } from "./draft.ts";
import { afterRefusal, refusedIndex, toPieces } from "./import-pieces.ts";
import { afterEvent, type CorpusEvent, type CorpusRun, newRun } from "./job.ts";
import { forgetJob, recallJob, rememberJob } from "./remembered-job.ts";
import { cancelJob, followJob, runCorpus } from "./run-corpus.ts";

const ImportDocumentsDocument = graphql(`
  mutation ImportDocuments($input: ImportDocumentsInput!) {
    importDocuments(input: $input) {
      documents {
        id
      }
    }
  }
`);

export interface RefusedDraft {
  readonly draft: Draft;
  readonly reason: string;
}

export interface TextsRun {
  readonly kind: "texts";
  readonly projectId: string;
  readonly total: number;
  readonly added: number;
  readonly refused: readonly RefusedDraft[];
  /** `stopped`: an error that is about no document, such as a lost connection; `pending` waits for another try. */
  readonly state: "running" | "stopped" | "cancelled" | "done";
  readonly error: ShownError | null;
}

export type ImportRun = TextsRun | CorpusRun;

interface Piece {
  readonly drafts: readonly Draft[];
  /** Kept for every try, so that the server adds a piece once even if its answer was lost. */
  readonly clientMutationId: string;
}

const toPiece = (drafts: readonly Draft[]): Piece => ({ drafts, clientMutationId: uuidv7() });

let run: ImportRun | null = recalledRun();
let pending: Piece[] = [];
let abort: AbortController | null = null;
const listeners = new Set<() => void>();

function recalledRun(): CorpusRun | null {
  const job = recallJob(sessionStorage);
  if (!job) return null;
  return afterEvent(newRun(job.projectId, job.fileName, job.size), { kind: "accepted", jobId: job.jobId });
}

const warn = (event: BeforeUnloadEvent) => event.preventDefault();

/** What a reload would lose: texts that are still here, and a file that is being sent. A job goes on without the page. */
function isLostByReload(): boolean {
  return run?.kind === "texts" ? run.state === "running" : run?.phase === "uploading";
}

function set(next: ImportRun | null): void {
  run = next;
  window.removeEventListener("beforeunload", warn);
  if (isLostByReload()) window.addEventListener("beforeunload", warn);
  for (const listener of listeners) listener();
}

function update(change: Partial<Omit<TextsRun, "kind">>): void {
  if (run?.kind === "texts") set({ ...run, ...change });
}

async function send(
  client: ApolloClient,
  projectId: string,
  piece: Piece,
  signal: AbortSignal,
): Promise<number> {
  const documents = piece.drafts.map(({ id, title, text, language }) => ({ id, title, text, language }));
  const { data } = await client.mutate({
    mutation: ImportDocumentsDocument,
    variables: { input: { clientMutationId: piece.clientMutationId, projectId, documents } },
    // Thousands of texts just sent have no place in the cache.
    fetchPolicy: "no-cache",
    context: { fetchOptions: { signal } },
  });
  return data?.importDocuments.documents.length ?? 0;
}

const ABOUT_A_DOCUMENT = new Set(["BAD_USER_INPUT", "TOO_LARGE", "CONFLICT"]);

async function work(client: ApolloClient, texts: TextsRun): Promise<void> {
  const controller = new AbortController();
  abort = controller;
  let { added, refused } = texts;
  update({ state: "running", error: null });
  for (let piece = pending[0]; piece && !controller.signal.aborted; piece = pending[0]) {
    try {
      added += await send(client, texts.projectId, piece, controller.signal);
      pending = pending.slice(1);
      update({ added });
    } catch (error) {
      if (controller.signal.aborted) break;
      const shown = describeError(error);
      if (!ABOUT_A_DOCUMENT.has(shown.code)) {
        update({ state: "stopped", error: shown });
        await refreshPage(client);
        return;
      }
      const { refused: culprit, again } = afterRefusal(piece.drafts, refusedIndex(shown.field));
      pending = [...again.map(toPiece), ...pending.slice(1)];
      if (culprit) refused = [...refused, { draft: culprit, reason: shown.message }];
      update({ refused });
    }
  }
  update({ state: controller.signal.aborted ? "cancelled" : "done" });
  await refreshPage(client);
}

export async function startImport(
  client: ApolloClient,
  projectId: string,
  drafts: readonly Draft[],
): Promise<void> {
  pending = toPieces(drafts).map(toPiece);
  const texts: TextsRun = {
    kind: "texts",
    projectId,
    total: drafts.length,
    added: 0,
    refused: [],
    state: "running",
    error: null,
  };
  set(texts);
  await work(client, texts);
}

export async function resumeImport(client: ApolloClient): Promise<void> {
  if (run?.kind === "texts" && run.state === "stopped") await work(client, run);
}

function tell(event: CorpusEvent): void {
  if (run?.kind !== "corpus") return;
  const next = afterEvent(run, event);
  if (next.phase === "working" && next.jobId !== null)
    rememberJob(sessionStorage, { ...next, jobId: next.jobId });
  else forgetJob(sessionStorage);
  set(next);
}

export async function startCorpusImport(client: ApolloClient, projectId: string, file: File): Promise<void> {
  const controller = new AbortController();
  abort = controller;
  set(newRun(projectId, file.name, file.size));
  await runCorpus({ projectId, file, dryRun: false }, controller.signal, tell);
  await refreshPage(client);
}

/** After a reload: goes on asking after the job that was under way. */
export async function resumeCorpusImport(client: ApolloClient): Promise<void> {
  if (run?.kind !== "corpus" || run.jobId === null || run.phase !== "working" || abort !== null) return;
  abort = new AbortController();
  await followJob(run.jobId, abort.signal, tell);
  // The server has forgotten the job, or it was somebody else's: nothing to tell.
  if (run?.kind === "corpus" && run.error?.code === "NOT_FOUND") dismissImport();
  await refreshPage(client);
}

/** What was added stays; what is on its way may still arrive. */
export function cancelImport(): void {
  if (run?.kind === "corpus" && run.phase === "working" && run.jobId !== null) {
    void cancelJob(run.jobId);
    return;
  }
  abort?.abort();
  pending = [];
  if (run?.kind === "texts" && run.state === "stopped") update({ state: "cancelled" });
}

export function dismissImport(): void {
  set(null);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useImportRun(): ImportRun | null {
  return useSyncExternalStore(subscribe, () => run);
}

export function isUnderWay(run: ImportRun | null): boolean {
  if (run === null) return false;
  return run.kind === "texts" ? run.state === "running" : run.phase !== "over";
}
