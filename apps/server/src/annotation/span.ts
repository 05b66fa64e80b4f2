/** Spans: the place of an annotation, shared by all annotations of the same place. */
import { createHash } from "node:crypto";
import { checkFragments, contextOf, extentOf, type Fragment, type OffsetMap, quoteOf } from "@concord/core";
import type { Reader, Transaction } from "../database/database.ts";
import { badInput } from "../errors.ts";
import type { Span } from "../generated/prisma/client.ts";

/** A span as it is stored; `fragments` is flat: start, end, start, end. */
export type SpanRow = Span;

/** The fragments of a stored span. */
export function fragmentsOf(span: Pick<SpanRow, "fragments">): Fragment[] {
  const fragments: Fragment[] = [];
  for (let i = 0; i + 1 < span.fragments.length; i += 2) {
    fragments.push({ start: span.fragments[i] ?? 0, end: span.fragments[i + 1] ?? 0 });
  }
  return fragments;
}

/**
 * A span's id: a UUIDv8 (RFC 9562, 5.8) of the first 16 bytes of SHA-256 over `documentId:start-end,start-end`.
 * The same place has the same id for everybody, before and after it is marked.
 */
export function spanId(documentId: string, fragments: readonly Fragment[]): string {
  const place = fragments.map(({ start, end }) => `${start}-${end}`).join(",");
  const bytes = createHash("sha256").update(`${documentId}:${place}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/**
 * Checks fragments against a text's length.
 * @throws BAD_USER_INPUT naming the fragment and the bound
 */
export function requireFragments(
  fragments: readonly Fragment[],
  length: number,
  field = "input.fragments",
): void {
  const problem = checkFragments(fragments, length);
  if (problem === null) return;
  const at = problem.index === null ? field : `${field}[${problem.index}]`;
  throw badInput(problem.key === null ? at : `${at}.${problem.key}`, problem.message);
}

/** The row of a place; quote, prefix and suffix are cut here, once, from the text in memory. */
export function spanRow(documentId: string, text: OffsetMap, fragments: readonly Fragment[]): SpanRow {
  return {
    id: spanId(documentId, fragments),
    documentId,
    ...extentOf(fragments),
    fragments: fragments.flatMap(({ start, end }) => [start, end]),
    quote: quoteOf(text, fragments),
    ...contextOf(text, fragments),
  };
}

/** Quotes that go to the database in one statement, in UTF-16 units: each can be as long as the text. */
const BATCH_LENGTH = 4_000_000;

/** Stores many spans of places that are not known yet; Prisma's own way takes many times as long for thousands. */
export async function addSpans(tx: Transaction, spans: readonly SpanRow[]): Promise<void> {
  let batch: SpanRow[] = [];
  let length = 0;
  for (const span of spans) {
    batch.push(span);
    length += span.quote.length;
    if (length < BATCH_LENGTH && span !== spans.at(-1)) continue;
    await tx.$executeRaw`
      insert into span (id, document_id, start, "end", fragments, quote, prefix, suffix)
      select id, "documentId", start, "end", fragments, quote, prefix, suffix
      from jsonb_to_recordset(${JSON.stringify(batch)}::jsonb)
        as span(id uuid, "documentId" uuid, start int, "end" int, fragments int[], quote text, prefix text, suffix text)`;
    batch = [];
    length = 0;
  }
}

/** Spans by id, in no order. */
export function spansById(db: Reader, ids: readonly string[]): Promise<SpanRow[]> {
  return db.span.findMany({ where: { id: { in: [...ids] } } });
}
