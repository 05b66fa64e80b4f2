/** What writing a comment reads and changes, in SQL; all of it under the layer's lock. */
import type { Sql } from "../database/sql.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { CommentRow } from "./comment.queries.ts";

/** A comment, also a deleted one. */
export async function findComment(sql: Sql, id: string): Promise<CommentRow | undefined> {
  const [row] = await sql.rows<CommentRow>(Prisma.sql`
    select id, project_id as "projectId", document_id as "documentId", layer_id as "layerId",
      annotation_id as "annotationId", body, author_id as "authorId", created_at as "createdAt",
      updated_at as "updatedAt", resolved_at as "resolvedAt", deleted_at as "deletedAt", deleted_with as "deletedWith"
    from comment where id = ${id}::uuid`);
  return row;
}

/** Whether there is an annotation to comment on. */
export async function isAnnotationThere(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.rows(
    Prisma.sql`select 1 from annotation where id = ${id}::uuid and deleted_at is null`,
  );
  return rows.length > 0;
}

/** Stores a new comment. */
export function insertComment(sql: Sql, row: CommentRow): void {
  sql.send(Prisma.sql`
    insert into comment (id, project_id, document_id, layer_id, annotation_id, body, author_id, created_at, updated_at)
    values (${row.id}::uuid, ${row.projectId}::uuid, ${row.documentId}::uuid, ${row.layerId}::uuid,
      ${row.annotationId}::uuid, ${row.body}, ${row.authorId}::uuid, ${row.createdAt}, ${row.updatedAt})`);
}

/** Stores what a comment is now. */
export function saveComment(sql: Sql, row: CommentRow): void {
  sql.send(Prisma.sql`
    update comment set body = ${row.body}, resolved_at = ${row.resolvedAt}, updated_at = ${row.updatedAt},
      deleted_at = ${row.deletedAt}
    where id = ${row.id}::uuid`);
}
