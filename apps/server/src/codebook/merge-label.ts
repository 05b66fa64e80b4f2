/**
 * Merges a label into another: its annotations get the heir, each as one change of its layer, all in one transaction.
 * Everything is said in SQL over all of them at once, so that a hundred thousand take seconds and no memory here.
 */
import type { AttributeDefinition } from "@concord/core";
import { requireProject } from "../access/access.service.ts";
import { type Context, viewerOf } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { isoTime } from "../database/iso-time.ts";
import { badInput } from "../errors.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { uuid } from "../graphql/input-checks.ts";
import type { Stored } from "../live/change.ts";
import type { ProjectChange } from "../live/project-change.ts";
import { changeProjects } from "../live/project-log.ts";
import type { MergeLabelInput } from "./codebook.input.ts";
import { type LabelRow, type RelationTypeRow, relationTypesOfProjects } from "./codebook.queries.ts";
import { type Codebook, refuseMerged } from "./codebook.rules.ts";
import { holdAnnotations, retrying } from "./hold-annotations.ts";
import { labelNow, writeLabel } from "./label.service.ts";
import { saveRelationTypes } from "./relation-type.service.ts";
import { storeLabel, storeRelationType } from "./stored-codebook.ts";

/** What a merge did, or would do. */
export interface MergeOutcome {
  projectId: string;
  /** The merged label as it is after it. */
  label: Stored<LabelRow>;
  heir: Stored<LabelRow>;
  annotationCount: number;
  /** Annotations with values that the heir's definitions do not take. */
  unfittingCount: number;
  /** Relation types that take the heir at an end where it could not stand before. */
  widened: Stored<RelationTypeRow>[];
  /** How far each layer came by it; told to those who watch. */
  layers: { layerId: string; revision: number }[];
}

/**
 * Merges a label into another, or says what that would do.
 * @throws BAD_USER_INPUT on intoId where the heir is none, and on widenRelationTypes where relation types would take a
 *   label more and that was not asked for
 */
export async function mergeLabel(ctx: Context, input: MergeLabelInput): Promise<MergeOutcome> {
  const outcome = await retrying(() =>
    changeProjects(
      ctx,
      "mergeLabel",
      input,
      async ({ tx, record }) => {
        const { label, codebook } = await holdAnnotations(ctx, tx, uuid(input.id, "input.id"));
        refuseMerged(label, codebook);
        const heir = heirOf(input, label, codebook);
        const { projectId } = codebook;
        const types = (await relationTypesOfProjects(tx, [projectId])).get(projectId) ?? [];
        const widened = types.filter((type) => isWidened(type, label, heir));
        const counts = await countAnnotations(tx, label, heir.attributes);
        if (input.dryRun) {
          return {
            projectId,
            ...counts,
            label: storeLabel(label),
            heir: storeLabel(heir),
            widened: widened.map(storeRelationType),
            layers: [],
          };
        }
        if (widened.length > 0 && input.widenRelationTypes !== true) throw refuseWider(widened, label, heir);
        const layers = await moveAnnotations(ctx, tx, label, heir, input.clientMutationId ?? null);
        const changes = await replaceInCodebook(ctx, tx, { label, heir, codebook, types });
        const tombstone = await writeLabel(ctx, tx, label.id, {
          heirId: heir.id,
          archivedAt: label.archivedAt ?? new Date(),
          shortcut: null,
        });
        const { annotationCount } = counts;
        await record(
          projectId,
          { kind: "LABEL_MERGED", label: tombstone, heirId: heir.id, annotationCount },
          ...changes,
        );
        const widenedIds = new Set(widened.map(({ id }) => id));
        return {
          projectId,
          ...counts,
          label: tombstone,
          heir: await labelNow(tx, heir.id),
          widened: changes.flatMap((change) =>
            change.kind === "RELATION_TYPE_SAVED" && widenedIds.has(change.relationType.id)
              ? [change.relationType]
              : [],
          ),
          layers,
        };
      },
      ({ projectId }) => requireProject(ctx, projectId, "read"),
    ),
  );
  for (const { layerId, revision } of outcome.layers) ctx.live.published(layerId, revision);
  return outcome;
}

function heirOf(input: MergeLabelInput, label: LabelRow, codebook: Codebook): LabelRow {
  const heirId = uuid(input.intoId, "input.intoId");
  const heir = codebook.labels.find(({ id }) => id === heirId);
  if (heir === undefined || heir.id === label.id)
    throw badInput("input.intoId", "input.intoId must be another label of the same project.");
  refuseMerged(heir, codebook, "input.intoId");
  if (heir.archivedAt !== null)
    throw badInput("input.intoId", `“${heir.name}” is archived. Take it out of the archive first.`);
  return heir;
}

/** Whether a type would take the heir at an end that only the label may stand at. */
function isWidened({ sourceLabelIds, targetLabelIds }: RelationTypeRow, label: LabelRow, heir: LabelRow) {
  return [sourceLabelIds, targetLabelIds].some((ends) => ends.includes(label.id) && !ends.includes(heir.id));
}

function refuseWider(widened: readonly RelationTypeRow[], label: LabelRow, heir: LabelRow) {
  const names = widened.map(({ name }) => `“${name}”`).join(", ");
  return badInput(
    "input.widenRelationTypes",
    `“${heir.name}” would take the place of “${label.name}” in ${names}, where it may not stand yet. Set input.widenRelationTypes to true to allow it, or change the relation types first.`,
  );
}

