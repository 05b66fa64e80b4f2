/** Use cases of comments: write, change, settle, delete. */
import { v7 as uuidv7 } from "uuid";
import { requireDocument, requireOwnOr, requireRight } from "../access/access.service.ts";
import { type Context, viewerOf } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { idTaken, notFound } from "../errors.ts";
import { LIMITS, refuseNulls, text, uuid } from "../graphql/input-checks.ts";
import type { Stored } from "../live/change.ts";
import { changeLayer, type LayerWriter } from "../live/log.ts";
import type { CommentRow } from "./comment.queries.ts";
import type { CreateCommentInput, DeleteCommentInput, UpdateCommentInput } from "./comment.type.ts";

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
    async (tx) => {
      const annotation = await tx.annotation.findUnique({
        where: { id: annotationId },
        select: { documentId: true, layerId: true },
      });
      if (annotation === null) throw notFound("annotation");
      const { layerId } = await requireDocument(ctx, annotation.documentId, "annotate", tx, {
        what: "annotation",
      });
      if (annotation.layerId !== layerId) throw notFound("annotation");
      return layerId;
    },
    async (writer) => {
      const { tx, layerId, documentId, projectId, access, now } = writer;
      requireRight(access, "annotate");
      const id = input.id == null ? uuidv7() : uuid(input.id, "input.id");
      const body = text(input.body, "input.body", { max: LIMITS.comment });
      if (
        !(await tx.annotation.findFirst({
          where: { id: annotationId, deletedAt: null },
          select: { id: true },
        }))
      )
        throw notFound("annotation");
      if (await tx.comment.findUnique({ where: { id }, select: { id: true } })) {
        throw idTaken(id);
      }
      const row = await tx.comment.create({
        data: {
          id,
          projectId,
          documentId,
          layerId,
          annotationId,
          body,
          authorId: viewerOf(ctx).id,
          createdAt: now,
          updatedAt: now,
        },
      });
      const comment = storeComment(row);
      writer.record({ kind: "COMMENT_SAVED", comment });
      return { comment };
    },
  );
}

/** The layer of a comment that the viewer may know of. */
async function layerOfComment(ctx: Context, tx: Transaction, id: string): Promise<string> {
  const comment = await tx.comment.findUnique({ where: { id }, select: { documentId: true, layerId: true } });
  if (comment === null) throw notFound("comment");
  const { layerId } = await requireDocument(ctx, comment.documentId, "read", tx, { what: "comment" });
  if (comment.layerId !== layerId) throw notFound("comment");
  return layerId;
}

async function lockedComment({ tx }: LayerWriter, id: string): Promise<CommentRow> {
  const comment = await tx.comment.findUnique({ where: { id } });
  if (comment === null || comment.deletedAt !== null) throw notFound("comment");
  return comment;
}

/** Changes a comment's words, or says whether it is settled. */
export async function updateComment(ctx: Context, input: UpdateCommentInput): Promise<CommentOutcome> {
  const id = uuid(input.id, "input.id");
  return changeLayer(
    ctx,
    "updateComment",
    input,
    (tx) => layerOfComment(ctx, tx, id),
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
      const row = await writer.tx.comment.update({
        where: { id },
        data: { body, resolvedAt, updatedAt: writer.now },
      });
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
    (tx) => layerOfComment(ctx, tx, id),
    async (writer) => {
      const comment = await lockedComment(writer, id);
      requireOwnOr(ctx, writer.access, comment.authorId);
      await writer.tx.comment.update({ where: { id }, data: { deletedAt: writer.now } });
      writer.record({ kind: "COMMENT_DELETED", commentId: id });
      return { commentId: id };
    },
  );
}
