/** Use cases of relations: make, delete, bring back. */
import { v7 as uuidv7 } from "uuid";
import {
  type DocumentAccess,
  requireDocument,
  requireOwnOr,
  requireRight,
} from "../access/access.service.ts";
import { type Context, viewerOf } from "../context.ts";
import type { Sql } from "../database/sql.ts";
import { badInput, conflict, idTaken, notFound } from "../errors.ts";
import { uuid } from "../graphql/input-checks.ts";
import type { Stored } from "../live/change.ts";
import { changeLayer } from "../live/change-layer.ts";
import type { LayerWriter } from "../live/layer-transaction.ts";
import type { RelationRow } from "./relation.queries.ts";
import { findRelationRules, requireEndsAllowed } from "./relation.rules.ts";
import type { CreateRelationInput, DeleteRelationInput, RestoreRelationInput } from "./relation.type.ts";
import {
  buryRelation,
  findEnd,
  findRelation,
  findTwin,
  insertRelation,
  reviveBuriedRelation,
} from "./relation.writes.ts";

/** What a mutation of a relation answers. */
export interface RelationOutcome {
  relation: Stored<RelationRow>;
  revision: number;
}

/** To JSON, for the log and remembered outcomes. */
function storeRelation(row: RelationRow): Stored<RelationRow> {
  return { ...row, createdAt: row.createdAt.toISOString(), deletedAt: row.deletedAt?.toISOString() ?? null };
}

/** And back. */
export function reviveRelation(stored: Stored<RelationRow>): RelationRow {
  return {
    ...stored,
    createdAt: new Date(stored.createdAt),
    deletedAt: stored.deletedAt === null ? null : new Date(stored.deletedAt),
  };
}

/** An end of a new relation; a stranger's annotation is as unknown as a missing one. */
async function end(
  { sql, layerId }: LayerWriter,
  id: string,
  field: string,
): Promise<{ id: string; labelId: string }> {
  const annotation = await findEnd(sql, layerId, id);
  if (annotation === undefined)
    throw badInput(field, `${field} must be an annotation of the same document and layer as the source.`);
  return annotation;
}

/**
 * Links two annotations.
 * @throws BAD_USER_INPUT where the codebook does not allow it, CONFLICT when the same link is there already
 */
export async function createRelation(ctx: Context, input: CreateRelationInput): Promise<RelationOutcome> {
  const sourceId = uuid(input.sourceId, "input.sourceId");
  const targetId = uuid(input.targetId, "input.targetId");
  const typeId = uuid(input.typeId, "input.typeId");
  return changeLayer(
    ctx,
    "createRelation",
    input,
    () => placeOfSource(ctx, sourceId),
    async (writer) => {
      const { sql, layerId, documentId, projectId, access, now } = writer;
      requireRight(access, "annotate");
      const id = input.id == null ? uuidv7() : uuid(input.id, "input.id");
      const [type] = await findRelationRules(sql, [typeId]);
      if (type?.projectId !== projectId)
        throw badInput("input.typeId", "input.typeId must be a relation type of the document's project.");
      if (type.archivedAt !== null)
        throw badInput("input.typeId", `The relation type “${type.name}” is archived and no longer offered.`);
      const source = await end(writer, sourceId, "input.sourceId");
      const target = await end(writer, targetId, "input.targetId");
      if (source.id === target.id)
        throw badInput("input.targetId", "input.targetId must be another annotation than input.sourceId.");
      await requireEndsAllowed(sql, type, source.labelId, target.labelId);
      if (await findRelation(sql, id)) throw idTaken(id);
      await requireNoTwin(sql, { typeId, sourceId, targetId });
      const row: RelationRow = {
        id,
        projectId,
        documentId,
        layerId,
        typeId,
        sourceId,
        targetId,
        createdBy: viewerOf(ctx).id,
        createdAt: now,
        deletedAt: null,
        deletedWith: null,
      };
      insertRelation(sql, row);
      const relation = storeRelation(row);
      writer.record({ kind: "RELATION_SAVED", relation });
      return { relation };
    },
  );
}

async function requireNoTwin(
  sql: Sql,
  link: Pick<RelationRow, "typeId" | "sourceId" | "targetId">,
): Promise<void> {
  const twin = await findTwin(sql, link);
  if (twin)
    throw conflict("This relation is there already: the same type, source and target only once.", twin);
}

async function placeOfSource(ctx: Context, sourceId: string): Promise<DocumentAccess> {
  const source = await ctx.db.prisma.annotation.findUnique({
    where: { id: sourceId },
    select: { documentId: true, layerId: true, deletedAt: true },
  });
  if (source === null || source.deletedAt !== null) throw notFound("annotation");
  const access = await requireDocument(ctx, source.documentId, "annotate", undefined, { what: "annotation" });
  if (source.layerId !== access.layerId) throw notFound("annotation");
  return access;
}

/** Deletes a relation; it stays as a tombstone. */
export async function deleteRelation(
  ctx: Context,
  input: DeleteRelationInput,
): Promise<{ relationId: string; revision: number }> {
  const id = uuid(input.id, "input.id");
  return changeLayer(
    ctx,
    "deleteRelation",
    input,
    () => placeOfRelation(ctx, id),
    async (writer) => {
      const relation = await findRelation(writer.sql, id);
      if (relation === undefined || relation.deletedAt !== null) throw notFound("relation");
      requireOwnOr(ctx, writer.access, relation.createdBy);
      buryRelation(writer.sql, id, writer.now);
      writer.record({ kind: "RELATION_DELETED", relationId: id });
      return { relationId: id };
    },
  );
}

/**
 * Brings a deleted relation back under its id. Of an archived type too: it is not offered, it was there. Restoring what is
 * not deleted changes nothing.
 * @throws NOT_FOUND for an end that is gone, BAD_USER_INPUT where the codebook does not allow it any more, CONFLICT when
 * the same link was made anew
 */
export async function restoreRelation(ctx: Context, input: RestoreRelationInput): Promise<RelationOutcome> {
  const id = uuid(input.id, "input.id");
  return changeLayer(
    ctx,
    "restoreRelation",
    input,
    () => placeOfRelation(ctx, id),
    async (writer) => {
      const { sql, layerId, access } = writer;
      const before = await findRelation(sql, id);
      if (before === undefined) throw notFound("relation");
      requireOwnOr(ctx, access, before.createdBy);
      if (before.deletedAt === null) return { relation: storeRelation(before) };
      const [source, target] = await Promise.all([
        findEnd(sql, layerId, before.sourceId),
        findEnd(sql, layerId, before.targetId),
      ]);
      if (source === undefined || target === undefined) throw notFound("annotation");
      const [type] = await findRelationRules(sql, [before.typeId]);
      if (type === undefined) throw notFound("relation type");
      await requireEndsAllowed(sql, type, source.labelId, target.labelId);
      await requireNoTwin(sql, before);
      reviveBuriedRelation(sql, id);
      const relation = storeRelation({ ...before, deletedAt: null, deletedWith: null });
      writer.record({ kind: "RELATION_SAVED", relation });
      return { relation };
    },
  );
}

/** The place of a relation that the viewer may know of. */
async function placeOfRelation(ctx: Context, id: string): Promise<DocumentAccess> {
  const relation = await ctx.db.prisma.relation.findUnique({
    where: { id },
    select: { documentId: true, layerId: true },
  });
  if (relation === null) throw notFound("relation");
  const access = await requireDocument(ctx, relation.documentId, "read", undefined, { what: "relation" });
  if (relation.layerId !== access.layerId) throw notFound("relation");
  return access;
}
