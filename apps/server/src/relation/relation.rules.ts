/** What the codebook allows a relation to link. */
import type { Sql } from "../database/sql.ts";
import { badInput } from "../errors.ts";
import { Prisma } from "../generated/prisma/client.ts";

/** What a relation type asks of its relations: the labels its ends take, in codebook order. */
export interface RelationRules {
  id: string;
  projectId: string;
  name: string;
  archivedAt: Date | null;
  sourceLabelIds: string[];
  targetLabelIds: string[];
}

/** Rules of relation types by id, in no order. */
export function findRelationRules(sql: Sql, ids: readonly string[]): Promise<RelationRules[]> {
  const labelsAt = (end: "SOURCE" | "TARGET") => Prisma.sql`array(
    select e.label_id::text from relation_type_end e join label l on l.id = e.label_id
    where e.relation_type_id = t.id and e."end" = ${end}::"RelationEnd" order by l.position)`;
  return sql.rows(Prisma.sql`
    select t.id, t.project_id as "projectId", t.name, t.archived_at as "archivedAt",
      ${labelsAt("SOURCE")} as "sourceLabelIds", ${labelsAt("TARGET")} as "targetLabelIds"
    from relation_type t where t.id = any(${ids}::uuid[])`);
}

/** Whether a label may stand at an end; an end that names no labels takes any. */
function allows(labelIds: readonly string[], labelId: string): boolean {
  return labelIds.length === 0 || labelIds.includes(labelId);
}

async function labelNames(sql: Sql, ids: readonly string[]): Promise<string> {
  const labels = await sql.rows<{ name: string }>(
    Prisma.sql`select name from label where id = any(${ids}::uuid[]) order by position`,
  );
  return labels.map(({ name }) => name).join(", ");
}

/**
 * Checks both ends of a relation against its type.
 * @throws BAD_USER_INPUT on the end whose label the type does not take
 */
export async function requireEndsAllowed(
  sql: Sql,
  type: RelationRules,
  sourceLabelId: string,
  targetLabelId: string,
): Promise<void> {
  if (!allows(type.sourceLabelIds, sourceLabelId)) {
    throw badInput(
      "input.sourceId",
      `“${type.name}” takes as its source only: ${await labelNames(sql, type.sourceLabelIds)}.`,
    );
  }
  if (!allows(type.targetLabelIds, targetLabelId)) {
    throw badInput(
      "input.targetId",
      `“${type.name}” takes as its target only: ${await labelNames(sql, type.targetLabelIds)}.`,
    );
  }
}

/**
 * Checks that an annotation's relations stay allowed under a new label.
 * @throws BAD_USER_INPUT on labelId, naming the relations
 */
export async function requireRelabelAllowed(sql: Sql, annotationId: string, labelId: string): Promise<void> {
  const relations = await sql.rows<{ id: string; typeId: string; sourceId: string }>(Prisma.sql`
    select id, type_id as "typeId", source_id as "sourceId" from relation
    where (source_id = ${annotationId}::uuid or target_id = ${annotationId}::uuid) and deleted_at is null
    order by id`);
  if (relations.length === 0) return;
  const rules = await findRelationRules(sql, [...new Set(relations.map(({ typeId }) => typeId))]);
  const types = new Map(rules.map((type) => [type.id, type]));
  const broken = relations.flatMap(({ id, typeId, sourceId }) => {
    const type = types.get(typeId);
    if (!type) return [];
    const ends = sourceId === annotationId ? type.sourceLabelIds : type.targetLabelIds;
    return allows(ends, labelId) ? [] : [`${type.name} (${id})`];
  });
  if (broken.length > 0) {
    throw badInput(
      "input.labelId",
      `The label does not fit the annotation's relations: ${broken.join(", ")}. Delete them first.`,
    );
  }
}

/**
 * Brings back the relations that went with an annotation, which is there again. Where the other end is gone too they
 * come back with that one; where it was relabelled meanwhile to what the codebook does not allow they stay deleted.
 */
export function restoreRelations(sql: Sql, annotationId: string): void {
  sql.send(Prisma.sql`
    update relation r set
      deleted_at = case when other.deleted_at is null and not exists (
        select 1 from annotation a
        join lateral (select case when a.id = r.source_id then 'SOURCE' else 'TARGET' end as name) at on true
        where a.id in (r.source_id, r.target_id)
          and exists (select 1 from relation_type_end e where e.relation_type_id = r.type_id and e."end"::text = at.name)
          and not exists (
            select 1 from relation_type_end e
            where e.relation_type_id = r.type_id and e."end"::text = at.name and e.label_id = a.label_id)
      ) then null else r.deleted_at end,
      deleted_with = case when other.deleted_at is null then null else other.id end
    from annotation other
    where r.deleted_with = ${annotationId}::uuid
      and other.id = case when r.source_id = ${annotationId}::uuid then r.target_id else r.source_id end`);
}
