/** Use cases of annotations: make, change, delete, restore. */
import { type AttributeDefinition, canonicalJson, checkAttributes, createOffsetMap } from "@concord/core";
import { v7 as uuidv7 } from "uuid";
import { requireDocument, requireOwnOr, requireRight } from "../access/access.service.ts";
import type { LabelRow } from "../codebook/codebook.queries.ts";
import { labelsById } from "../codebook/codebook.queries.ts";
import { type Context, viewerOf } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { badInput, conflict, idTaken, notFound } from "../errors.ts";
import { jsonObject, LIMITS, refuseNulls, text, uuid } from "../graphql/input-checks.ts";
import { toInputJson } from "../graphql/stored-json.ts";
import type { Stored } from "../live/change.ts";
import { changeLayer, type LayerWriter } from "../live/log.ts";
import { requireRelabelAllowed, restoreRelations } from "../relation/relation.rules.ts";
import type {
  CreateAnnotationInput,
  DeleteAnnotationInput,
  FragmentInput,
  RestoreAnnotationInput,
  UpdateAnnotationInput,
} from "./annotation.input.ts";
import type { AnnotationRow } from "./annotation.queries.ts";
import { fragmentsOf, keepSpan, requireFragments, spanId, spanRow } from "./span.ts";
import { storeAnnotation } from "./stored-annotation.ts";

/** What a mutation of an annotation answers. */
export interface AnnotationOutcome {
  annotation: Stored<AnnotationRow>;
  revision: number;
}

/**
 * A label of the project that is still offered.
 * @throws BAD_USER_INPUT on labelId
 */
async function requireLabel(tx: Transaction, labelId: string, projectId: string): Promise<LabelRow> {
  const [label] = await labelsById(tx, [labelId]);
  if (label === undefined || label.projectId !== projectId) {
    throw badInput("input.labelId", "input.labelId must be a label of the document's project.");
  }
  if (label.archivedAt !== null)
    throw badInput("input.labelId", `The label “${label.name}” is archived and no longer offered.`);
  return label;
}

/**
 * Values that fit the label's definitions.
 * @throws BAD_USER_INPUT on the attribute
 */
function requireAttributes(
  values: Record<string, unknown>,
  definitions: readonly AttributeDefinition[],
): Record<string, unknown> {
  const problem = checkAttributes(jsonObject(values, "input.attributes"), definitions);
  if (problem) throw badInput(`input.attributes.${problem.key}`, problem.message);
  return values;
}

/** Checks the place, stores its span unless it is known, and says where the annotation stands. */
async function place(
  writer: LayerWriter,
  fragments: readonly FragmentInput[],
): Promise<{ spanId: string; start: number; end: number }> {
  const { tx, documentId } = writer;
  const { length } = await tx.document.findUniqueOrThrow({
    where: { id: documentId },
    select: { length: true },
  });
  requireFragments(fragments, length);
  const id = spanId(documentId, fragments);
  const known = await tx.span.findUnique({ where: { id }, select: { start: true, end: true } });
  if (known) return { spanId: id, ...known };
  const document = await tx.document.findUniqueOrThrow({ where: { id: documentId }, select: { text: true } });
  const span = spanRow(documentId, createOffsetMap(document.text), fragments);
  await keepSpan(tx, span);
  return { spanId: id, start: span.start, end: span.end };
}

/**
 * Makes an annotation in the document's shared layer.
 * @throws CONFLICT when the id was used before, also by something deleted
 */
