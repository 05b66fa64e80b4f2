/** Use cases of documents: import, change the header, archive, delete, restore. */
import { createHash } from "node:crypto";
import { canonicalJson, codePointLength } from "@concord/core";
import { v7 as uuidv7 } from "uuid";
import { type DocumentAccess, requireDocument, requireProject } from "../access/access.service.ts";
import { type Context, viewerOf } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { ApiError, badInput, conflict, idTaken, notFound } from "../errors.ts";
import type { Prisma } from "../generated/prisma/client.ts";
import type { RepeatableInput } from "../graphql/apply-once.ts";
import { jsonObject, LIMITS, languageTag, refuseNulls, text, uuid } from "../graphql/input-checks.ts";
import { toInputJson } from "../graphql/stored-json.ts";
import type { Stored } from "../live/change.ts";
import { lockLayer } from "../live/log.ts";
import { type ChangedPart, MAX_NAMED } from "../live/project-change.ts";
import { changeProjects, type ProjectsWriter } from "../live/project-log.ts";
import { lastRestorable } from "../project/deleted-things.ts";
import { archivedAtAfter, lockProject } from "../project/project.service.ts";
import type {
  DeleteDocumentInput,
  ImportDocumentsInput,
  NewDocument,
  RestoreDocumentInput,
  UpdateDocumentInput,
} from "./document.input.ts";
import { type DocumentRow, documentInside } from "./document.queries.ts";
import { storeDocument } from "./stored-document.ts";

/** The most documents of one import. */
const MAX_DOCUMENTS = 1_000;

/** A document that passed its checks. */
interface CheckedDocument {
  id: string;
  sourceId: string | null;
  row: Prisma.DocumentCreateManyInput;
}

/**
 * What is stored of a text.
 * @throws TOO_LARGE naming the field
 */
export function checkText(ctx: Context, value: string, field: string) {
  const length = codePointLength(value);
  const { maxText } = ctx.settings;
  if (length > maxText) {
    const message = `${field} has ${length} code points; at most ${maxText} are accepted.`;
    throw new ApiError("TOO_LARGE", message, { field });
  }
  return { text: value, length, sha256: createHash("sha256").update(value).digest() };
}

/**
 * Checks one document of an import.
 * @throws BAD_USER_INPUT or TOO_LARGE naming the field
 */
function checkDocument(
  ctx: Context,
  projectId: string,
  document: NewDocument,
  field: string,
): CheckedDocument {
  const stored = checkText(ctx, document.text, `${field}.text`);
  const id = document.id == null ? uuidv7() : uuid(document.id, `${field}.id`);
  const sourceId =
    document.sourceId == null ? null : text(document.sourceId, `${field}.sourceId`, { max: LIMITS.sourceId });
  return {
    id,
    sourceId,
    row: {
      id,
      projectId,
      sourceId,
      title: text(document.title, `${field}.title`, { max: LIMITS.title }),
      ...stored,
      language: document.language == null ? null : languageTag(document.language, `${field}.language`),
      metadata: toInputJson(jsonObject(document.metadata ?? {}, `${field}.metadata`)),
    },
  };
}

/** Documents of the project that are known by one of these source ids. */
async function knownSources(
  tx: Transaction,
  projectId: string,
  documents: readonly CheckedDocument[],
): Promise<Map<string, string>> {
  const sourceIds = documents.flatMap(({ sourceId }) => (sourceId === null ? [] : [sourceId]));
  if (sourceIds.length === 0) return new Map();
  const rows = await tx.document.findMany({
    where: { projectId, deletedAt: null, sourceId: { in: sourceIds } },
    select: { id: true, sourceId: true },
  });
  return new Map(rows.flatMap(({ id, sourceId }) => (sourceId === null ? [] : [[sourceId, id]])));
}

/**
 * Imports texts, all or none, each with an empty shared layer.
 * @throws CONFLICT when an id is taken, BAD_USER_INPUT or TOO_LARGE naming the document's field
 */
