/** Reads documents. A text is read only when it is asked for: lists of documents must not carry megabytes. */
import type { NotCarriedReason } from "@concord/core";
import type { Reader, Transaction } from "../database/database.ts";
import { groupBy } from "../database/group-by.ts";
import type { Sql } from "../database/sql.ts";
import type { Document } from "../generated/prisma/client.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { type Connection, connectionOf, decodeCursor, pageSize } from "../graphql/connection.ts";
import { lastRestorable } from "../project/deleted-things.ts";

/** A document without its text, with its shared layer. */
export interface DocumentRow
  extends Pick<
    Document,
    | "id"
    | "projectId"
    | "title"
    | "length"
    | "language"
    | "metadata"
    | "createdAt"
    | "archivedAt"
    | "replacesId"
  > {
  layerId: string;
  /** The shared layer's. */
  revision: number;
}

const COLUMNS = Prisma.sql`
  d.id, d.project_id as "projectId", d.title, d.length, d.language, d.metadata, d.created_at as "createdAt",
  d.archived_at as "archivedAt", d.replaces_id as "replacesId", l.id as "layerId", l.revision`;

const FROM = Prisma.sql`from document d join layer l on l.document_id = d.id and l.kind = 'SHARED'`;

const selectById = (ids: readonly string[]) =>
  Prisma.sql`select ${COLUMNS} ${FROM} where d.id = any(${[...ids]}::uuid[])`;

/** Documents by id, in no order, deleted ones too. */
export function documentsById(sql: Sql, ids: readonly string[]): Promise<DocumentRow[]> {
  return sql.rows<DocumentRow>(selectById(ids));
}

/** A document, a deleted one too, as a transaction has it. */
export async function documentInside(tx: Transaction, id: string): Promise<DocumentRow | null> {
  const [row] = await tx.$queryRaw<DocumentRow[]>(selectById([id]));
  return row ?? null;
}

/** Documents by id, in no order; none for a deleted one. */
export function livingDocuments(db: Reader, ids: readonly string[]): Promise<DocumentRow[]> {
  return db.$queryRaw<DocumentRow[]>`
    select ${COLUMNS} ${FROM} where d.id = any(${[...ids]}::uuid[]) and d.deleted_at is null`;
}

/** The documents that replaced these, in no order; none for a deleted one. */
export function nextVersions(db: Reader, ids: readonly string[]): Promise<DocumentRow[]> {
  return db.$queryRaw<DocumentRow[]>`
    select ${COLUMNS} ${FROM} where d.replaces_id = any(${[...ids]}::uuid[]) and d.deleted_at is null`;
}

/** An annotation of the previous version that had no place in the text. */
export interface NotCarriedRow {
  annotationId: string;
  labelId: string;
  quote: string;
  reason: NotCarriedReason;
}

/** What each document did not take over from its previous version, in that one's text order. */
export async function notCarriedOfDocuments(
  db: Reader,
  ids: readonly string[],
): Promise<Map<string, NotCarriedRow[]>> {
  const rows = await db.$queryRaw<(NotCarriedRow & { documentId: string })[]>`
    select d.id as "documentId", lost."annotationId", lost."labelId", lost.quote, lost.reason
    from document d, rows from (jsonb_to_recordset(d.not_carried)
      as ("annotationId" uuid, "labelId" uuid, quote text, reason text))
      with ordinality as lost("annotationId", "labelId", quote, reason, n)
    where d.id = any(${[...ids]}::uuid[]) order by d.id, lost.n`;
  return groupBy(rows, (row) => row.documentId);
}

/** A document that was deleted. */
export interface DeletedDocumentRow {
  id: string;
  projectId: string;
  title: string;
  deletedAt: Date;
  deletedBy: string | null;
}

