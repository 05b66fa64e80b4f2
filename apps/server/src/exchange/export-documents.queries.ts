/** Reads documents in import order, as many at a time as fit into memory well. */
import type { JsonValue } from "@concord/core";
import type pg from "pg";
import { isoTime } from "../database/iso-time.ts";
import { documentConditions, type Scope } from "./export-scope.ts";

/** A document with the layer that everybody shares. */
export interface DocumentRow {
  id: string;
  /** The import order; a bigint, hence text. */
  position: string;
  layerId: string | null;
  sourceId: string | null;
  title: string;
  language: string | null;
  metadata: JsonValue;
  createdAt: string;
  text: string;
  sha256: string;
}

/** So that a batch's texts stay in memory together with what is made of them. */
const BATCH_DOCUMENTS = 100;
const BATCH_CODE_POINTS = 1_000_000;

/** The documents after one, in import order; none at the end. */
export async function readDocuments(
  client: pg.ClientBase,
  scope: Scope,
  after: DocumentRow | undefined,
): Promise<DocumentRow[]> {
  const sql = `
    with page as (
      select d.id, d.position, d.length from document d
      where ${documentConditions(scope)} and (d.position, d.id) > ($1::bigint, $2::uuid)
      order by d.position, d.id limit ${BATCH_DOCUMENTS}),
    batch as (
      select id, sum(length) over (order by position, id) - length as before from page)
    select d.id, d.position::text, l.id as "layerId", d.source_id as "sourceId", d.title, d.language, d.metadata,
      ${isoTime("d.created_at")} as "createdAt", d.text, encode(d.sha256, 'hex') as sha256
    from batch join document d on d.id = batch.id left join layer l on l.document_id = d.id and l.kind = 'SHARED'
    where batch.before < ${BATCH_CODE_POINTS}
    order by d.position, d.id`;
  const start = after ?? { position: "-9223372036854775808", id: "00000000-0000-0000-0000-000000000000" };
  return (await client.query<DocumentRow>(sql, [start.position, start.id])).rows;
}
