/** Use cases of annotations: make, change, delete, restore. */
import { type AttributeDefinition, canonicalJson, checkAttributes, type Fragment } from "@concord/core";
import { v7 as uuidv7 } from "uuid";
import {
  type DocumentAccess,
  requireDocument,
  requireOwnOr,
  requireRight,
} from "../access/access.service.ts";
import { type Context, viewerOf } from "../context.ts";
import type { Sql } from "../database/sql.ts";
import { textOf } from "../document/document.queries.ts";
import { badInput, conflict, idTaken, notFound } from "../errors.ts";
import { jsonObject, LIMITS, refuseNulls, text, uuid } from "../graphql/input-checks.ts";
import { toInputJson } from "../graphql/stored-json.ts";
import type { Stored } from "../live/change.ts";
import { changeLayer, changeLayerAfter } from "../live/change-layer.ts";
import type { LayerWriter } from "../live/layer-transaction.ts";
import { requireRelabelAllowed, restoreRelations } from "../relation/relation.rules.ts";
import type {
  CreateAnnotationInput,
  DeleteAnnotationInput,
  RestoreAnnotationInput,
  UpdateAnnotationInput,
} from "./annotation.input.ts";
import type { AnnotationRow } from "./annotation.queries.ts";
import {
  buryAnnotation,
  describePresent,
  findAnnotation,
  findLabel,
  insertAnnotation,
  type LabelRules,
  reviveWithComments,
  saveAnnotation,
} from "./annotation.writes.ts";
import { fragmentsOf, requireFragments, type SpanRow, spanRow } from "./span.ts";
import { storeAnnotation } from "./stored-annotation.ts";

/** What a mutation of an annotation answers. */
export interface AnnotationOutcome {
  annotation: Stored<AnnotationRow>;
  revision: number;
}

/**
 * A label, or the heir of the one that was named, where it is the project's and still offered.
 * @throws BAD_USER_INPUT on labelId
 */