/** The deleted documents of each project that can be brought back, the latest first. */
export async function deletedDocumentsOfProjects(
  db: Reader,
  projectIds: readonly string[],
): Promise<Map<string, DeletedDocumentRow[]>> {
  const rows = await db.document.findMany({
    where: { projectId: { in: [...projectIds] }, deletedAt: { gte: lastRestorable() } },
    select: { id: true, projectId: true, title: true, deletedAt: true, deletedBy: true },
    orderBy: [{ deletedAt: "desc" }, { id: "asc" }],
  });
  const deleted = rows.flatMap(({ deletedAt, ...row }) =>
    deletedAt === null ? [] : [{ ...row, deletedAt }],
  );
  return groupBy(deleted, (row) => row.projectId);
}

/** The texts of documents by their id. */
export async function documentTexts(sql: Sql, ids: readonly string[]): Promise<Map<string, string>> {
  const statement = Prisma.sql`select id, text from document where id = any(${[...ids]}::uuid[])`;
  const rows = await sql.rows<{ id: string; text: string }>(statement);
  return new Map(rows.map(({ id, text }) => [id, text]));
}

/** A document's text, on a connection of our own. */
export async function textOf(sql: Sql, documentId: string): Promise<string> {
  const [row] = await sql.rows<{ text: string }>(
    Prisma.sql`select text from document where id = ${documentId}::uuid`,
  );
  if (row === undefined) throw new Error(`the document ${documentId} has no row`);
  return row.text;
}

/** How many annotations the shared layer of each document holds. */
export async function annotationCountsOfDocuments(
  db: Reader,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ id: string; count: number }[]>`
    select l.document_id as id, count(*)::int as count
    from layer l join annotation a on a.layer_id = l.id and a.deleted_at is null
    where l.document_id = any(${[...ids]}::uuid[]) and l.kind = 'SHARED' group by l.document_id`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** When the shared layer of each document last changed; none where it never did. */
export async function lastChangesOfDocuments(db: Reader, ids: readonly string[]): Promise<Map<string, Date>> {
  const rows = await db.$queryRaw<{ id: string; at: Date }[]>`
    select l.document_id as id, c.at
    from layer l join layer_change c on c.layer_id = l.id and c.revision = l.revision
    where l.document_id = any(${[...ids]}::uuid[]) and l.kind = 'SHARED'`;
  return new Map(rows.map(({ id, at }) => [id, at]));
}

/** Which documents of a project are wanted. */
export interface DocumentFilter {
  projectId: string;
  /** Part of the title, in any case. */
  query: string | undefined;
  /** Only archived ones, or only those in use. */
  archived: boolean | undefined;
  /** On `d`; all must hold. */
  conditions: readonly Prisma.Sql[];
}

/** A page of a project's documents in import order. */
export async function documentsOfProject(
  db: Reader,
  { projectId, query, archived, conditions }: DocumentFilter,
  first: number | null | undefined,
  after: string | null | undefined,
): Promise<Connection<DocumentRow>> {
  const size = pageSize(first, 50);
  const key = decodeCursor(after, ["bigint", "uuid"]);
  const titled =
    query === undefined ? Prisma.empty : Prisma.sql`and strpos(lower(d.title), lower(${query})) > 0`;
  const kept =
    archived === undefined ? Prisma.empty : Prisma.sql`and (d.archived_at is not null) = ${archived}`;
  const where = Prisma.sql`where d.project_id = ${projectId}::uuid and d.deleted_at is null ${titled} ${kept}
    ${Prisma.join([Prisma.sql`and true`, ...conditions], " and ")}`;
  const beyond = key
    ? Prisma.sql`and (d.position, d.id) > (${key[0]}::bigint, ${key[1]}::uuid)`
    : Prisma.empty;
  const rows = await db.$queryRaw<(DocumentRow & { position: bigint })[]>`
    select ${COLUMNS}, d.position ${FROM} ${where} ${beyond} order by d.position, d.id limit ${size + 1}`;
  return connectionOf(
    rows,
    size,
    (row) => [Number(row.position), row.id],
    async () => {
      const [row] = await db.$queryRaw<
        { count: number }[]
      >`select count(*)::int as count from document d ${where}`;
      return row?.count ?? 0;
    },
  );
}