export async function createAnnotation(
  ctx: Context,
  input: CreateAnnotationInput,
): Promise<AnnotationOutcome> {
  return changeLayer(
    ctx,
    "createAnnotation",
    input,
    async (tx) =>
      (await requireDocument(ctx, uuid(input.documentId, "input.documentId"), "annotate", tx)).layerId,
    async (writer) => {
      const { tx, layerId, documentId, projectId, access, now } = writer;
      requireRight(access, "annotate");
      const id = input.id == null ? uuidv7() : uuid(input.id, "input.id");
      const label = await requireLabel(tx, uuid(input.labelId, "input.labelId"), projectId);
      const attributes = requireAttributes(input.attributes ?? {}, label.attributes);
      const note = text(input.note ?? "", "input.note", { max: LIMITS.note, blank: true });
      const where = await place(writer, input.fragments);
      if (await tx.annotation.findUnique({ where: { id }, select: { id: true } })) {
        throw idTaken(id);
      }
      const author = viewerOf(ctx).id;
      const row = await tx.annotation.create({
        data: {
          id,
          projectId,
          documentId,
          layerId,
          ...where,
          labelId: label.id,
          attributes: toInputJson(attributes),
          note,
          createdBy: author,
          createdAt: now,
          updatedBy: author,
          updatedAt: now,
        },
      });
      const annotation = storeAnnotation(row);
      writer.record({ kind: "ANNOTATION_SAVED", annotation });
      return { annotation };
    },
  );
}

/** The layer of an annotation that the viewer may know of. */
async function layerOfAnnotation(ctx: Context, tx: Transaction, id: string): Promise<string> {
  const found = await tx.annotation.findUnique({
    where: { id },
    select: { documentId: true, layerId: true },
  });
  if (found === null) throw notFound("annotation");
  const { layerId } = await requireDocument(ctx, found.documentId, "read", tx, { what: "annotation" });
  if (found.layerId !== layerId) throw notFound("annotation");
  return found.layerId;
}

/** The annotation under the layer's lock, when the viewer may change it. */
async function lockedAnnotation(
  ctx: Context,
  { tx, access }: LayerWriter,
  id: string,
): Promise<AnnotationRow> {
  const row = await tx.annotation.findUnique({ where: { id } });
  if (row === null) throw notFound("annotation");
  requireOwnOr(ctx, access, row.createdBy);
  return row;
}

/** Refuses a change that was made from a stale version, and says what is there now. */
async function requireVersion(tx: Transaction, row: AnnotationRow, expected: number): Promise<void> {
  if (row.version === expected) return;
  const { span, updater } = await tx.annotation.findUniqueOrThrow({
    where: { id: row.id },
    select: { span: { select: { fragments: true } }, updater: { select: { id: true, name: true } } },
  });
  throw conflict(
    `The annotation is at version ${row.version}, not ${expected}: ${updater.name} changed it meanwhile.`,
    {
      id: row.id,
      version: row.version,
      labelId: row.labelId,
      fragments: fragmentsOf(span),
      attributes: row.attributes,
      note: row.note,
      updatedBy: updater,
      updatedAt: row.updatedAt.toISOString(),
    },
  );
}

/**
 * Changes an annotation's label, place, attributes or note.
 * @throws CONFLICT when `expectedVersion` is stale; nothing changes then
 */
