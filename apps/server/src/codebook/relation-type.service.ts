/** Use cases of relation types: make, change, delete. */
import { v7 as uuidv7 } from "uuid";
import { requireProject } from "../access/access.service.ts";
import { type Context, viewerOf } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { idTaken, notFound } from "../errors.ts";
import type { RelationEnd } from "../generated/prisma/enums.ts";
import { LIMITS, refuseNulls, text, uuid } from "../graphql/input-checks.ts";
import type { Stored } from "../live/change.ts";
import type { ProjectChange } from "../live/project-change.ts";
import { changeProjects } from "../live/project-log.ts";
import { archivedAtAfter } from "../project/project.service.ts";
import type {
  CreateRelationTypeInput,
  DeleteRelationTypeInput,
  UpdateRelationTypeInput,
} from "./codebook.input.ts";
import { type RelationTypeRow, relationTypesById, relationTypesOfProjects } from "./codebook.queries.ts";
import { checkEnds, inUse, lockCodebook, newKey, requireVersion } from "./codebook.rules.ts";
import { holdProject, retrying } from "./hold-annotations.ts";
import { storeRelationType } from "./stored-codebook.ts";

/** What a mutation of a relation type answers: the type as it left it. */
export interface RelationTypeOutcome {
  projectId: string;
  relationType: Stored<RelationTypeRow>;
}

async function relationTypeNow(tx: Transaction, id: string): Promise<Stored<RelationTypeRow>> {
  const [row] = await relationTypesById(tx, [id]);
  if (row === undefined) throw notFound("relation type");
  return storeRelationType(row);
}

/** Numbers that relation types have changed, and answers what the log is to say of it. */
export async function saveRelationTypes(
  ctx: Context,
  tx: Transaction,
  ids: readonly string[],
): Promise<ProjectChange[]> {
  if (ids.length === 0) return [];
  await tx.relationType.updateMany({
    where: { id: { in: [...ids] } },
    data: { version: { increment: 1 }, updatedBy: viewerOf(ctx).id, updatedAt: new Date() },
  });
  return Promise.all(
    ids.map(async (id) => ({
      kind: "RELATION_TYPE_SAVED" as const,
      relationType: await relationTypeNow(tx, id),
    })),
  );
}

async function addEnds(tx: Transaction, id: string, end: RelationEnd, labelIds: string[]): Promise<void> {
  await tx.relationTypeEnd.createMany({
    data: labelIds.map((labelId) => ({ relationTypeId: id, end, labelId })),
  });
}

/**
 * Makes a relation type, last in the order.
 * @throws CONFLICT when the id is taken, BAD_USER_INPUT where the key belongs to another, which is named
 */
export function createRelationType(
  ctx: Context,
  input: CreateRelationTypeInput,
): Promise<RelationTypeOutcome> {
  return changeProjects(
    ctx,
    "createRelationType",
    input,
    async ({ tx, record }) => {
      const projectId = uuid(input.projectId, "input.projectId");
      const id = input.id == null ? uuidv7() : uuid(input.id, "input.id");
      const codebook = await lockCodebook(ctx, tx, projectId);
      const types = (await relationTypesOfProjects(tx, [projectId])).get(projectId) ?? [];
      const name = text(input.name, "input.name", { max: LIMITS.name });
      const key = newKey(input.key, name, types);
      const sources = checkEnds(input.sourceLabelIds, "input.sourceLabelIds", codebook);
      const targets = checkEnds(input.targetLabelIds, "input.targetLabelIds", codebook);
      if (await tx.relationType.findUnique({ where: { id }, select: { id: true } })) throw idTaken(id);
      const position = Math.max(-1, ...types.map((type) => type.position)) + 1;
      await tx.relationType.create({ data: { id, projectId, key, name, position } });
      await addEnds(tx, id, "SOURCE", sources);
      await addEnds(tx, id, "TARGET", targets);
      const relationType = await relationTypeNow(tx, id);
      await record(projectId, { kind: "RELATION_TYPE_SAVED", relationType });
      return { projectId, relationType };
    },
    ({ projectId }) => requireProject(ctx, projectId, "read"),
  );
}

async function findType(tx: Transaction, id: string): Promise<RelationTypeRow> {
  const [type] = await relationTypesById(tx, [id]);
  if (type === undefined) throw notFound("relation type");
  return type;
}

/**
 * Changes a relation type; what is the same already is no change. Relations stay, also those that no longer fit.
 * @throws CONFLICT when `expectedVersion` is stale
 */
