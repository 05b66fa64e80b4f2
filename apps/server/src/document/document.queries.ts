/** Reads documents. A text is read only when it is asked for: lists of documents must not carry megabytes. */
import type { Reader } from "../database/database.ts";
import type { Document } from "../generated/prisma/client.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { type Connection, connectionOf, decodeCursor, pageSize } from "../graphql/connection.ts";

/** A document without its text, with its shared layer. */
export interface DocumentRow
  extends Pick<
    Document,
    "id" | "projectId" | "position" | "title" | "length" | "language" | "metadata" | "createdAt"
  > {
  layerId: string;
  /** The shared layer's. */
  revision: number;
}

const COLUMNS = Prisma.sql`
  d.id, d.project_id as "projectId", d.position, d.title, d.length, d.language, d.metadata, d.created_at as "createdAt",
  l.id as "layerId", l.revision
  from document d join layer l on l.document_id = d.id and l.kind = 'SHARED'`;

/** Documents by id, in no order, deleted ones too. */
export function documentsById(db: Reader, ids: readonly string[]): Promise<DocumentRow[]> {
  return db.$queryRaw<DocumentRow[]>`select ${COLUMNS} where d.id = any(${[...ids]}::uuid[])`;
}

/** The texts of documents by their id. */
export async function documentTexts(db: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.document.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, text: true },
  });
  return new Map(rows.map(({ id, text }) => [id, text]));
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

/** A page of a project's documents in import order. */
export async function documentsOfProject(
  db: Reader,
  projectId: string,
  query: string | undefined,
  first: number | null | undefined,
  after: string | null | undefined,
): Promise<Connection<DocumentRow>> {
  const size = pageSize(first, 50);
  const key = decodeCursor(after, ["bigint", "uuid"]);
  const titled =
    query === undefined ? Prisma.empty : Prisma.sql`and strpos(lower(d.title), lower(${query})) > 0`;
  const where = Prisma.sql`where d.project_id = ${projectId}::uuid and d.deleted_at is null ${titled}`;
  const beyond = key
    ? Prisma.sql`and (d.position, d.id) > (${key[0]}::bigint, ${key[1]}::uuid)`
    : Prisma.empty;
  const rows = await db.$queryRaw<DocumentRow[]>`
    select ${COLUMNS} ${where} ${beyond} order by d.position, d.id limit ${size + 1}`;
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
