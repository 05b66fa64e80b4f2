// The import that runs, independent of the page that began it: one may go on reading meanwhile. Texts go piece by piece;
// files are a job of the server, which is found again after a reload until its result is put away.
import type { ApolloClient } from "@apollo/client";
import { useSyncExternalStore } from "react";
import { v7 as uuidv7 } from "uuid";
import { describeError, type ShownError } from "../../../apollo/error-message.ts";
import { refreshPage } from "../../../frame/life.ts";
import { graphql } from "../../../gql/index.ts";
import type { Draft } from "./draft.ts";
import { afterRefusal, refusedIndex, toPieces } from "./import-pieces.ts";
import { afterEvent, type JobEvent, type JobRun, newRun } from "./job-run.ts";
import { forgetJob, type RememberedJob, recallJob, rememberJob } from "./remembered-job.ts";
import { cancelJob, followJob, undoJob } from "./run-job.ts";

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

export type ImportRun = TextsRun | JobRun;

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

function runOf({ projectId, fileName, size, jobId }: RememberedJob): JobRun {
  return afterEvent(newRun(projectId, fileName, size), { kind: "accepted", jobId });
}

function recalledRun(): JobRun | null {
  const job = recallJob(sessionStorage);
  return job && runOf(job);
}

const warn = (event: BeforeUnloadEvent) => event.preventDefault();

/** What a reload would lose: texts that are still here. A job goes on without the page. */
function isLostByReload(): boolean {
  return run?.kind === "texts" && run.state === "running";
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
  forgetJob(sessionStorage);
  set(texts);
  await work(client, texts);
}

export async function resumeImport(client: ApolloClient): Promise<void> {
  if (run?.kind === "texts" && run.state === "stopped") await work(client, run);
}

function tell(event: JobEvent): void {
  if (run?.kind === "job") set(afterEvent(run, event));
}

async function follow(client: ApolloClient, jobId: string): Promise<void> {
  const controller = new AbortController();
  abort = controller;
  await followJob(jobId, controller.signal, tell);
  await refreshPage(client);
}

/** Follows a job that brings files in. */
export async function followImport(client: ApolloClient, job: RememberedJob): Promise<void> {
  rememberJob(sessionStorage, job);
  set(runOf(job));
  await follow(client, job.jobId);
}

/** After a reload: goes on asking after the job that was under way, or shows once more what came of it. */
export async function resumeJob(client: ApolloClient): Promise<void> {
  if (run?.kind !== "job" || run.jobId === null || run.phase !== "working" || abort !== null) return;
  await follow(client, run.jobId);
  // The server has forgotten the job, or it was somebody else's: nothing to tell.
  if (run?.kind === "job" && run.error?.code === "NOT_FOUND") dismissImport();
}

/** Takes back what the job has brought in. Null when that has begun, else why not. */
export async function undoImport(client: ApolloClient): Promise<ShownError | null> {
  if (run?.kind !== "job" || run.jobId === null) return null;
  const begun = await undoJob(run.jobId);
  if ("error" in begun) return begun.error;
  rememberJob(sessionStorage, { ...run, jobId: begun.jobId });
  tell({ kind: "again", jobId: begun.jobId, isUndo: true });
  void follow(client, begun.jobId);
  return null;
}

/** What was added stays; what is on its way may still arrive. */
export function cancelImport(): void {
  if (run?.kind === "job" && run.phase === "working" && run.jobId !== null) {
    void cancelJob(run.jobId);
    return;
  }
  abort?.abort();
  pending = [];
  if (run?.kind === "texts" && run.state === "stopped") update({ state: "cancelled" });
}

export function dismissImport(): void {
  forgetJob(sessionStorage);
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
