/** Reads annotations: by id, by span, and in pages. Deleted ones are left out unless said otherwise. */
import type { Reader } from "../database/database.ts";
import { groupBy } from "../database/group-by.ts";
import type { Annotation } from "../generated/prisma/client.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { type Connection, connectionOf, decodeCursor, pageSize } from "../graphql/connection.ts";
import type { Loaders } from "../graphql/loaders.ts";

/** An annotation as it is stored. */
export type AnnotationRow = Annotation;

/** All of an annotation `a`. */
export const COLUMNS = Prisma.sql`
  a.id, a.project_id as "projectId", a.document_id as "documentId", a.layer_id as "layerId", a.span_id as "spanId",
  a.start, a."end", a.label_id as "labelId", a.attributes, a.note, a.origin::text as origin,
  a.created_by as "createdBy", a.created_at as "createdAt", a.updated_by as "updatedBy", a.updated_at as "updatedAt",
  a.version, a.deleted_at as "deletedAt"`;

/** Annotations by id, deleted ones too, in no order. */
export function annotationsById(db: Reader, ids: readonly string[]): Promise<AnnotationRow[]> {
  return db.annotation.findMany({ where: { id: { in: [...ids] } } });
}

/** The annotations of each span in the documents' shared layers, in the order they were made. */
export async function annotationsOfSpans(
  db: Reader,
  spanIds: readonly string[],
): Promise<Map<string, AnnotationRow[]>> {
  const rows = await db.annotation.findMany({
    where: { spanId: { in: [...spanIds] }, deletedAt: null, layer: { kind: "SHARED" } },
    orderBy: { id: "asc" },
  });
  return groupBy(rows, (row) => row.spanId);
}

/** Which annotations of a layer are wanted. */
export interface LayerFilter {
  labels: string[] | undefined;
  /** Code points, end exclusive. */
  range: { start: number; end: number } | undefined;
}

/** @param layer an SQL expression of its id */
function layerWhere(layer: Prisma.Sql, { labels, range }: LayerFilter): Prisma.Sql {
  const clauses = [Prisma.sql`a.layer_id = ${layer}`, Prisma.sql`a.deleted_at is null`];
  if (labels) clauses.push(Prisma.sql`a.label_id = any(${labels}::uuid[])`);
  if (range) {
    // The extent first, which the index knows; then the fragments, since a gap touches nothing.
    clauses.push(Prisma.sql`a.start < ${range.end} and a."end" > ${range.start} and exists (
      select 1 from span s, generate_series(1, cardinality(s.fragments), 2) i
      where s.id = a.span_id and s.fragments[i] < ${range.end} and s.fragments[i + 1] > ${range.start})`);
  }
  return Prisma.join(clauses, " and ");
}

/** How many annotations an SQL condition on `a`, `s` and `d` leaves. */
async function count(db: Reader, from: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`select count(*)::int as count ${from}`;
  return row?.count ?? 0;
}

/** Where a page begins and how long it is. */
export interface LayerPage {
  layerId: string;
  filter: LayerFilter;
  size: number;
  /** The row before it, see connection.ts. */
  key: (string | number)[] | null;
}

/**
 * A page as it is asked for.
 * @throws BAD_USER_INPUT naming `first` or `after`
 */
export function layerPage(
  layerId: string,
  filter: LayerFilter,
  first: number | null | undefined,
  after: string | null | undefined,
): LayerPage {
  return {
    layerId,
    filter,
    size: pageSize(first, 1_000),
    key: decodeCursor(after, ["integer", "integer", "uuid"]),
  };
}

type PagePlace = Omit<LayerPage, "layerId">;

function selectPageOf(
  layer: Prisma.Sql,
  columns: Prisma.Sql,
  join: Prisma.Sql,
  { filter, size, key }: PagePlace,
): Prisma.Sql {
  const beyond = key
    ? Prisma.sql`and (a.start, a."end", a.id) > (${key[0]}::int, ${key[1]}::int, ${key[2]}::uuid)`
    : Prisma.empty;
  return Prisma.sql`
    select ${columns} from annotation a ${join} where ${layerWhere(layer, filter)} ${beyond}
    order by a.start, a."end", a.id limit ${size + 1}`;
}