export async function importDocuments(
  ctx: Context,
  input: ImportDocumentsInput,
): Promise<{ projectId: string; documentIds: string[] }> {
  const outcome = await changeProjects(
    ctx,
    "importDocuments",
    input,
    async ({ tx, record }) => {
      const projectId = uuid(input.projectId, "input.projectId");
      await requireProject(ctx, projectId, "manageDocuments", tx);
      if (input.documents.length > MAX_DOCUMENTS) {
        throw badInput(
          "input.documents",
          `input.documents has ${input.documents.length} documents; at most ${MAX_DOCUMENTS} are accepted.`,
        );
      }
      const checked = input.documents.map((document, index) =>
        checkDocument(ctx, projectId, document, `input.documents[${index}]`),
      );
      // One import at a time in a project, so that import order and source ids hold.
      await lockProject(tx, projectId);
      await requireProject(ctx, projectId, "manageDocuments", tx);
      const sources = await knownSources(tx, projectId, checked);
      const made: CheckedDocument[] = [];
      const documentIds = checked.map((document) => {
        const known = document.sourceId === null ? undefined : sources.get(document.sourceId);
        if (known !== undefined) return known;
        if (document.sourceId !== null) sources.set(document.sourceId, document.id);
        made.push(document);
        return document.id;
      });
      await refuseTakenIds(tx, input, made);
      await tx.document.createMany({ data: made.map(({ row }) => row) });
      await tx.layer.createMany({
        data: made.map(({ id }) => ({ id: uuidv7(), documentId: id, projectId, kind: "SHARED" as const })),
      });
      if (made.length > 0) {
        await record(projectId, {
          kind: "DOCUMENTS_IMPORTED",
          documentCount: made.length,
          documentIds: made.slice(0, MAX_NAMED).map(({ id }) => id),
          codebookChanged: false,
        });
      }
      return { projectId, documentIds };
    },
    ({ projectId }) => requireProject(ctx, projectId, "read"),
  );
  ctx.searchIndex.wake();
  return outcome;
}

async function refuseTakenIds(
  tx: Transaction,
  input: ImportDocumentsInput,
  made: readonly CheckedDocument[],
): Promise<void> {
  const ids = made.map(({ id }) => id);
  const taken = new Set(
    (await tx.document.findMany({ where: { id: { in: ids } }, select: { id: true } })).map(({ id }) => id),
  );
  const seen = new Set<string>();
  for (const id of ids) {
    if (taken.has(id) || seen.has(id)) {
      const index = input.documents.findIndex((document) => document.id?.toLowerCase() === id);
      throw idTaken(id, `input.documents[${index}].id`);
    }
    seen.add(id);
  }
}

/** What a mutation of a document answers: the document as it left it. */
export interface DocumentOutcome {
  projectId: string;
  document: Stored<DocumentRow>;
}

/** A document's header as it is now, for the outcome of a mutation. */
export async function documentNow(tx: Transaction, id: string): Promise<Stored<DocumentRow>> {
  const row = await documentInside(tx, id);
  if (row === null) throw notFound("document");
  return storeDocument(row);
}

/** Runs a change of one document, which answers the document as it is after it. */
async function changeDocument(
  ctx: Context,
  mutation: string,
  input: RepeatableInput,
  run: (writer: ProjectsWriter) => Promise<DocumentAccess>,
): Promise<DocumentOutcome> {
  const outcome = await changeProjects(
    ctx,
    mutation,
    input,
    async (writer) => {
      const { documentId, projectId } = await run(writer);
      return { projectId, document: await documentNow(writer.tx, documentId) };
    },
    ({ projectId }) => requireProject(ctx, projectId, "read"),
  );
  // It may be in another language now, or have come back.
  ctx.searchIndex.wake();
  return outcome;
}

/**
 * Changes a document's title, language or metadata, or archives it; what is the same already is no change.
 * @throws FORBIDDEN while it is archived, unless it is taken out
 */
export function updateDocument(ctx: Context, input: UpdateDocumentInput): Promise<DocumentOutcome> {
  return changeDocument(ctx, "updateDocument", input, async ({ tx, record }) => {
    refuseNulls(input);
    const documentId = uuid(input.id, "input.id");
    const { archived } = input;
    const saysMore = [input.title, input.language, input.metadata].some((word) => word !== undefined);
    // Taking it out goes together with other changes; putting away what is away already does not.
    const action = archived === false || (archived && !saysMore) ? "retireDocuments" : "manageDocuments";
    const { projectId, layerId } = await requireDocument(ctx, documentId, action, tx);
    const title =
      input.title === undefined ? undefined : text(input.title, "input.title", { max: LIMITS.title });
    const language = input.language === undefined ? undefined : languageTag(input.language, "input.language");
    const metadata =
      input.metadata === undefined ? undefined : toInputJson(jsonObject(input.metadata, "input.metadata"));
    // Waits for a write that is under way, so that nothing is acknowledged after the document is archived.
    if (archived) await lockLayer(tx, layerId);
    await lockProject(tx, projectId);
    const access = await requireDocument(ctx, documentId, action, tx);
    const before = await tx.document.findUniqueOrThrow({
      where: { id: documentId },
      select: { title: true, language: true, metadata: true, archivedAt: true },
    });
    const archivedAt = archivedAtAfter(before.archivedAt, archived);
    const parts: ChangedPart[] = [];
    if (title !== undefined && title !== before.title) parts.push("TITLE");
    if (language !== undefined && language !== before.language) parts.push("LANGUAGE");
    if (metadata !== undefined && canonicalJson(metadata) !== canonicalJson(toInputJson(before.metadata)))
      parts.push("METADATA");
    if (archivedAt !== before.archivedAt) parts.push("ARCHIVED");
    if (parts.length > 0) {
      await tx.document.update({
        where: { id: documentId },
        data: {
          ...(title === undefined ? {} : { title }),
          ...(language === undefined ? {} : { language }),
          ...(metadata === undefined ? {} : { metadata }),
          archivedAt,
        },
      });
      await record(projectId, { kind: "DOCUMENT_SAVED", documentId, title: title ?? before.title, parts });
    }
    return access;
  });
}

