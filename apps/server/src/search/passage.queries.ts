/** Reads pages of passages. */
import type { Database } from "../database/database.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { type Connection, connectionOf, decodeCursor, pageSize } from "../graphql/connection.ts";

/** A passage as it was found. */
export interface PassageRow {
  documentId: string;
  start: number;
  end: number;
  config: string;
  /** As the document has it. */
  text: string;
}

/** The places of a page of passages: documents in import order, each in text order. */
export interface PassagePage {
  size: number;
  /** The row before it, see connection.ts. */
  key: (string | number)[] | null;
}

/**
 * A page as it is asked for.
 * @throws BAD_USER_INPUT naming `first` or `after`
 */
export function passagePage(first: number | null | undefined, after: string | null | undefined): PassagePage {
  return { size: pageSize(first, 50), key: decodeCursor(after, ["bigint", "uuid", "integer"]) };
}

/** The statement of a page, with one row more. */
export function selectPassages(
  projectId: string,
  conditions: Prisma.Sql,
  { size, key }: PassagePage,
): Prisma.Sql {
  const beyond = key
    ? Prisma.sql`and (p.position, p.document_id, p.start) > (${key[0]}::bigint, ${key[1]}::uuid, ${key[2]}::int)`
    : Prisma.empty;
  return Prisma.sql`
    select p.document_id as "documentId", p.start, p."end", p.config, coalesce(p.exact, p.text) as text, p.position
    ${fromPassages(projectId, conditions)} ${beyond}
    order by p.position, p.document_id, p.start limit ${size + 1}`;
}

const fromPassages = (projectId: string, conditions: Prisma.Sql) => Prisma.sql`
  from passage p join document d on d.id = p.document_id and d.deleted_at is null
  where p.project_id = ${projectId}::uuid and ${conditions}`;

/** A page of a project's passages, each with what `more` adds to them all. */
export async function passagesOfProject<More>(
  { prisma }: Database,
  projectId: string,
  conditions: Prisma.Sql,
  page: PassagePage,
  more: (rows: readonly PassageRow[]) => (index: number) => More,
): Promise<Connection<PassageRow & More>> {
  const rows = await prisma.$queryRaw<(PassageRow & { position: bigint })[]>(
    selectPassages(projectId, conditions, page),
  );
  const moreOf = more(rows.slice(0, page.size));
  return connectionOf(
    rows.map((row, index) => ({ ...row, ...moreOf(index) })),
    page.size,
    ({ position, documentId, start }) => [Number(position), documentId, start],
    async () => {
      const [row] = await prisma.$queryRaw<{ count: number }[]>`
        select count(*)::int as count ${fromPassages(projectId, conditions)}`;
      return row?.count ?? 0;
    },
  );
}
