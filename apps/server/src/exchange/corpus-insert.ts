/** Writes rows of an imported corpus, thousands with one statement: each travels as JSON, which has no limit of parameters. */
import type { SpanRow } from "../annotation/span.ts";
import type { Transaction } from "../database/database.ts";

/** Rows of one batch. */
export interface CorpusRows {
  documents: {
    id: string;
    layerId: string;
    sourceId: string | null;
    title: string;
    text: string;
    length: number;
    sha256: string;
    language: string | null;
    metadata: unknown;
    createdAt: string;
  }[];
  spans: SpanRow[];
  annotations: {
    id: string;
    documentId: string;
    layerId: string;
    spanId: string;
    start: number;
    end: number;
    labelId: string;
    attributes: unknown;
    note: string;
    origin: string;
    createdBy: string;
    createdAt: string;
    updatedBy: string;
    updatedAt: string;
    version: number;
  }[];
  relations: {
    id: string;
    documentId: string;
    layerId: string;
    typeId: string;
    sourceId: string;
    targetId: string;
    createdBy: string;
    createdAt: string;
  }[];
  comments: {
    id: string;
    documentId: string;
    layerId: string;
    annotationId: string;
    body: string;
    authorId: string;
    createdAt: string;
    updatedAt: string;
    resolvedAt: string | null;
  }[];
}

/** UTF-16 units of one statement's JSON. */
const STATEMENT_LENGTH = 2_000_000;

/** The rows as JSON lists, each of about one statement. */
function* inStatements(rows: readonly unknown[]): Generator<string, void, undefined> {
  let list = "";
  for (const row of rows) {
    list += `${list === "" ? "[" : ","}${JSON.stringify(row)}`;
    if (list.length < STATEMENT_LENGTH) continue;
    yield `${list}]`;
    list = "";
  }
  if (list !== "") yield `${list}]`;
}

/** Writes them in an order in which each finds what it belongs to; documents get their place behind all others, in this order. */
export async function insertRows(tx: Transaction, projectId: string, rows: CorpusRows): Promise<void> {
  for (const json of inStatements(rows.documents)) {
    await tx.$executeRaw`
      insert into document (id, project_id, source_id, title, text, length, sha256, language, metadata, created_at)
      select d.id, ${projectId}::uuid, d."sourceId", d.title, d.text, d.length, decode(d.sha256, 'hex'), d.language, d.metadata, d."createdAt"
      from json_to_recordset(${json}::json) as d(
        id uuid, "sourceId" text, title text, text text, length int, sha256 text, language text, metadata jsonb, "createdAt" timestamptz)`;
  }
  const layers = rows.documents.map(({ id, layerId }) => ({ id: layerId, documentId: id }));
  for (const json of inStatements(layers)) {
    await tx.$executeRaw`
      insert into layer (id, document_id, project_id, kind)
      select l.id, l."documentId", ${projectId}::uuid, 'SHARED' from json_to_recordset(${json}::json) as l(id uuid, "documentId" uuid)`;
  }
  for (const json of inStatements(rows.spans)) {
    await tx.$executeRaw`
      insert into span (id, document_id, start, "end", fragments, quote, prefix, suffix)
      select s.id, s."documentId", s.start, s."end", s.fragments, s.quote, s.prefix, s.suffix
      from json_to_recordset(${json}::json) as s(
        id uuid, "documentId" uuid, start int, "end" int, fragments int[], quote text, prefix text, suffix text)`;
  }
  for (const json of inStatements(rows.annotations)) {
    await tx.$executeRaw`
      insert into annotation (id, project_id, document_id, layer_id, span_id, start, "end", label_id, attributes, note, origin,
        created_by, created_at, updated_by, updated_at, version)
      select a.id, ${projectId}::uuid, a."documentId", a."layerId", a."spanId", a.start, a."end", a."labelId", a.attributes, a.note,
        a.origin, a."createdBy", a."createdAt", a."updatedBy", a."updatedAt", a.version
      from json_to_recordset(${json}::json) as a(
        id uuid, "documentId" uuid, "layerId" uuid, "spanId" uuid, start int, "end" int, "labelId" uuid, attributes jsonb, note text,
        origin "Origin", "createdBy" uuid, "createdAt" timestamptz, "updatedBy" uuid, "updatedAt" timestamptz, version int)`;
  }
  for (const json of inStatements(rows.relations)) {
    await tx.$executeRaw`
      insert into relation (id, project_id, document_id, layer_id, type_id, source_id, target_id, created_by, created_at)
      select r.id, ${projectId}::uuid, r."documentId", r."layerId", r."typeId", r."sourceId", r."targetId", r."createdBy", r."createdAt"
      from json_to_recordset(${json}::json) as r(
        id uuid, "documentId" uuid, "layerId" uuid, "typeId" uuid, "sourceId" uuid, "targetId" uuid, "createdBy" uuid, "createdAt" timestamptz)`;
  }
  for (const json of inStatements(rows.comments)) {
    await tx.$executeRaw`
      insert into comment (id, project_id, document_id, layer_id, annotation_id, body, author_id, created_at, updated_at, resolved_at)
      select c.id, ${projectId}::uuid, c."documentId", c."layerId", c."annotationId", c.body, c."authorId", c."createdAt", c."updatedAt", c."resolvedAt"
      from json_to_recordset(${json}::json) as c(
        id uuid, "documentId" uuid, "layerId" uuid, "annotationId" uuid, body text, "authorId" uuid, "createdAt" timestamptz,
        "updatedAt" timestamptz, "resolvedAt" timestamptz)`;
  }
}