/** Takes a document away from everybody; its rows stay for 30 days, so that it can be brought back. */
export async function deleteDocument(
  ctx: Context,
  input: DeleteDocumentInput,
): Promise<{ documentId: string }> {
  const outcome = await changeProjects(ctx, "deleteDocument", input, async ({ tx, record }) => {
    const documentId = uuid(input.id, "input.id");
    const { projectId, layerId } = await requireDocument(ctx, documentId, "retireDocuments", tx);
    // Waits for a write that is under way, so that nothing is acknowledged after the document is gone.
    await lockLayer(tx, layerId);
    await lockProject(tx, projectId);
    await requireDocument(ctx, documentId, "retireDocuments", tx);
    const { title } = await tx.document.update({
      where: { id: documentId },
      data: { deletedAt: new Date(), deletedBy: viewerOf(ctx).id },
      select: { title: true },
    });
    await record(projectId, { kind: "DOCUMENT_DELETED", documentId, title });
    return { documentId };
  });
  ctx.live.accessChanged();
  return outcome;
}

/**
 * Brings a deleted document back as it was; restoring what is not deleted changes nothing.
 * @throws NOT_FOUND 30 days after the deletion, CONFLICT when another document took its place meanwhile
 */
export function restoreDocument(ctx: Context, input: RestoreDocumentInput): Promise<DocumentOutcome> {
  return changeDocument(ctx, "restoreDocument", input, async ({ tx, record }) => {
    const documentId = uuid(input.id, "input.id");
    const which = { deletedToo: true };
    const { projectId } = await requireDocument(ctx, documentId, "retireDocuments", tx, which);
    await lockProject(tx, projectId);
    const access = await requireDocument(ctx, documentId, "retireDocuments", tx, which);
    const before = await tx.document.findUniqueOrThrow({
      where: { id: documentId },
      select: { title: true, deletedAt: true, sourceId: true, replacesId: true },
    });
    if (before.deletedAt === null) return access;
    if (before.deletedAt < lastRestorable()) throw notFound("document");
    await requirePlaceFree(tx, projectId, before);
    await tx.document.update({ where: { id: documentId }, data: { deletedAt: null, deletedBy: null } });
    const { title } = before;
    await record(projectId, { kind: "DOCUMENT_SAVED", documentId, title, parts: ["RESTORED"] });
    return access;
  });
}

/** Refuses to bring a document back where another one stands for the same meanwhile. */
async function requirePlaceFree(
  tx: Transaction,
  projectId: string,
  { sourceId, replacesId }: { sourceId: string | null; replacesId: string | null },
): Promise<void> {
  const select = { id: true } as const;
  const sameSource =
    sourceId === null
      ? null
      : await tx.document.findFirst({ where: { projectId, sourceId, deletedAt: null }, select });
  if (sameSource)
    throw conflict("Another document with the same source id was imported meanwhile. Delete that first.", {
      id: sameSource.id,
    });
  const sameVersion = replacesId === null ? null : await nextVersionOf(tx, replacesId);
  if (sameVersion)
    throw conflict("The text that this one corrected has another next version by now. Delete that first.", {
      id: sameVersion.id,
    });
}

/** The document that replaced one, if there is one that is not deleted. */
export function nextVersionOf(tx: Transaction, documentId: string): Promise<{ id: string } | null> {
  return tx.document.findFirst({ where: { replacesId: documentId, deletedAt: null }, select: { id: true } });
}