export async function updateAnnotation(
  ctx: Context,
  input: UpdateAnnotationInput,
): Promise<AnnotationOutcome> {
  const id = uuid(input.id, "input.id");
  return changeLayer(
    ctx,
    "updateAnnotation",
    input,
    (tx) => layerOfAnnotation(ctx, tx, id),
    async (writer) => {
      refuseNulls(input);
      const { tx, projectId, now } = writer;
      const before = await lockedAnnotation(ctx, writer, id);
      if (before.deletedAt !== null) throw notFound("annotation");
      await requireVersion(tx, before, input.expectedVersion);

      const labelId = input.labelId === undefined ? before.labelId : uuid(input.labelId, "input.labelId");
      const relabelled = labelId !== before.labelId;
      const attributes = input.attributes ?? asRecord(before.attributes);
      if (relabelled || input.attributes !== undefined) {
        const label = relabelled
          ? await requireLabel(tx, labelId, projectId)
          : (await labelsById(tx, [labelId]))[0];
        if (relabelled) await requireRelabelAllowed(tx, id, labelId);
        if (input.attributes !== undefined) requireAttributes(attributes, label?.attributes ?? []);
      }
      const note =
        input.note === undefined
          ? before.note
          : text(input.note, "input.note", { max: LIMITS.note, blank: true });
      const where = input.fragments === undefined ? before : await place(writer, input.fragments);

      const { spanId, start, end } = where;
      const data = { spanId, start, end, labelId, attributes: toInputJson(attributes), note };
      const same =
        !relabelled &&
        note === before.note &&
        spanId === before.spanId &&
        canonicalJson(data.attributes) === canonicalJson(toInputJson(before.attributes));
      if (same) return { annotation: storeAnnotation(before) };
      const row = await tx.annotation.update({
        where: { id },
        data: { ...data, updatedBy: viewerOf(ctx).id, updatedAt: now, version: { increment: 1 } },
      });
      const annotation = storeAnnotation(row);
      writer.record({ kind: "ANNOTATION_SAVED", annotation });
      return { annotation };
    },
  );
}

function asRecord(json: AnnotationRow["attributes"]): Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? { ...json } : {};
}

/** What deleting answers. */
export interface DeleteAnnotationOutcome {
  annotationId: string;
  relationIds: string[];
  revision: number;
}

/** Deletes an annotation with its relations and comments, as one change; they stay as tombstones. */
export async function deleteAnnotation(
  ctx: Context,
  input: DeleteAnnotationInput,
): Promise<DeleteAnnotationOutcome> {
  const id = uuid(input.id, "input.id");
  return changeLayer(
    ctx,
    "deleteAnnotation",
    input,
    (tx) => layerOfAnnotation(ctx, tx, id),
    async (writer) => {
      const { tx, now } = writer;
      const before = await lockedAnnotation(ctx, writer, id);
      if (before.deletedAt !== null) throw notFound("annotation");
      await requireVersion(tx, before, input.expectedVersion);
      const ends = { deletedAt: null, OR: [{ sourceId: id }, { targetId: id }] };
      const relations = await tx.relation.findMany({
        where: ends,
        select: { id: true },
        orderBy: { id: "asc" },
      });
      await tx.annotation.update({ where: { id }, data: { deletedAt: now } });
      await tx.relation.updateMany({ where: ends, data: { deletedAt: now, deletedWith: id } });
      await tx.comment.updateMany({
        where: { annotationId: id, deletedAt: null },
        data: { deletedAt: now, deletedWith: id },
      });
      const relationIds = relations.map((relation) => relation.id);
      writer.record({ kind: "ANNOTATION_DELETED", annotationId: id, relationIds });
      return { annotationId: id, relationIds };
    },
  );
}

/**
 * Brings a deleted annotation back with what went with it. A relation whose other end is gone meanwhile comes back
 * with that end, one that the other end's new label does not allow stays away. Restoring what is not deleted changes nothing.
 */
export async function restoreAnnotation(
  ctx: Context,
  input: RestoreAnnotationInput,
): Promise<AnnotationOutcome> {
  const id = uuid(input.id, "input.id");
  return changeLayer(
    ctx,
    "restoreAnnotation",
    input,
    (tx) => layerOfAnnotation(ctx, tx, id),
    async (writer) => {
      const { tx } = writer;
      const before = await lockedAnnotation(ctx, writer, id);
      if (before.deletedAt === null) return { annotation: storeAnnotation(before) };
      const row = await tx.annotation.update({
        where: { id },
        data: { deletedAt: null, version: { increment: 1 } },
      });
      await restoreRelations(tx, id);
      await tx.comment.updateMany({
        where: { deletedWith: id },
        data: { deletedAt: null, deletedWith: null },
      });
      const annotation = storeAnnotation(row);
      writer.record({ kind: "ANNOTATION_SAVED", annotation });
      return { annotation };
    },
  );
}
