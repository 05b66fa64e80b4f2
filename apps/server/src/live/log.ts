/** A layer's log: appended to in the transaction of the change, read by those who watch. */
import type { Reader, Transaction } from "../database/database.ts";
import type { Sql } from "../database/sql.ts";
import { notFound } from "../errors.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { Change, LoggedChange } from "./change.ts";

/** How many changes a reader takes at once: bounds the memory of a long replay. */
const PAGE = 500;

const lockOf = (layerId: string) =>
  Prisma.sql`select revision from layer where id = ${layerId}::uuid for update`;

/** Waits for the layer's other writers. What else is read before it may be stale by the time it is held. */
export async function lockLayer(tx: Transaction, layerId: string): Promise<void> {
  const [layer] = await tx.$queryRaw<{ revision: number }[]>(lockOf(layerId));
  if (layer === undefined) throw notFound("document");
}

/** The same for those who write to it; the layer's revision. */
export async function lockLayerToWrite(sql: Sql, layerId: string): Promise<number> {
  const [layer] = await sql.rows<{ revision: number }>(lockOf(layerId));
  if (layer === undefined) throw notFound("document");
  return layer.revision;
}

/** A change that gets the next number. */
export interface NewChange {
  at: Date;
  authorId: string;
  clientMutationId: string | null;
  change: Change;
}

/** Numbers changes above a revision, in order; the layer must be locked. */
export function appendLog(sql: Sql, layerId: string, above: number, changes: readonly NewChange[]): void {
  const rows = changes.map(({ change: { kind, ...payload }, ...row }, index) => ({
    ...row,
    revision: above + 1 + index,
    kind,
    payload,
  }));
  sql.send(Prisma.sql`
    with numbered as (
      update layer set revision = ${above + changes.length} where id = ${layerId}::uuid returning id, project_id)
    insert into layer_change (project_id, layer_id, revision, at, author_id, client_mutation_id, kind, payload)
    select numbered.project_id, numbered.id, change.revision, at, "authorId", "clientMutationId", kind, payload
    from numbered, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as change(
      revision int, at timestamptz, "authorId" uuid, "clientMutationId" text, kind "ChangeKind", payload jsonb)`);
}

/** A layer's changes above a revision, in order, at most a page of them. */
export async function readLog(
  sql: Sql,
  layerId: string,
  afterRevision: number,
  upTo: number,
): Promise<LoggedChange[]> {
  const rows = await sql.rows<Omit<LoggedChange, keyof Change> & { change: Change }>(Prisma.sql`
    select revision, at, author_id as "authorId", client_mutation_id as "clientMutationId",
      payload || jsonb_build_object('kind', kind::text) as change
    from layer_change
    where layer_id = ${layerId}::uuid and revision > ${afterRevision} and revision <= ${upTo}
    order by revision limit ${PAGE}`);
  return rows.map(({ change, ...row }) => ({ ...row, ...change }));
}

/** How far the log of each layer has come. */
export async function revisionsOf(db: Reader, layerIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.layer.findMany({
    where: { id: { in: [...layerIds] } },
    select: { id: true, revision: true },
  });
  return new Map(rows.map(({ id, revision }) => [id, revision]));
}

/** Whether the change after a revision was made more than so many days ago. */
export async function isOlderThan(
  db: Reader,
  layerId: string,
  afterRevision: number,
  days: number,
): Promise<boolean> {
  const [row] = await db.$queryRaw<{ old: boolean }[]>`
    select at < now() - make_interval(days => ${days}::int) as old from layer_change
    where layer_id = ${layerId}::uuid and revision = ${afterRevision + 1}`;
  return row?.old ?? false;
}
