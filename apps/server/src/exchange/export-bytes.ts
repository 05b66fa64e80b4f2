/** A corpus' documents one after the other, each as JSON in the very bytes of the export. */
import { canonicalJson } from "@concord/core";
import type pg from "pg";
import { type DocumentRow, readDocuments } from "./export-documents.queries.ts";
import { PARTS, readParts } from "./export-parts.ts";
import type { Scope } from "./export-scope.ts";

/** The next bytes of a document; `isLast` where it ends with them. */
export interface DocumentBytes {
  bytes: Buffer;
  isLast: boolean;
}

/** All documents of a scope, in lists of what came together. Memory does not grow with their number, nor with what hangs on one. */
export async function* documentBytes(
  client: pg.ClientBase,
  scope: Scope,
): AsyncGenerator<DocumentBytes[], void, undefined> {
  await preferIndexes(client);
  for (let batch = await readDocuments(client, scope, undefined); batch.length > 0; ) {
    yield* batchBytes(client, scope, batch);
    batch = await readDocuments(client, scope, batch.at(-1));
  }
}

/**
 * For what is read batch by batch: however small a batch is against its table, the planner tends to read the whole
 * table, a hundred times over in a corpus of a hundred batches.
 */
async function preferIndexes(client: pg.ClientBase): Promise<void> {
  for (const way of ["seqscan", "bitmapscan", "hashjoin", "mergejoin", "memoize"])
    await client.query(`set local enable_${way} = off`);
  await client.query("set local max_parallel_workers_per_gather = 0");
}

const COMMA = Buffer.from(",");
/** What follows each of a document's lists. */
const LIST_ENDS = ['],"relations":[', '],"comments":[', "]}"].map((text) => Buffer.from(text));

/** A document up to its first list. */
function opening({ id, sourceId, title, language, metadata, createdAt, text, sha256 }: DocumentRow): Buffer {
  const before = JSON.stringify({ id, sourceId, title, language }).slice(0, -1);
  const after = JSON.stringify({ createdAt, text, sha256 }).slice(1, -1);
  return Buffer.from(`${before},"metadata":${canonicalJson(metadata)},${after},"annotations":[`);
}

async function* batchBytes(
  client: pg.ClientBase,
  scope: Scope,
  batch: readonly DocumentRow[],
): AsyncGenerator<DocumentBytes[], void, undefined> {
  const waiting = batch.map(opening).reverse();
  /** Which list is open, and whether there is something in it. */
  let [part, hasRows] = [0, false];
  for await (const pieces of readParts(client, scope, batch)) {
    const out: DocumentBytes[] = [];
    const add = (bytes: Buffer, isLast = false) => out.push({ bytes, isLast });
    for (const piece of pieces) {
      const document = part === 0 && !hasRows ? waiting.pop() : undefined;
      if (document !== undefined) add(document);
      if (piece.kind === "rows") {
        if (hasRows) add(COMMA);
        add(piece.bytes);
        hasRows = true;
      } else {
        const next = LIST_ENDS[part];
        part = (part + 1) % PARTS.length;
        hasRows = false;
        if (next !== undefined) add(next, part === 0);
      }
    }
    yield out;
  }
}
