/** Reads relations. Deleted ones are left out unless said otherwise. */
import type { Reader } from "../database/database.ts";
import { groupBy } from "../database/group-by.ts";
import type { Sql } from "../database/sql.ts";
import { Prisma, type Relation } from "../generated/prisma/client.ts";
import { type Connection, connectionOf, decodeCursor, pageSize } from "../graphql/connection.ts";
import type { Loaders } from "../graphql/loaders.ts";

/** A relation as it is stored. */
export type RelationRow = Relation;

/** Which of a layer's relations are wanted. */
export interface RelationPage {
  layerId: string;
  size: number;
  /** The id of the one before. */
  beyond: string | null;
}

/**
 * A page as it is asked for.
 * @throws BAD_USER_INPUT naming `first` or `after`
 */
export function relationPage(
  layerId: string,
  first: number | null | undefined,
  after: string | null | undefined,
): RelationPage {
  const size = pageSize(first, 1_000);
  const key = decodeCursor(after, ["uuid"]);
  return { layerId, size, beyond: key && String(key[0]) };
}

type PagePlace = Omit<RelationPage, "layerId">;

/** Columns are those of `r`; `layer` is an SQL expression of its id. */
function selectRelationsOf(layer: Prisma.Sql, columns: Prisma.Sql, { size, beyond }: PagePlace): Prisma.Sql {
  const further = beyond === null ? Prisma.empty : Prisma.sql`and r.id > ${beyond}::uuid`;
  return Prisma.sql`
    select ${columns} from relation r where r.layer_id = ${layer} and r.deleted_at is null ${further}
    order by r.id limit ${size + 1}`;
}

/** Reads a page, and one row more, by id. Columns are those of `r`. */
export function selectRelations(columns: Prisma.Sql, { layerId, ...page }: RelationPage): Prisma.Sql {
  return selectRelationsOf(Prisma.sql`${layerId}::uuid`, columns, page);
}

const COLUMNS = Prisma.sql`
  r.id, r.project_id as "projectId", r.document_id as "documentId", r.layer_id as "layerId", r.type_id as "typeId",
  r.source_id as "sourceId", r.target_id as "targetId", r.created_by as "createdBy", r.created_at as "createdAt",
  r.deleted_at as "deletedAt", r.deleted_with as "deletedWith"`;

/** The same page of each of these layers, and one row more of each. */
export async function relationPages(
  db: Reader,
  layerIds: readonly string[],
  page: PagePlace,
): Promise<Map<string, RelationRow[]>> {
  const rows = await db.$queryRaw<RelationRow[]>`
    select page.* from unnest(${[...layerIds]}::uuid[]) layer(id)
    cross join lateral (${selectRelationsOf(Prisma.sql`layer.id`, COLUMNS, page)}) page
    order by page.id`;
  return groupBy(rows, (row) => row.layerId);
}

/** How many relations each of these layers has. */
export async function relationCounts(db: Reader, layerIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.relation.groupBy({
    by: ["layerId"],
    where: { layerId: { in: [...layerIds] }, deletedAt: null },
    _count: true,
  });
  return new Map(rows.map(({ layerId, _count }) => [layerId, _count]));
}

/** A page of a layer's relations by id. */
export async function relationsOfLayer(
  loaders: Pick<Loaders, "relationPage" | "relationPageCount">,
  page: RelationPage,
): Promise<Connection<RelationRow>> {
  return connectionOf(
    await loaders.relationPage.load(page),
    page.size,
    (row) => [row.id],
    () => loaders.relationPageCount.load(page),
  );
}

/** The relations at either end of which each annotation stands, by id. */
export async function relationsOfAnnotations(
  sql: Sql,
  annotationIds: readonly string[],
): Promise<Map<string, RelationRow[]>> {
  const ids = [...annotationIds];
  const rows = await sql.rows<RelationRow>(Prisma.sql`
    select ${COLUMNS} from relation r
    where r.deleted_at is null and (r.source_id = any(${ids}::uuid[]) or r.target_id = any(${ids}::uuid[]))
    order by r.id`);
  const lists = new Map<string, RelationRow[]>(ids.map((id) => [id, []]));
  for (const row of rows) {
    lists.get(row.sourceId)?.push(row);
    lists.get(row.targetId)?.push(row);
  }
  return lists;
}
