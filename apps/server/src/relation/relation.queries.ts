/** Reads relations. Deleted ones are left out unless said otherwise. */
import type { Reader } from "../database/database.ts";
import type { Relation } from "../generated/prisma/client.ts";
import { type Connection, connectionOf, decodeCursor, pageSize } from "../graphql/connection.ts";

/** A relation as it is stored. */
export type RelationRow = Relation;

/** A page of a layer's relations by id. */
export async function relationsOfLayer(
  db: Reader,
  layerId: string,
  first: number | null | undefined,
  after: string | null | undefined,
): Promise<Connection<RelationRow>> {
  const size = pageSize(first, 1_000);
  const key = decodeCursor(after, ["uuid"]);
  const where = { layerId, deletedAt: null };
  const rows = await db.relation.findMany({
    where: { ...where, ...(key ? { id: { gt: String(key[0]) } } : {}) },
    orderBy: { id: "asc" },
    take: size + 1,
  });
  return connectionOf(
    rows,
    size,
    (row) => [row.id],
    () => db.relation.count({ where }),
  );
}

/** The relations at either end of which each annotation stands, by id. */
export async function relationsOfAnnotations(
  db: Reader,
  annotationIds: readonly string[],
): Promise<Map<string, RelationRow[]>> {
  const ids = [...annotationIds];
  const rows = await db.relation.findMany({
    where: { deletedAt: null, OR: [{ sourceId: { in: ids } }, { targetId: { in: ids } }] },
    orderBy: { id: "asc" },
  });
  const lists = new Map<string, RelationRow[]>(ids.map((id) => [id, []]));
  for (const row of rows) {
    lists.get(row.sourceId)?.push(row);
    lists.get(row.targetId)?.push(row);
  }
  return lists;
}
