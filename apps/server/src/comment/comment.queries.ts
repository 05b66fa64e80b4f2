/** Reads comments. */
import type { Reader } from "../database/database.ts";
import { groupBy } from "../database/group-by.ts";
import type { Comment } from "../generated/prisma/client.ts";

/** A comment as it is stored. */
export type CommentRow = Comment;

/** The discussion of each annotation, oldest first. */
export async function commentsOfAnnotations(
  db: Reader,
  annotationIds: readonly string[],
): Promise<Map<string, CommentRow[]>> {
  const rows = await db.comment.findMany({
    where: { annotationId: { in: [...annotationIds] }, deletedAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return groupBy(rows, (row) => row.annotationId);
}
