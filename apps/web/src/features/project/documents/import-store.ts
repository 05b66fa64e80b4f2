// Imports that run, one at a time for a project, independent of the page that began them: one may go on reading meanwhile.
import type { ApolloClient } from "@apollo/client";
import { useSyncExternalStore } from "react";
import { v7 as uuidv7 } from "uuid";
import { describeError, type ShownError } from "../../../apollo/error-message.ts";
import { graphql } from "../../../gql/index.ts";
import type { Draft } from "./draft.ts";
import { afterRefusal, refusedIndex, toPieces } from "./import-pieces.ts";

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

export interface ImportRun {
  readonly projectId: string;
  readonly total: number;
  readonly added: number;
  readonly refused: readonly RefusedDraft[];
  /** `stopped`: an error that is about no document, such as a lost connection; `pending` waits for another try. */
  readonly state: "running" | "stopped" | "cancelled" | "done";
  readonly error: ShownError | null;
}

interface Piece {
  readonly drafts: readonly Draft[];
  /** Kept for every try, so that the server adds a piece once even if its answer was lost. */
  readonly clientMutationId: string;
}

const toPiece = (drafts: readonly Draft[]): Piece => ({ drafts, clientMutationId: uuidv7() });

let run: ImportRun | null = null;
let pending: Piece[] = [];
let abort: AbortController | null = null;
const listeners = new Set<() => void>();

function update(change: Partial<ImportRun>): void {
  if (run) run = { ...run, ...change };
  for (const listener of listeners) listener();
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

async function work(client: ApolloClient, projectId: string, onAdded: () => Promise<unknown>): Promise<void> {
  const controller = new AbortController();
  abort = controller;
  update({ state: "running", error: null });
  for (let piece = pending[0]; piece && !controller.signal.aborted; piece = pending[0]) {
    try {
      const added = await send(client, projectId, piece, controller.signal);
      pending = pending.slice(1);
      update({ added: (run?.added ?? 0) + added });
    } catch (error) {
      if (controller.signal.aborted) break;
      const shown = describeError(error);
      if (!ABOUT_A_DOCUMENT.has(shown.code)) {
        update({ state: "stopped", error: shown });
        await onAdded();
        return;
      }
      const { refused, again } = afterRefusal(piece.drafts, refusedIndex(shown.field));
      pending = [...again.map(toPiece), ...pending.slice(1)];
      if (refused) update({ refused: [...(run?.refused ?? []), { draft: refused, reason: shown.message }] });
    }
  }
  update({ state: controller.signal.aborted ? "cancelled" : "done" });
  await onAdded();
}

/** `onAdded` runs when nothing more is under way, whatever the end was. */
export async function startImport(
  client: ApolloClient,
  projectId: string,
  drafts: readonly Draft[],
  onAdded: () => Promise<unknown>,
): Promise<void> {
  pending = toPieces(drafts).map(toPiece);
  run = { projectId, total: drafts.length, added: 0, refused: [], state: "running", error: null };
  await work(client, projectId, onAdded);
}

export async function resumeImport(client: ApolloClient, onAdded: () => Promise<unknown>): Promise<void> {
  if (run?.state === "stopped") await work(client, run.projectId, onAdded);
}

/** What was added stays; what is on its way may still arrive. */
export function cancelImport(): void {
  abort?.abort();
  pending = [];
  if (run?.state === "stopped") update({ state: "cancelled" });
}

export function dismissImport(): void {
  run = null;
  update({});
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useImportRun(): ImportRun | null {
  return useSyncExternalStore(subscribe, () => run);
}
