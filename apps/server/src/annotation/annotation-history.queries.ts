/** Reads what has become of an annotation, from its layer's log. */
import type { Reader } from "../database/database.ts";
import { type Connection, connectionOf, decodeCursor, pageSize } from "../graphql/connection.ts";
import type { Stored } from "../live/change.ts";
import type { AnnotationRow } from "./annotation.queries.ts";

/** What of an annotation has changed. */
type AnnotationPart = "LABEL" | "PLACE" | "ATTRIBUTES" | "NOTE";

/** One thing that was done to an annotation. */
export interface AnnotationEventRow {
  revision: number;
  at: Date;
  authorId: string;
  kind: "CREATED" | "CHANGED" | "DELETED" | "RESTORED";
  /** Null where the log does not know the state before: it came in with the text. */
  parts: AnnotationPart[] | null;
  /** As of then; null when it was deleted. */
  annotation: Stored<AnnotationRow> | null;
}

/** A page of an annotation's history, the latest first. */
export async function historyOfAnnotation(
  db: Reader,
  { id, layerId }: AnnotationRow,
  first: number | null | undefined,
  after: string | null | undefined,
): Promise<Connection<AnnotationEventRow>> {
  const size = pageSize(first, 50);
  const before = Number(decodeCursor(after, ["integer"])?.[0] ?? 2_147_483_647);
  // The condition is that of an index, word for word.
  const rows = await db.$queryRaw<AnnotationEventRow[]>`
    with log as (
      select c.revision, c.at, c.author_id, c.kind, c.payload -> 'annotation' as annotation,
        lag(c.payload -> 'annotation') over in_order as previous, lag(c.kind) over in_order as previous_kind
      from layer_change c
      where c.layer_id = ${layerId}::uuid and c.kind in ('ANNOTATION_SAVED', 'ANNOTATION_DELETED')
        and coalesce(c.payload #>> '{annotation,id}', c.payload ->> 'annotationId')::uuid = ${id}::uuid
      window in_order as (order by c.revision))
    select revision, at, author_id as "authorId", annotation,
      case
        when kind = 'ANNOTATION_DELETED' then 'DELETED'
        when previous_kind = 'ANNOTATION_DELETED' then 'RESTORED'
        when annotation -> 'version' = '1' then 'CREATED'
        else 'CHANGED'
      end as kind,
      case when kind = 'ANNOTATION_SAVED' and previous_kind is null and annotation -> 'version' <> '1' then null
        when previous is null or annotation is null then array[]::text[]
        else array_remove(array[
          case when annotation -> 'labelId' <> previous -> 'labelId' then 'LABEL' end,
          case when annotation -> 'spanId' <> previous -> 'spanId' then 'PLACE' end,
          case when annotation -> 'attributes' <> previous -> 'attributes' then 'ATTRIBUTES' end,
          case when annotation -> 'note' <> previous -> 'note' then 'NOTE' end], null)
      end as parts
    from log where revision < ${before} order by revision desc limit ${size + 1}`;
  return connectionOf(
    rows,
    size,
    ({ revision }) => [revision],
    async () => {
      const [all] = await db.$queryRaw<{ count: number }[]>`
        select count(*)::int as count from layer_change c
        where c.layer_id = ${layerId}::uuid and c.kind in ('ANNOTATION_SAVED', 'ANNOTATION_DELETED')
          and coalesce(c.payload #>> '{annotation,id}', c.payload ->> 'annotationId')::uuid = ${id}::uuid`;
      return all?.count ?? 0;
    },
  );
}
