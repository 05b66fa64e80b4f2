/** What the codebook allows a relation to link. */
import { type RelationTypeRow, relationTypesById } from "../codebook/codebook.queries.ts";
import type { Transaction } from "../database/database.ts";
import { badInput } from "../errors.ts";

/** Whether a label may stand at an end; an end that names no labels takes any. */
function allows(labelIds: readonly string[], labelId: string): boolean {
  return labelIds.length === 0 || labelIds.includes(labelId);
}

async function labelNames(tx: Transaction, ids: readonly string[]): Promise<string> {
  const labels = await tx.label.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { position: "asc" },
    select: { name: true },
  });
  return labels.map(({ name }) => name).join(", ");
}

/**
 * Checks both ends of a relation against its type.
 * @throws BAD_USER_INPUT on the end whose label the type does not take
 */
export async function requireEndsAllowed(
  tx: Transaction,
  type: RelationTypeRow,
  sourceLabelId: string,
  targetLabelId: string,
): Promise<void> {
  if (!allows(type.sourceLabelIds, sourceLabelId)) {
    throw badInput(
      "input.sourceId",
      `“${type.name}” takes as its source only: ${await labelNames(tx, type.sourceLabelIds)}.`,
    );
  }
  if (!allows(type.targetLabelIds, targetLabelId)) {
    throw badInput(
      "input.targetId",
      `“${type.name}” takes as its target only: ${await labelNames(tx, type.targetLabelIds)}.`,
    );
  }
}

/**
 * Checks that an annotation's relations stay allowed under a new label.
 * @throws BAD_USER_INPUT on labelId, naming the relations
 */
export async function requireRelabelAllowed(
  tx: Transaction,
  annotationId: string,
  labelId: string,
): Promise<void> {
  const relations = await tx.relation.findMany({
    where: { deletedAt: null, OR: [{ sourceId: annotationId }, { targetId: annotationId }] },
    select: { id: true, typeId: true, sourceId: true },
    orderBy: { id: "asc" },
  });
  if (relations.length === 0) return;
  const types = new Map(
    (await relationTypesById(tx, [...new Set(relations.map(({ typeId }) => typeId))])).map((type) => [
      type.id,
      type,
    ]),
  );
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
export async function restoreRelations(tx: Transaction, annotationId: string): Promise<void> {
  await tx.$executeRaw`
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
      and other.id = case when r.source_id = ${annotationId}::uuid then r.target_id else r.source_id end`;
}