export function updateRelationType(
  ctx: Context,
  input: UpdateRelationTypeInput,
): Promise<RelationTypeOutcome> {
  // Once it is archived nobody who is writing at that moment gets it any more.
  const hold = input.archived ? holdProject : lockCodebook;
  return retrying(() =>
    changeProjects(
      ctx,
      "updateRelationType",
      input,
      async ({ tx, record }) => {
        refuseNulls(input);
        const id = uuid(input.id, "input.id");
        const { projectId } = await findType(tx, id);
        const codebook = await hold(ctx, tx, projectId, "relation type");
        const before = await findType(tx, id);
        await requireVersion(tx, before, input.expectedVersion, "relation type");
        const name =
          input.name === undefined ? before.name : text(input.name, "input.name", { max: LIMITS.name });
        const sources =
          input.sourceLabelIds && checkEnds(input.sourceLabelIds, "input.sourceLabelIds", codebook);
        const targets =
          input.targetLabelIds && checkEnds(input.targetLabelIds, "input.targetLabelIds", codebook);
        const archivedAt = archivedAtAfter(before.archivedAt, input.archived);
        const same =
          name === before.name &&
          archivedAt === before.archivedAt &&
          isSameSet(sources, before.sourceLabelIds) &&
          isSameSet(targets, before.targetLabelIds);
        if (same) return { projectId, relationType: storeRelationType(before) };
        await tx.relationType.update({ where: { id }, data: { name, archivedAt } });
        for (const [end, labelIds] of [
          ["SOURCE", sources],
          ["TARGET", targets],
        ] as const) {
          if (labelIds === undefined) continue;
          await tx.relationTypeEnd.deleteMany({ where: { relationTypeId: id, end } });
          await addEnds(tx, id, end, labelIds);
        }
        await record(projectId, ...(await saveRelationTypes(ctx, tx, [id])));
        return { projectId, relationType: await relationTypeNow(tx, id) };
      },
      ({ projectId }) => requireProject(ctx, projectId, "read"),
    ),
  );
}

function isSameSet(wanted: readonly string[] | undefined, present: readonly string[]): boolean {
  return wanted === undefined || wanted.toSorted().join() === present.toSorted().join();
}

/**
 * Deletes a relation type that no relation has. Where a deleted relation or a document's history still names it, it
 * stays archived instead.
 * @returns the type where it stays
 * @throws CONFLICT while relations have it, with their count in `current`
 */
export function deleteRelationType(
  ctx: Context,
  input: DeleteRelationTypeInput,
): Promise<{ projectId: string; relationTypeId: string; relationType: Stored<RelationTypeRow> | null }> {
  return retrying(() =>
    changeProjects(
      ctx,
      "deleteRelationType",
      input,
      async ({ tx, record }) => {
        const id = uuid(input.id, "input.id");
        const { projectId } = await findType(tx, id);
        await holdProject(ctx, tx, projectId, "relation type");
        const before = await findType(tx, id);
        await requireVersion(tx, before, input.expectedVersion, "relation type");
        const relationCount = await tx.relation.count({ where: { typeId: id, deletedAt: null } });
        if (relationCount > 0) {
          throw inUse(
            `${relationCount} ${relationCount === 1 ? "relation says" : "relations say"} “${before.name}”. Archive it, or delete them first.`,
            { relationCount },
          );
        }
        if (await isNamed(tx, before)) {
          if (before.archivedAt !== null)
            return { projectId, relationTypeId: id, relationType: storeRelationType(before) };
          await tx.relationType.update({ where: { id }, data: { archivedAt: new Date() } });
          await record(projectId, ...(await saveRelationTypes(ctx, tx, [id])));
          return { projectId, relationTypeId: id, relationType: await relationTypeNow(tx, id) };
        }
        await tx.relationType.delete({ where: { id } });
        await record(projectId, { kind: "RELATION_TYPE_DELETED", relationTypeId: id, name: before.name });
        return { projectId, relationTypeId: id, relationType: null };
      },
      ({ projectId }) => requireProject(ctx, projectId, "read"),
    ),
  );
}

/** Whether a deleted relation, or anything that can be replayed, names a relation type. */
async function isNamed(tx: Transaction, { id, projectId }: RelationTypeRow): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ named: boolean }[]>`
    select exists (select 1 from relation where type_id = ${id}::uuid)
      or exists (select 1 from layer_change where project_id = ${projectId}::uuid and kind = 'RELATION_SAVED'
        and payload #>> '{relation,typeId}' = ${id}::text) as named`;
  return found?.named ?? false;
}
