/** How much labels are used, in the documents that are there. */
import type { Reader } from "../database/database.ts";

/** An attribute that annotations with the label could carry and don't. */
export interface EmptyAttributeRow {
  key: string;
  annotationCount: number;
}

/** What of a project's shared annotations a label has. */
export interface LabelUsageRow {
  annotationCount: number;
  documentCount: number;
  annotatorCount: number;
  /** One for each of the label's attributes, in its order. */
  emptyAttributes: EmptyAttributeRow[];
}

/** The use of each label; none of one that is gone. */
export async function usageOfLabels(
  db: Reader,
  labelIds: readonly string[],
): Promise<Map<string, LabelUsageRow>> {
  // Grouped twice: counting what is distinct at once would sort all annotations.
  const rows = await db.$queryRaw<(LabelUsageRow & { id: string })[]>`
    select l.id, coalesce(sum(g.count), 0)::int as "annotationCount",
      count(distinct g.document_id)::int as "documentCount", count(distinct g.created_by)::int as "annotatorCount",
      (select coalesce(jsonb_agg(jsonb_build_object('key', d.value ->> 'key', 'annotationCount',
          (select count(*) from annotation a
            join layer y on y.id = a.layer_id and y.kind = 'SHARED'
            join document o on o.id = a.document_id and o.deleted_at is null
            where a.label_id = l.id and a.deleted_at is null and not a.attributes ? (d.value ->> 'key')))
          order by d.ordinality), '[]')
        from jsonb_array_elements(l.attributes) with ordinality d) as "emptyAttributes"
    from label l
    left join (
      select a.label_id, a.document_id, a.created_by, count(*) as count
      from annotation a
      join layer y on y.id = a.layer_id and y.kind = 'SHARED'
      join document o on o.id = a.document_id and o.deleted_at is null
      where a.label_id = any(${[...labelIds]}::uuid[]) and a.deleted_at is null
      group by a.label_id, a.document_id, a.created_by) g on g.label_id = l.id
    where l.id = any(${[...labelIds]}::uuid[])
    group by l.id`;
  return new Map(rows.map(({ id, ...usage }) => [id, usage]));
}
