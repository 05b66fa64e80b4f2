/** Use cases of comments: write, change, settle, delete, bring back. */
import { v7 as uuidv7 } from "uuid";
import {
  type DocumentAccess,
  requireDocument,
  requireOwnOr,
  requireRight,
} from "../access/access.service.ts";
import { type Context, viewerOf } from "../context.ts";
import { idTaken, notFound } from "../errors.ts";
import { LIMITS, refuseNulls, text, uuid } from "../graphql/input-checks.ts";
import type { Stored } from "../live/change.ts";
import { changeLayer } from "../live/change-layer.ts";
import type { LayerWriter } from "../live/layer-transaction.ts";
import type { CommentRow } from "./comment.queries.ts";
import type {
  CreateCommentInput,
  DeleteCommentInput,
  RestoreCommentInput,
  UpdateCommentInput,
} from "./comment.type.ts";
import { findComment, insertComment, isAnnotationThere, saveComment } from "./comment.writes.ts";

/** What a mutation of a comment answers. */
export interface CommentOutcome {
  comment: Stored<CommentRow>;
  revision: number;
}

/** To JSON, for the log and remembered outcomes. */
function storeComment(row: CommentRow): Stored<CommentRow> {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}

/** And back. */
export function reviveComment(stored: Stored<CommentRow>): CommentRow {
  const time = (text: string | null) => (text === null ? null : new Date(text));
  return {
    ...stored,
    createdAt: new Date(stored.createdAt),
    updatedAt: new Date(stored.updatedAt),
    resolvedAt: time(stored.resolvedAt),
    deletedAt: time(stored.deletedAt),
  };
}

/** Comments on an annotation of the shared layer. */
export async function createComment(ctx: Context, input: CreateCommentInput): Promise<CommentOutcome> {
  const annotationId = uuid(input.annotationId, "input.annotationId");
  return changeLayer(
    ctx,
    "createComment",
    input,
    async () => {
      const annotation = await ctx.db.prisma.annotation.findUnique({
        where: { id: annotationId },
        select: { documentId: true, layerId: true },
      });
      if (annotation === null) throw notFound("annotation");
      const access = await requireDocument(ctx, annotation.documentId, "annotate", undefined, {
        what: "annotation",
      });
      if (annotation.layerId !== access.layerId) throw notFound("annotation");
      return access;
    },
    async (writer) => {
      const { sql, layerId, documentId, projectId, access, now } = writer;
      requireRight(access, "annotate");
      const id = input.id == null ? uuidv7() : uuid(input.id, "input.id");
      const body = text(input.body, "input.body", { max: LIMITS.comment });
      if (!(await isAnnotationThere(sql, annotationId))) throw notFound("annotation");
      if (await findComment(sql, id)) throw idTaken(id);
      const row: CommentRow = {
        id,
        projectId,
        documentId,
        layerId,
        annotationId,
        body,
        authorId: viewerOf(ctx).id,
        createdAt: now,
        updatedAt: now,
        resolvedAt: null,
        deletedAt: null,
        deletedWith: null,
      };
      insertComment(sql, row);
      const comment = storeComment(row);
      writer.record({ kind: "COMMENT_SAVED", comment });
      return { comment };
    },
  );
}

/** The place of a comment that the viewer may know of. */
async function placeOfComment(ctx: Context, id: string): Promise<DocumentAccess> {
  const comment = await ctx.db.prisma.comment.findUnique({
    where: { id },
    select: { documentId: true, layerId: true },
  });
  if (comment === null) throw notFound("comment");
  const access = await requireDocument(ctx, comment.documentId, "read", undefined, { what: "comment" });
  if (comment.layerId !== access.layerId) throw notFound("comment");
  return access;
}

async function lockedComment({ sql }: LayerWriter, id: string): Promise<CommentRow> {
  const comment = await findComment(sql, id);
  if (comment === undefined || comment.deletedAt !== null) throw notFound("comment");
  return comment;
}

/** Changes a comment's words, or says whether it is settled. */
export async function updateComment(ctx: Context, input: UpdateCommentInput): Promise<CommentOutcome> {
  const id = uuid(input.id, "input.id");
  return changeLayer(
    ctx,
    "updateComment",
    input,
    () => placeOfComment(ctx, id),
    async (writer) => {
      refuseNulls(input);
      const before = await lockedComment(writer, id);
      if (input.body !== undefined) requireOwnOr(ctx, writer.access, before.authorId);
      requireRight(writer.access, "annotate");
      const body =
        input.body === undefined ? before.body : text(input.body, "input.body", { max: LIMITS.comment });
      const resolved = input.resolved ?? before.resolvedAt !== null;
      if (body === before.body && resolved === (before.resolvedAt !== null))
        return { comment: storeComment(before) };
      const resolvedAt = resolved ? (before.resolvedAt ?? writer.now) : null;
      const row = { ...before, body, resolvedAt, updatedAt: writer.now };
      saveComment(writer.sql, row);
      const comment = storeComment(row);
      writer.record({ kind: "COMMENT_SAVED", comment });
      return { comment };
    },
  );
}

/** Deletes a comment; it stays as a tombstone. */
export async function deleteComment(
  ctx: Context,
  input: DeleteCommentInput,
): Promise<{ commentId: string; revision: number }> {
  const id = uuid(input.id, "input.id");
  return changeLayer(
    ctx,
    "deleteComment",
    input,
    () => placeOfComment(ctx, id),
    async (writer) => {
      const comment = await lockedComment(writer, id);
      requireOwnOr(ctx, writer.access, comment.authorId);
      saveComment(writer.sql, { ...comment, deletedAt: writer.now });
      writer.record({ kind: "COMMENT_DELETED", commentId: id });
      return { commentId: id };
    },
  );
}

/**
 * Brings a deleted comment back, as it was. Restoring what is not deleted changes nothing.
 * @throws NOT_FOUND where its annotation is gone
 */
export async function restoreComment(ctx: Context, input: RestoreCommentInput): Promise<CommentOutcome> {
  const id = uuid(input.id, "input.id");
  return changeLayer(
    ctx,
    "restoreComment",
    input,
    () => placeOfComment(ctx, id),
    async (writer) => {
      const before = await findComment(writer.sql, id);
      if (before === undefined) throw notFound("comment");
      requireOwnOr(ctx, writer.access, before.authorId);
      if (!(await isAnnotationThere(writer.sql, before.annotationId))) throw notFound("annotation");
      if (before.deletedAt === null) return { comment: storeComment(before) };
      const row = { ...before, deletedAt: null };
      saveComment(writer.sql, row);
      const comment = storeComment(row);
      writer.record({ kind: "COMMENT_SAVED", comment });
      return { comment };
    },
  );
}
