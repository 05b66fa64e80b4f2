/** Use cases of documents: import, change the header, delete. */
import { createHash } from "node:crypto";
import { canonicalJson, codePointLength } from "@concord/core";
import { v7 as uuidv7 } from "uuid";
import { requireDocument, requireProject } from "../access/access.service.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { ApiError, badInput, idTaken } from "../errors.ts";
import type { Prisma } from "../generated/prisma/client.ts";
import { applyOnce } from "../graphql/apply-once.ts";
import { jsonObject, LIMITS, languageTag, refuseNulls, text, uuid } from "../graphql/input-checks.ts";
import { toInputJson } from "../graphql/stored-json.ts";
import { bumpProject } from "../project/project.service.ts";
import type {
  DeleteDocumentInput,
  ImportDocumentsInput,
  NewDocument,
  UpdateDocumentInput,
} from "./document.input.ts";

/** The most documents of one import. */
const MAX_DOCUMENTS = 1_000;

/** A document that passed its checks. */
interface CheckedDocument {
  id: string;
  sourceId: string | null;
  row: Prisma.DocumentCreateManyInput;
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
  const length = codePointLength(document.text);
  if (length > ctx.settings.maxText) {
    throw new ApiError(
      "TOO_LARGE",
      `${field}.text has ${length} code points; at most ${ctx.settings.maxText} are accepted.`,
      {
        field: `${field}.text`,
      },
    );
  }
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
      text: document.text,
      length,
      sha256: createHash("sha256").update(document.text).digest(),
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
  return applyOnce(
    ctx,
    "importDocuments",
    input,
    async (tx) => {
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
      await tx.$queryRaw`select 1 from project where id = ${projectId}::uuid for update`;
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
      if (made.length > 0) await bumpProject(tx, projectId);
      return { projectId, documentIds };
    },
    ({ projectId }) => requireProject(ctx, projectId, "read"),
  );
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

/** Changes a document's title, language or metadata; what is the same already is no change. */
export async function updateDocument(
  ctx: Context,
  input: UpdateDocumentInput,
): Promise<{ projectId: string; documentId: string }> {
  return applyOnce(
    ctx,
    "updateDocument",
    input,
    async (tx) => {
      refuseNulls(input);
      const { documentId, projectId } = await requireDocument(
        ctx,
        uuid(input.id, "input.id"),
        "manageDocuments",
        tx,
      );
      const title =
        input.title === undefined ? undefined : text(input.title, "input.title", { max: LIMITS.title });
      const language =
        input.language === undefined ? undefined : languageTag(input.language, "input.language");
      const metadata =
        input.metadata === undefined ? undefined : toInputJson(jsonObject(input.metadata, "input.metadata"));
      await tx.$queryRaw`select 1 from document where id = ${documentId}::uuid for update`;
      const before = await tx.document.findUniqueOrThrow({
        where: { id: documentId },
        select: { title: true, language: true, metadata: true },
      });
      const changed =
        (title !== undefined && title !== before.title) ||
        (language !== undefined && language !== before.language) ||
        (metadata !== undefined &&
          canonicalJson(toInputJson(metadata)) !== canonicalJson(toInputJson(before.metadata)));
      if (changed) {
        await tx.document.update({
          where: { id: documentId },
          data: {
            ...(title === undefined ? {} : { title }),
            ...(language === undefined ? {} : { language }),
            ...(metadata === undefined ? {} : { metadata }),
          },
        });
        await bumpProject(tx, projectId);
      }
      return { projectId, documentId };
    },
    ({ projectId }) => requireProject(ctx, projectId, "read"),
  );
}

/** Takes a document away from everybody; its rows stay, so that it can be brought back. */
export async function deleteDocument(
  ctx: Context,
  input: DeleteDocumentInput,
): Promise<{ documentId: string }> {
  const outcome = await applyOnce(ctx, "deleteDocument", input, async (tx) => {
    const { documentId, projectId, layerId } = await requireDocument(
      ctx,
      uuid(input.id, "input.id"),
      "manageDocuments",
      tx,
    );
    // Waits for a write that is under way, so that nothing is acknowledged after the document is gone.
    await tx.$queryRaw`select 1 from layer where id = ${layerId}::uuid for update`;
    await tx.document.update({ where: { id: documentId }, data: { deletedAt: new Date() } });
    await bumpProject(tx, projectId);
    return { documentId };
  });
  ctx.live.accessChanged();
  return outcome;
}
