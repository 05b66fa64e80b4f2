/** Use cases of relations: make, delete. */
import { v7 as uuidv7 } from "uuid";
import { requireDocument, requireOwnOr, requireRight } from "../access/access.service.ts";
import { relationTypesById } from "../codebook/codebook.queries.ts";
import { type Context, viewerOf } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { badInput, conflict, idTaken, notFound } from "../errors.ts";
import { uuid } from "../graphql/input-checks.ts";
import type { Stored } from "../live/change.ts";
import { changeLayer, type LayerWriter } from "../live/log.ts";
import type { RelationRow } from "./relation.queries.ts";
import { requireEndsAllowed } from "./relation.rules.ts";
import type { CreateRelationInput, DeleteRelationInput } from "./relation.type.ts";

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
  { tx, layerId }: Pick<LayerWriter, "tx" | "layerId">,
  id: string,
  field: string,
): Promise<{ id: string; labelId: string }> {
  const annotation = await tx.annotation.findFirst({
    where: { id, layerId, deletedAt: null },
    select: { id: true, labelId: true },
  });
  if (annotation === null)
    throw badInput(field, `${field} must be an annotation of the same document and layer as the source.`);
  return annotation;
}

/**
 * Links two annotations.
 * @throws BAD_USER_INPUT where the codebook does not allow it, CONFLICT when the same link is there already
 */
export async function createRelation(
  ctx: Context,
  input: CreateRelationInput,
): Promise<{ relation: Stored<RelationRow>; revision: number }> {
  const sourceId = uuid(input.sourceId, "input.sourceId");
  const targetId = uuid(input.targetId, "input.targetId");
  const typeId = uuid(input.typeId, "input.typeId");
  return changeLayer(
    ctx,
    "createRelation",
    input,
    (tx) => layerOfSource(ctx, tx, sourceId),
    async (writer) => {
      const { tx, layerId, documentId, projectId, access, now } = writer;
      requireRight(access, "annotate");
      const id = input.id == null ? uuidv7() : uuid(input.id, "input.id");
      const [type] = await relationTypesById(tx, [typeId]);
      if (type?.projectId !== projectId)
        throw badInput("input.typeId", "input.typeId must be a relation type of the document's project.");
      const source = await end(writer, sourceId, "input.sourceId");
      const target = await end(writer, targetId, "input.targetId");
      if (source.id === target.id)
        throw badInput("input.targetId", "input.targetId must be another annotation than input.sourceId.");
      await requireEndsAllowed(tx, type, source.labelId, target.labelId);
      if (await tx.relation.findUnique({ where: { id }, select: { id: true } })) {
        throw idTaken(id);
      }
      const twin = await tx.relation.findFirst({
        where: { typeId, sourceId, targetId, deletedAt: null },
        select: { id: true },
      });
      if (twin)
        throw conflict("This relation is there already: the same type, source and target only once.", twin);
      const row = await tx.relation.create({
        data: {
          id,
          projectId,
          documentId,
          layerId,
          typeId,
          sourceId,
          targetId,
          createdBy: viewerOf(ctx).id,
          createdAt: now,
        },
      });
      const relation = storeRelation(row);
      writer.record({ kind: "RELATION_SAVED", relation });
      return { relation };
    },
  );
}

async function layerOfSource(ctx: Context, tx: Transaction, sourceId: string): Promise<string> {
  const source = await tx.annotation.findUnique({
    where: { id: sourceId },
    select: { documentId: true, layerId: true, deletedAt: true },
  });
  if (source === null || source.deletedAt !== null) throw notFound("annotation");
  const { layerId } = await requireDocument(ctx, source.documentId, "annotate", tx, { what: "annotation" });
  if (source.layerId !== layerId) throw notFound("annotation");
  return layerId;
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
    async (tx) => {
      const relation = await tx.relation.findUnique({
        where: { id },
        select: { documentId: true, layerId: true },
      });
      if (relation === null) throw notFound("relation");
      const { layerId } = await requireDocument(ctx, relation.documentId, "read", tx, { what: "relation" });
      if (relation.layerId !== layerId) throw notFound("relation");
      return layerId;
    },
    async (writer) => {
      const relation = await writer.tx.relation.findUnique({ where: { id } });
      if (relation === null || relation.deletedAt !== null) throw notFound("relation");
      requireOwnOr(ctx, writer.access, relation.createdBy);
      await writer.tx.relation.update({ where: { id }, data: { deletedAt: writer.now } });
      writer.record({ kind: "RELATION_DELETED", relationId: id });
      return { relationId: id };
    },
  );
}
