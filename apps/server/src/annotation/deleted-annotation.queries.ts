/** Reads what was deleted from a layer and can be brought back. */
import type { Reader } from "../database/database.ts";
import { groupBy } from "../database/group-by.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { type AnnotationRow, COLUMNS } from "./annotation.queries.ts";

/** A deleted annotation. */
export type DeletedAnnotationRow = AnnotationRow & {
  deletedAt: Date;
  /** Who deleted it last. */
  deletedBy: string;
};

/** As many as one looks through. */
const MOST = 100;

/** The last that were deleted of each layer, the latest first. */
export async function deletedAnnotationsOfLayers(
  db: Reader,
  layerIds: readonly string[],
): Promise<Map<string, DeletedAnnotationRow[]>> {
  // The condition on the log is that of an index, word for word.
  const rows = await db.$queryRaw<DeletedAnnotationRow[]>(Prisma.sql`
    select gone.*, deletion.author_id as "deletedBy" from unnest(${[...layerIds]}::uuid[]) layer(id)
    cross join lateral (
      select ${COLUMNS} from annotation a where a.layer_id = layer.id and a.deleted_at is not null
      order by a.deleted_at desc, a.id limit ${MOST}) gone
    cross join lateral (
      select c.author_id from layer_change c
      where c.layer_id = layer.id and c.kind in ('ANNOTATION_SAVED', 'ANNOTATION_DELETED')
        and coalesce(c.payload #>> '{annotation,id}', c.payload ->> 'annotationId')::uuid = gone.id
      order by c.revision desc limit 1) deletion
    order by gone."deletedAt" desc, gone.id`);
  return groupBy(rows, (row) => row.layerId);
}
