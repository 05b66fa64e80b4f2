/** What an export would hold and leave out, before anybody relies on it. */
import type { Problem } from "@concord/formats";
import type pg from "pg";
import { type Counts, readCounts, readHeader } from "./export-header.queries.ts";
import { fromSnapshot } from "./export-snapshot.ts";
import { type FormatOrder, writeFormat } from "./format-export.ts";

/** What is told of an export. */
export interface ExportReport extends Counts {
  /** The first of them. */
  leftOut: Problem[];
  leftOutCount: number;
}

const MAX_LISTED = 1_000;

/**
 * Goes through an export without handing out its bytes.
 * @throws what the export itself would throw
 */
export async function reportOn(pool: pg.Pool, order: FormatOrder): Promise<ExportReport> {
  for await (const report of fromSnapshot(pool, order.scope, (client) => reports(client, order)))
    return report;
  throw new Error("a report answered nothing");
}

async function* reports(
  client: pg.ClientBase,
  order: FormatOrder,
): AsyncGenerator<ExportReport, void, undefined> {
  await readHeader(client, order.scope);
  const leftOut: Problem[] = [];
  let leftOutCount = 0;
  // Concord's own form leaves nothing out.
  if (order.format !== "concord")
    for await (const piece of writeFormat(client, order)) {
      if (piece.kind !== "left out") continue;
      leftOutCount++;
      if (leftOut.length < MAX_LISTED) leftOut.push(piece.problem);
    }
  yield { ...(await readCounts(client, order.scope)), leftOut, leftOutCount };
}