/** Reads a page, and one row more, in text order: by start, then end, then id. Columns are those of `a`, and `s` if joined. */
export function selectPage(
  columns: Prisma.Sql,
  join: Prisma.Sql,
  { layerId, ...page }: LayerPage,
): Prisma.Sql {
  return selectPageOf(Prisma.sql`${layerId}::uuid`, columns, join, page);
}

/** The same page of each of these layers, and one row more of each. */
export async function annotationPages(
  db: Reader,
  layerIds: readonly string[],
  page: PagePlace,
): Promise<Map<string, AnnotationRow[]>> {
  const rows = await db.$queryRaw<AnnotationRow[]>`
    select page.* from unnest(${[...layerIds]}::uuid[]) layer(id)
    cross join lateral (${selectPageOf(Prisma.sql`layer.id`, COLUMNS, Prisma.empty, page)}) page
    order by page."layerId", page.start, page."end", page.id`;
  return groupBy(rows, (row) => row.layerId);
}

/** How many annotations a filter leaves of each of these layers. */
export async function annotationCounts(
  db: Reader,
  layerIds: readonly string[],
  { filter }: PagePlace,
): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ id: string; count: number }[]>`
    select layer.id, (select count(*)::int from annotation a where ${layerWhere(Prisma.sql`layer.id`, filter)}) as count
    from unnest(${[...layerIds]}::uuid[]) layer(id)`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** A page of a layer's annotations. */
export async function annotationsOfLayer(
  loaders: Pick<Loaders, "annotationPage" | "annotationPageCount">,
  page: LayerPage,
): Promise<Connection<AnnotationRow>> {
  return connectionOf(
    await loaders.annotationPage.load(page),
    page.size,
    (row) => [row.start, row.end, row.id],
    () => loaders.annotationPageCount.load(page),
  );
}

/** Which annotations of a project are wanted. */
export interface ProjectFilter {
  projectId: string;
  documentIds: string[] | undefined;
  labels: string[] | undefined;
  createdBy: string[] | undefined;
  /** Case-insensitive substring of the quote. */
  text: string | undefined;
  /** On `a` and `d`; all must hold. */
  conditions: readonly Prisma.Sql[];
}

function projectFrom(filter: ProjectFilter): Prisma.Sql {
  const { projectId, documentIds, labels, createdBy, text } = filter;
  const clauses = [
    Prisma.sql`a.project_id = ${projectId}::uuid and a.deleted_at is null and d.deleted_at is null`,
  ];
  if (documentIds) clauses.push(Prisma.sql`a.document_id = any(${documentIds}::uuid[])`);
  if (labels) clauses.push(Prisma.sql`a.label_id = any(${labels}::uuid[])`);
  if (createdBy) clauses.push(Prisma.sql`a.created_by = any(${createdBy}::uuid[])`);
  if (text !== undefined) clauses.push(Prisma.sql`strpos(lower(s.quote), lower(${text})) > 0`);
  clauses.push(...filter.conditions);
  return Prisma.sql`
    from annotation a
    join document d on d.id = a.document_id
    join layer l on l.id = a.layer_id and l.kind = 'SHARED'
    join span s on s.id = a.span_id
    where ${Prisma.join(clauses, " and ")}`;
}

/** A page of a project's annotations: documents in import order, each in text order. */
export async function annotationsOfProject(
  db: Reader,
  filter: ProjectFilter,
  first: number | null | undefined,
  after: string | null | undefined,
): Promise<Connection<AnnotationRow>> {
  const size = pageSize(first, 100);
  const key = decodeCursor(after, ["bigint", "integer", "integer", "uuid"]);
  const from = projectFrom(filter);
  const beyond = key
    ? Prisma.sql`and (d.position, a.start, a."end", a.id) > (${key[0]}::bigint, ${key[1]}::int, ${key[2]}::int, ${key[3]}::uuid)`
    : Prisma.empty;
  const rows = await db.$queryRaw<(AnnotationRow & { position: bigint })[]>`
    select ${COLUMNS}, d.position ${from} ${beyond}
    order by d.position, a.start, a."end", a.id limit ${size + 1}`;
  return connectionOf(
    rows,
    size,
    (row) => [Number(row.position), row.start, row.end, row.id],
    () => count(db, from),
  );
}
