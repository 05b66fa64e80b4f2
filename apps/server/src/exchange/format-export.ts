/** A project in other tools' formats, written by @concord/formats from one snapshot. */
import {
  type FormatId,
  formatOf,
  type TableName,
  Unreadable,
  unbundled,
  type Written,
  writeCorpus,
  zipped,
} from "@concord/formats";
import type pg from "pg";
import { ApiError } from "../errors.ts";
import { readCorpusDocuments } from "./export-documents.ts";
import { readHeader } from "./export-header.queries.ts";
import type { Scope } from "./export-scope.ts";
import { fromSnapshot } from "./export-snapshot.ts";
import { gatherBytes } from "./gather-bytes.ts";

/** What is to be written how. */
export interface FormatOrder {
  format: FormatId;
  scope: Scope;
  /** For tables. */
  table?: TableName;
}

/**
 * Streams a project in a format, as a zip where that is several files.
 * @throws before the first chunk what `exportCorpus` throws, and TOO_LARGE for what the format can't hold
 */
export function exportFormat(pool: pg.Pool, order: FormatOrder): AsyncGenerator<Uint8Array, void, undefined> {
  const bytesOf = formatOf(order.format).isBundle ? zipped : unbundled;
  return fromSnapshot(pool, order.scope, (client) =>
    gatherBytes(each(bytesOf(writeFormat(client, order), () => {}))),
  );
}

async function* each(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<[Uint8Array], void, undefined> {
  for await (const chunk of chunks) yield [chunk];
}

/**
 * What the format's writer makes, and what it leaves out.
 * @throws TOO_LARGE
 */
export async function* writeFormat(
  client: pg.ClientBase,
  { format, scope, table }: FormatOrder,
): AsyncGenerator<Written, void, undefined> {
  const header = await readHeader(client, scope);
  const documents = readCorpusDocuments(client, scope);
  try {
    yield* writeCorpus(format, { header, documents }, table === undefined ? {} : { table });
  } catch (error) {
    if (error instanceof Unreadable) throw new ApiError("TOO_LARGE", error.message, { field: "format" });
    throw error;
  }
}
