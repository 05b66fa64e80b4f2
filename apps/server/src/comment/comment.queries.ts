/** Reads comments. Deleted ones are left out. */
import type { Reader } from "../database/database.ts";
import { groupBy } from "../database/group-by.ts";
import type { Sql } from "../database/sql.ts";
import { type Comment, Prisma } from "../generated/prisma/client.ts";
import { type Connection, connectionOf, decodeCursor, pageSize } from "../graphql/connection.ts";
import type { Loaders } from "../graphql/loaders.ts";

/** A comment as it is stored. */
export type CommentRow = Comment;

/** All of a comment `c`. */
const COLUMNS = Prisma.sql`
  c.id, c.project_id as "projectId", c.document_id as "documentId", c.layer_id as "layerId",
  c.annotation_id as "annotationId", c.body, c.author_id as "authorId", c.created_at as "createdAt",
  c.updated_at as "updatedAt", c.resolved_at as "resolvedAt", c.deleted_at as "deletedAt",
  c.deleted_with as "deletedWith"`;

/** The discussion of each annotation, oldest first. */
export async function commentsOfAnnotations(
  sql: Sql,
  annotationIds: readonly string[],
): Promise<Map<string, CommentRow[]>> {
  const rows = await sql.rows<CommentRow>(Prisma.sql`
    select ${COLUMNS} from comment c
    where c.annotation_id = any(${[...annotationIds]}::uuid[]) and c.deleted_at is null
    order by c.created_at, c.id`);
  return groupBy(rows, (row) => row.annotationId);
}

/** Which of a layer's comments are wanted. */
export interface CommentPage {
  layerId: string;
  size: number;
  /** The key of the one before: annotation, milliseconds, id. */
  beyond: (string | number)[] | null;
}

/**
 * A page as it is asked for.
 * @throws BAD_USER_INPUT naming `first` or `after`
 */
export function commentPage(
  layerId: string,
  first: number | null | undefined,
  after: string | null | undefined,
): CommentPage {
  const size = pageSize(first, 1_000);
  return { layerId, size, beyond: decodeCursor(after, ["uuid", "bigint", "uuid"]) };
}

/** The same page of each of these layers, and one row more of each. */
export async function commentPages(
  db: Reader,
  layerIds: readonly string[],
  { size, beyond }: Omit<CommentPage, "layerId">,
): Promise<Map<string, CommentRow[]>> {
  const further =
    beyond === null
      ? Prisma.empty
      : Prisma.sql`and (c.annotation_id, c.created_at, c.id)
          > (${beyond[0]}::uuid, to_timestamp(${beyond[1]}::bigint / 1000.0), ${beyond[2]}::uuid)`;
  const rows = await db.$queryRaw<CommentRow[]>`
    select page.* from unnest(${[...layerIds]}::uuid[]) layer(id)
    cross join lateral (
      select ${COLUMNS} from comment c where c.layer_id = layer.id and c.deleted_at is null ${further}
      order by c.annotation_id, c.created_at, c.id limit ${size + 1}) page
    order by page."annotationId", page."createdAt", page.id`;
  return groupBy(rows, (row) => row.layerId);
}

/** How many comments each of these layers has. */
export async function commentCounts(db: Reader, layerIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.comment.groupBy({
    by: ["layerId"],
    where: { layerId: { in: [...layerIds] }, deletedAt: null },
    _count: true,
  });
  return new Map(rows.map(({ layerId, _count }) => [layerId, _count]));
}

/** A page of a layer's comments, thread by thread. */
export async function commentsOfLayer(
  loaders: Pick<Loaders, "commentPage" | "commentPageCount">,
  page: CommentPage,
): Promise<Connection<CommentRow>> {
  return connectionOf(
    await loaders.commentPage.load(page),
    page.size,
    ({ annotationId, createdAt, id }) => [annotationId, createdAt.getTime(), id],
    () => loaders.commentPageCount.load(page),
  );
}