function requireOffered<Label extends LabelRules>(label: Label | undefined, projectId: string): Label {
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

/** Checks the place and says what stands there. */
async function place(
  ctx: Context,
  { sql, documentId }: LayerWriter,
  fragments: readonly Fragment[],
): Promise<SpanRow> {
  const text = await ctx.texts.of(documentId, () => textOf(sql, documentId));
  requireFragments(fragments, text.length);
  return spanRow(documentId, text, fragments);
}

/**
 * Makes an annotation in the document's shared layer.
 * @throws CONFLICT when the id was used before, also by something deleted
 */
export async function createAnnotation(
  ctx: Context,
  input: CreateAnnotationInput,
): Promise<AnnotationOutcome> {
  return changeLayerAfter(
    ctx,
    "createAnnotation",
    input,
    async () => requireDocument(ctx, uuid(input.documentId, "input.documentId"), "annotate"),
    async (sql) =>
      findLabel(
        sql,
        uuid(input.labelId, "input.labelId"),
        input.id == null ? null : uuid(input.id, "input.id"),
      ),
    async (writer, findingLabel) => {
      const { sql, layerId, documentId, projectId, access, now } = writer;
      requireRight(access, "annotate");
      const id = input.id == null ? uuidv7() : uuid(input.id, "input.id");
      const label = requireOffered(await findingLabel, projectId);
      const attributes = requireAttributes(input.attributes ?? {}, label.attributes);
      const note = text(input.note ?? "", "input.note", { max: LIMITS.note, blank: true });
      const span = await place(ctx, writer, input.fragments);
      if (label.idTaken) throw idTaken(id);
      const author = viewerOf(ctx).id;
      const row: AnnotationRow = {
        id,
        projectId,
        documentId,
        layerId,
        spanId: span.id,
        start: span.start,
        end: span.end,
        labelId: label.id,
        attributes: toInputJson(attributes),
        note,
        origin: "HUMAN",
        createdBy: author,
        createdAt: now,
        updatedBy: author,
        updatedAt: now,
        version: 1,
        deletedAt: null,
      };
      insertAnnotation(sql, row, span);
      const annotation = storeAnnotation(row);
      writer.record({ kind: "ANNOTATION_SAVED", annotation });
      return { annotation };
    },
  );
}

/** The place of an annotation that the viewer may know of. */
async function placeOfAnnotation(ctx: Context, id: string): Promise<DocumentAccess> {
  const found = await ctx.db.prisma.annotation.findUnique({
    where: { id },
    select: { documentId: true, layerId: true },
  });
  if (found === null) throw notFound("annotation");
  const access = await requireDocument(ctx, found.documentId, "read", undefined, { what: "annotation" });
  if (found.layerId !== access.layerId) throw notFound("annotation");
  return access;
}

/** The annotation under the layer's lock, when the viewer may change it. */
async function lockedAnnotation(
  ctx: Context,
  { sql, access }: LayerWriter,
  id: string,
): Promise<AnnotationRow> {
  const row = await findAnnotation(sql, id);
  if (row === undefined) throw notFound("annotation");
  requireOwnOr(ctx, access, row.createdBy);
  return row;
}

/** Refuses a change that was made from a stale version, and says what is there now. */
async function requireVersion(sql: Sql, row: AnnotationRow, expected: number): Promise<void> {
  if (row.version === expected) return;
  const present = await describePresent(sql, row.id);
  if (present === undefined) throw notFound("annotation");
  const { fragments, updater } = present;
  throw conflict(
    `The annotation is at version ${row.version}, not ${expected}: ${updater.name} changed it meanwhile.`,
    {
      id: row.id,
      version: row.version,
      labelId: row.labelId,
      fragments: fragmentsOf({ fragments }),
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
    () => placeOfAnnotation(ctx, id),
    async (writer) => {
      refuseNulls(input);
      const { sql, projectId, now } = writer;
      const before = await lockedAnnotation(ctx, writer, id);
      if (before.deletedAt !== null) throw notFound("annotation");
      await requireVersion(sql, before, input.expectedVersion);

      const wanted = input.labelId === undefined ? before.labelId : uuid(input.labelId, "input.labelId");
      const attributes = input.attributes ?? asRecord(before.attributes);
      let { labelId } = before;
      if (wanted !== before.labelId || input.attributes !== undefined) {
        const label = await findLabel(sql, wanted);
        if (label?.id !== before.labelId) {
          labelId = requireOffered(label, projectId).id;
          await requireRelabelAllowed(sql, id, labelId);
        }
        if (input.attributes !== undefined) requireAttributes(attributes, label?.attributes ?? []);
      }
      const relabelled = labelId !== before.labelId;
      const note =
        input.note === undefined
          ? before.note
          : text(input.note, "input.note", { max: LIMITS.note, blank: true });
      const span = input.fragments === undefined ? null : await place(ctx, writer, input.fragments);

      const data = { labelId, attributes: toInputJson(attributes), note };
      const same =
        !relabelled &&
        note === before.note &&
        (span === null || span.id === before.spanId) &&
        canonicalJson(data.attributes) === canonicalJson(toInputJson(before.attributes));
      if (same) return { annotation: storeAnnotation(before) };
      const row: AnnotationRow = {
        ...before,
        ...data,
        ...(span === null ? {} : { spanId: span.id, start: span.start, end: span.end }),
        updatedBy: viewerOf(ctx).id,
        updatedAt: now,
        version: before.version + 1,
      };
      saveAnnotation(sql, row, span);
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
    () => placeOfAnnotation(ctx, id),
    async (writer) => {
      const { sql, now } = writer;
      const before = await lockedAnnotation(ctx, writer, id);
      if (before.deletedAt !== null) throw notFound("annotation");
      await requireVersion(sql, before, input.expectedVersion);
      const relationIds = await buryAnnotation(sql, id, now);
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
    () => placeOfAnnotation(ctx, id),
    async (writer) => {
      const { sql } = writer;
      const before = await lockedAnnotation(ctx, writer, id);
      if (before.deletedAt === null) return { annotation: storeAnnotation(before) };
      const row = { ...before, deletedAt: null, version: before.version + 1 };
      reviveWithComments(sql, id, row.version);
      restoreRelations(sql, id);
      const annotation = storeAnnotation(row);
      writer.record({ kind: "ANNOTATION_SAVED", annotation });
      return { annotation };
    },
  );
}