/** How many annotations move, and how many of them have a value that the heir's definitions do not take. */
async function countAnnotations(
  tx: Transaction,
  { id }: LabelRow,
  definitions: readonly AttributeDefinition[],
): Promise<{ annotationCount: number; unfittingCount: number }> {
  const [counts] = await tx.$queryRaw<{ annotationCount: number; unfittingCount: number }[]>`
    select count(*)::int as "annotationCount", count(*) filter (where a.attributes <> '{}' and exists (
      select 1 from jsonb_each(a.attributes) as given(key, value)
      where not exists (
        select 1 from jsonb_to_recordset(${JSON.stringify(definitions)}::jsonb)
          as definition(key text, kind text, choices jsonb)
        where definition.key = given.key and case definition.kind
          when 'BOOLEAN' then jsonb_typeof(given.value) = 'boolean'
          when 'NUMBER' then jsonb_typeof(given.value) = 'number'
          when 'CHOICE' then definition.choices @> jsonb_build_array(given.value)
          when 'DATE' then given.value #>> '{}' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
          else jsonb_typeof(given.value) = 'string' end)))::int as "unfittingCount"
    from annotation a where a.label_id = ${id}::uuid and a.deleted_at is null`;
  return counts ?? { annotationCount: 0, unfittingCount: 0 };
}

/**
 * Gives the annotations the heir: living ones as a change each, in text order, deleted ones silently, so that what is
 * brought back has it too.
 */
async function moveAnnotations(
  ctx: Context,
  tx: Transaction,
  label: LabelRow,
  heir: LabelRow,
  clientMutationId: string | null,
): Promise<{ layerId: string; revision: number }[]> {
  const now = new Date();
  const author = viewerOf(ctx).id;
  await tx.$executeRaw`
    update annotation set label_id = ${heir.id}::uuid where label_id = ${label.id}::uuid and deleted_at is not null`;
  return tx.$queryRaw<{ layerId: string; revision: number }[]>`
    with moved as (
      update annotation set label_id = ${heir.id}::uuid, version = version + 1, updated_by = ${author}::uuid,
        updated_at = ${now}
      where label_id = ${label.id}::uuid and deleted_at is null returning *),
    numbered as (
      select moved.*, row_number() over (partition by layer_id order by start, "end", id)::int as n from moved),
    logged as (
      insert into layer_change (project_id, layer_id, revision, at, author_id, client_mutation_id, kind, payload)
      select a.project_id, a.layer_id, l.revision + a.n, ${now}, ${author}::uuid, ${clientMutationId}, 'ANNOTATION_SAVED',
        jsonb_build_object('annotation', jsonb_build_object(
          'id', a.id, 'projectId', a.project_id, 'documentId', a.document_id, 'layerId', a.layer_id, 'spanId', a.span_id,
          'start', a.start, 'end', a."end", 'labelId', a.label_id, 'attributes', a.attributes, 'note', a.note,
          'origin', a.origin, 'createdBy', a.created_by, 'createdAt', ${Prisma.raw(isoTime("a.created_at"))},
          'updatedBy', a.updated_by, 'updatedAt', ${Prisma.raw(isoTime("a.updated_at"))}, 'version', a.version, 'deletedAt', null))
      from numbered a join layer l on l.id = a.layer_id)
    update layer l set revision = l.revision + moves.count
    from (select layer_id, count(*)::int as count from moved group by layer_id) moves
    where l.id = moves.layer_id
    returning l.id as "layerId", l.revision`;
}

/** What else of the codebook says the label's name: relation types take the heir, labels below it move under the heir. */
async function replaceInCodebook(
  ctx: Context,
  tx: Transaction,
  merge: { label: LabelRow; heir: LabelRow; codebook: Codebook; types: readonly RelationTypeRow[] },
): Promise<ProjectChange[]> {
  const { label, heir, codebook, types } = merge;
  const named = types.filter((type) => [...type.sourceLabelIds, ...type.targetLabelIds].includes(label.id));
  await tx.$executeRaw`
    insert into relation_type_end (relation_type_id, "end", label_id)
    select relation_type_id, "end", ${heir.id}::uuid from relation_type_end where label_id = ${label.id}::uuid
    on conflict do nothing`;
  await tx.relationTypeEnd.deleteMany({ where: { labelId: label.id } });
  const changes: ProjectChange[] = [];
  const move = async (id: string, parentId: string | null) => {
    changes.push({ kind: "LABEL_SAVED", label: await writeLabel(ctx, tx, id, { parentId }) });
  };
  // First the heir, which may stand below the label: no label must come to stand above itself.
  if (isBelow(heir, label, codebook)) await move(heir.id, label.parentId);
  for (const child of codebook.labels)
    if (child.parentId === label.id && child.id !== heir.id) await move(child.id, heir.id);
  return [
    ...changes,
    ...(await saveRelationTypes(
      ctx,
      tx,
      named.map(({ id }) => id),
    )),
  ];
}

function isBelow(label: LabelRow, other: LabelRow, { labels }: Codebook): boolean {
  const byId = new Map(labels.map((row) => [row.id, row]));
  for (let above = byId.get(label.parentId ?? ""); above; above = byId.get(above.parentId ?? ""))
    if (above.id === other.id) return true;
  return false;
}
