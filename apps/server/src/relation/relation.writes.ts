/** What writing a relation reads and changes, in SQL; all of it under the layer's lock. */
import type { Sql } from "../database/sql.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { RelationRow } from "./relation.queries.ts";

/** A relation, also a deleted one. */
export async function findRelation(sql: Sql, id: string): Promise<RelationRow | undefined> {
  const [row] = await sql.rows<RelationRow>(Prisma.sql`
    select id, project_id as "projectId", document_id as "documentId", layer_id as "layerId", type_id as "typeId",
      source_id as "sourceId", target_id as "targetId", created_by as "createdBy", created_at as "createdAt",
      deleted_at as "deletedAt", deleted_with as "deletedWith"
    from relation where id = ${id}::uuid`);
  return row;
}

/** An annotation of a layer that a relation may end at. */
export async function findEnd(
  sql: Sql,
  layerId: string,
  annotationId: string,
): Promise<{ id: string; labelId: string } | undefined> {
  const [row] = await sql.rows<{ id: string; labelId: string }>(Prisma.sql`
    select id, label_id as "labelId" from annotation
    where id = ${annotationId}::uuid and layer_id = ${layerId}::uuid and deleted_at is null`);
  return row;
}

/** The relation of the same type between the same ends. */
export async function findTwin(
  sql: Sql,
  { typeId, sourceId, targetId }: Pick<RelationRow, "typeId" | "sourceId" | "targetId">,
): Promise<{ id: string } | undefined> {
  const [row] = await sql.rows<{ id: string }>(Prisma.sql`
    select id from relation where type_id = ${typeId}::uuid and source_id = ${sourceId}::uuid
      and target_id = ${targetId}::uuid and deleted_at is null`);
  return row;
}

/** Stores a new relation. */
export function insertRelation(sql: Sql, row: RelationRow): void {
  sql.send(Prisma.sql`
    insert into relation (id, project_id, document_id, layer_id, type_id, source_id, target_id, created_by, created_at)
    values (${row.id}::uuid, ${row.projectId}::uuid, ${row.documentId}::uuid, ${row.layerId}::uuid, ${row.typeId}::uuid,
      ${row.sourceId}::uuid, ${row.targetId}::uuid, ${row.createdBy}::uuid, ${row.createdAt})`);
}

/** Makes a relation a tombstone. */
export function buryRelation(sql: Sql, id: string, now: Date): void {
  sql.send(Prisma.sql`update relation set deleted_at = ${now} where id = ${id}::uuid`);
}

/** Takes the tombstone away. */
export function reviveBuriedRelation(sql: Sql, id: string): void {
  sql.send(Prisma.sql`update relation set deleted_at = null, deleted_with = null where id = ${id}::uuid`);
}
