/** Sends texts in batches. One that is refused does not hold up the others. */
import { randomUUID } from "node:crypto";
import { type ConcordClient, ConcordError, ImportDocuments, type NewDocument } from "@concord/client";
import { describeFailure } from "./failure.ts";
import type { SourceText } from "./import-sources.ts";

/** What became of one text. */
export interface TextOutcome {
  file: string;
  state: "made" | "known" | "refused";
  /** The document's id, where there is one. */
  document?: string;
  message?: string;
}

/** Few enough for a batch that is refused in the end to have cost little. */
const BATCH = 100;
/** UTF-16 units; a batch of the longest texts stays well below what a request may have. */
const BATCH_LENGTH = 4_000_000;

/** Batches of what comes; a text longer than a batch has one of its own. */
export async function* inBatches(
  texts: AsyncIterable<SourceText>,
): AsyncGenerator<SourceText[], void, undefined> {
  let batch: SourceText[] = [];
  let length = 0;
  for await (const text of texts) {
    if (batch.length === BATCH || (batch.length > 0 && length + text.text.length > BATCH_LENGTH)) {
      yield batch;
      batch = [];
      length = 0;
    }
    batch.push(text);
    length += text.text.length;
  }
  if (batch.length > 0) yield batch;
}

/**
 * Imports a batch; the file's name is its `sourceId`, so one that is there already is told and not doubled.
 * @throws ConcordError for what is not about one of the texts
 */
export async function sendTexts(
  client: ConcordClient,
  projectId: string,
  batch: readonly SourceText[],
  language: string | undefined,
): Promise<TextOutcome[]> {
  const documents = batch.map(({ name, title, text }) => ({
    id: randomUUID(),
    sourceId: name,
    title,
    text,
    ...(language === undefined ? {} : { language }),
  }));
  const outcomes = new Map<string, TextOutcome>();
  let left: NewDocument[] = documents;
  while (left.length > 0) {
    try {
      const { importDocuments } = await client.mutate(ImportDocuments, { projectId, documents: left });
      for (const [index, { id }] of importDocuments.documents.entries()) {
        const sent = left[index];
        const file = sent?.sourceId ?? "";
        // A document that was there before has an id of its own.
        outcomes.set(file, { file, state: sent?.id === id ? "made" : "known", document: id });
      }
      break;
    } catch (error) {
      // The whole batch is refused for one of them: name it, and send the rest.
      const refused = left[indexIn(error)];
      if (refused === undefined) throw error;
      const file = refused.sourceId ?? "";
      outcomes.set(file, { file, state: "refused", message: describeFailure(error) });
      left = left.filter((document) => document !== refused);
    }
  }
  return batch.flatMap(({ name }) => outcomes.get(name) ?? []);
}

function indexIn(error: unknown): number {
  if (!(error instanceof ConcordError)) return -1;
  const [, index = "-1"] = /^input\.documents\[(\d+)\]/.exec(error.field ?? "") ?? [];
  return Number(index);
}
