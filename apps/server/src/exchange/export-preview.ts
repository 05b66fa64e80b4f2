/** How an export begins, as text for a screen. */
import { formatOf } from "@concord/formats";
import type pg from "pg";
import { type CorpusLayout, exportCorpus } from "./corpus-export.ts";
import { fromSnapshot } from "./export-snapshot.ts";
import { type FormatOrder, writeFormat } from "./format-export.ts";

/** Bytes of text that are shown. */
const MAX_BYTES = 65_536;

/**
 * The start of an export; of several files the first ones, each under its name. A workbook is shown as CSV.
 * @param layout of Concord's own form
 * @throws what the export itself would throw
 */
export async function previewOf(pool: pg.Pool, order: FormatOrder, layout: CorpusLayout): Promise<string> {
  const pieces =
    order.format === "concord"
      ? decoded(exportCorpus(pool, order.scope, layout))
      : fromSnapshot(pool, order.scope, (client) =>
          texts(client, order.format === "xlsx" ? { ...order, format: "csv" } : order),
        );
  let text = "";
  for await (const piece of pieces) {
    text += piece;
    // One of UTF-16's units is a byte at least.
    if (text.length >= MAX_BYTES) break;
  }
  return cut(text);
}

async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
}

async function* texts(client: pg.ClientBase, order: FormatOrder): AsyncGenerator<string, void, undefined> {
  let before = "";
  const decoder = new TextDecoder();
  for await (const piece of writeFormat(client, order))
    if (piece.kind === "text") yield piece.text;
    else if (piece.kind === "bytes") yield decoder.decode(piece.bytes, { stream: true });
    else if (piece.kind === "file" && formatOf(order.format).isBundle) {
      yield `${before}==> ${piece.path} <==\n`;
      before = "\n\n";
    }
}

/** At most so many bytes as UTF-8, between two characters. */
function cut(text: string): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= MAX_BYTES) return text;
  return new TextDecoder().decode(bytes.subarray(0, MAX_BYTES), { stream: true });
}
