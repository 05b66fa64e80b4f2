/** Use cases of labels: make, change, move, delete. Merging one into another is in merge-label.ts. */
import { canonicalJson } from "@concord/core";
import { v7 as uuidv7 } from "uuid";
import { requireProject } from "../access/access.service.ts";
import { type Context, viewerOf } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { sqlIn } from "../database/sql.ts";
import { badInput, idTaken, notFound } from "../errors.ts";
import type { Prisma } from "../generated/prisma/client.ts";
import { LIMITS, refuseNulls, text, uuid } from "../graphql/input-checks.ts";
import { toInputJson } from "../graphql/stored-json.ts";
import type { Stored } from "../live/change.ts";
import type { ProjectChange } from "../live/project-change.ts";
import { changeProjects } from "../live/project-log.ts";
import { archivedAtAfter } from "../project/project.service.ts";
import type {
  CreateLabelInput,
  DeleteLabelInput,
  MoveLabelInput,
  UpdateLabelInput,
} from "./codebook.input.ts";
import { type LabelRow, labelsById, relationTypesOfProjects } from "./codebook.queries.ts";
import {
  type Codebook,
  checkDefinitions,
  checkParent,
  checkShortcut,
  inUse,
  lockCodebook,
  lockLabel,
  newKey,
  refuseMerged,
  requireRoom,
  requireVersion,
} from "./codebook.rules.ts";
import { holdAnnotations, retrying } from "./hold-annotations.ts";
import { saveRelationTypes } from "./relation-type.service.ts";
import { storeLabel } from "./stored-codebook.ts";

/** What a mutation of a label answers: the label as it left it. */
export interface LabelOutcome {
  projectId: string;
  label: Stored<LabelRow>;
}

/** A label as it is now, for outcomes and the log. */
export async function labelNow(tx: Transaction, id: string): Promise<Stored<LabelRow>> {
  const [row] = await labelsById(sqlIn(tx), [id]);
  if (row === undefined) throw notFound("label");
  return storeLabel(row);
}

/** Changes what a label says, and numbers that. */
export async function writeLabel(
  ctx: Context,
  tx: Transaction,
  id: string,
  data: Prisma.LabelUncheckedUpdateInput,
): Promise<Stored<LabelRow>> {
  await tx.label.update({
    where: { id },
    data: { ...data, version: { increment: 1 }, updatedBy: viewerOf(ctx).id, updatedAt: new Date() },
  });
  return labelNow(tx, id);
}

const mayRead =
  (ctx: Context) =>
  ({ projectId }: { projectId: string }) =>
    requireProject(ctx, projectId, "read");

/**
 * Makes a label, last in the order.
 * @throws CONFLICT when the id is taken, BAD_USER_INPUT where key or shortcut belong to another, which is named
 */
export function createLabel(ctx: Context, input: CreateLabelInput): Promise<LabelOutcome> {
  return changeProjects(
    ctx,
    "createLabel",
    input,
    async ({ tx, record }) => {
      const projectId = uuid(input.projectId, "input.projectId");
      const id = input.id == null ? uuidv7() : uuid(input.id, "input.id");
      const codebook = await lockCodebook(ctx, tx, projectId);
      const { labels } = codebook;
      requireRoom(codebook);
      const name = text(input.name, "input.name", { max: LIMITS.name });
      const row = {
        id,
        projectId,
        key: newKey(input.key, name, labels),
        name,
        color: input.color,
        shortcut: checkShortcut(input.shortcut ?? null, id, labels),
        description: descriptionOf(input.description ?? ""),
        parentId: checkParent(input.parentId ?? null, id, codebook),
        attributes: toInputJson(checkDefinitions(input.attributes ?? [])),
        position: Math.max(-1, ...labels.map(({ position }) => position)) + 1,
      };
      if (await tx.label.findUnique({ where: { id }, select: { id: true } })) throw idTaken(id);
      await tx.label.create({ data: row });
      const label = await labelNow(tx, id);
      await record(projectId, { kind: "LABEL_SAVED", label });
      return { projectId, label };
    },
    mayRead(ctx),
  );
}

function descriptionOf(description: string): string {
  return text(description, "input.description", { max: LIMITS.description, blank: true });
}

/**
 * Changes a label; what is the same already is no change. Its annotations stay as they are, values that no longer fit
 * its definitions included.
 * @throws CONFLICT when `expectedVersion` is stale, BAD_USER_INPUT also for a merged label
 */
export function updateLabel(ctx: Context, input: UpdateLabelInput): Promise<LabelOutcome> {
  // Once it is archived nobody who is writing at that moment gets it any more.
  const hold = input.archived ? holdAnnotations : lockLabel;
  return retrying(() =>
    changeProjects(
      ctx,
      "updateLabel",
      input,
      async ({ tx, record }) => {
        const { shortcut, parentId, ...words } = input;
        refuseNulls(words);
        const { label: before, codebook } = await hold(ctx, tx, uuid(input.id, "input.id"));
        const { id, projectId } = before;
        refuseMerged(before, codebook);
        await requireVersion(tx, before, input.expectedVersion, "label");
        const after = {
          name: input.name === undefined ? before.name : text(input.name, "input.name", { max: LIMITS.name }),
          color: input.color ?? before.color,
          shortcut: shortcut === undefined ? before.shortcut : checkShortcut(shortcut, id, codebook.labels),
          description:
            input.description === undefined ? before.description : descriptionOf(input.description),
          parentId: parentId === undefined ? before.parentId : checkParent(parentId, id, codebook),
          attributes: toInputJson(
            input.attributes === undefined ? before.attributes : checkDefinitions(input.attributes),
          ),
          archivedAt: archivedAtAfter(before.archivedAt, input.archived),
        };
        if (isSame(before, after)) return { projectId, label: storeLabel(before) };
        const label = await writeLabel(ctx, tx, id, after);
        await record(projectId, { kind: "LABEL_SAVED", label });
        return { projectId, label };
      },
      mayRead(ctx),
    ),
  );
}

function isSame(before: LabelRow, after: Partial<Record<keyof LabelRow, unknown>>): boolean {
  const part = (row: Partial<Record<keyof LabelRow, unknown>>) =>
    canonicalJson(
      toInputJson([
        row.name,
        row.color,
        row.shortcut,
        row.description,
        row.parentId,
        row.attributes,
        row.archivedAt,
      ]),
    );
  return part(before) === part(after);
}

/** Moves a label before another or to the end. Two moves at once both take effect, one after the other. */
export function moveLabel(
  ctx: Context,
  input: MoveLabelInput,
): Promise<{ projectId: string; labelIds: string[] }> {
  return changeProjects(
    ctx,
    "moveLabel",
    input,
    async ({ tx, record }) => {
      const { label, codebook } = await lockLabel(ctx, tx, uuid(input.id, "input.id"));
      const { projectId, labels } = codebook;
      const before = labels.map(({ id }) => id);
      const labelIds = before.filter((id) => id !== label.id);
      labelIds.splice(placeOf(input.beforeId ?? null, label, labelIds), 0, label.id);
      if (labelIds.join() === before.join()) return { projectId, labelIds };
      await tx.$executeRaw`
        update label l set position = place.n - 1
        from unnest(${labelIds}::uuid[]) with ordinality as place(id, n) where l.id = place.id`;
      await record(projectId, { kind: "LABELS_REORDERED", labelIds });
      return { projectId, labelIds };
    },
    mayRead(ctx),
  );
}

/** Where among the others a label is to be put. */
function placeOf(beforeId: string | null, label: LabelRow, others: readonly string[]): number {
  if (beforeId === null) return others.length;
  const index = others.indexOf(uuid(beforeId, "input.beforeId"));
  if (index === -1)
    throw badInput(
      "input.beforeId",
      `input.beforeId must be another label of the project than “${label.name}”.`,
    );
  return index;
}

/** What deleting answers; `label` is null where nothing is left of it. */
export interface DeleteLabelOutcome {
  projectId: string;
  labelId: string;
  label: Stored<LabelRow> | null;
}

/**
 * Deletes a label that no annotation has. Where the history of a document or a deleted annotation still names it, it
 * stays archived instead, without its shortcut. Labels below it move up.
 * @throws CONFLICT while annotations have it, with their count in `current`
 */
export function deleteLabel(ctx: Context, input: DeleteLabelInput): Promise<DeleteLabelOutcome> {
  return retrying(() =>
    changeProjects(
      ctx,
      "deleteLabel",
      input,
      async ({ tx, record }) => {
        const { label, codebook } = await holdAnnotations(ctx, tx, uuid(input.id, "input.id"));
        const { id, projectId, name } = label;
        refuseMerged(label, codebook);
        await requireVersion(tx, label, input.expectedVersion, "label");
        await refuseInUse(tx, label);
        if (await isNamed(tx, label)) {
          if (label.archivedAt !== null && label.shortcut === null)
            return { projectId, labelId: id, label: storeLabel(label) };
          const data = { archivedAt: label.archivedAt ?? new Date(), shortcut: null };
          const kept = await writeLabel(ctx, tx, id, data);
          await record(projectId, { kind: "LABEL_SAVED", label: kept });
          return { projectId, labelId: id, label: kept };
        }
        const changes = await leaveCodebook(ctx, tx, label, codebook);
        await tx.label.delete({ where: { id } });
        await record(projectId, ...(await changes()), { kind: "LABEL_DELETED", labelId: id, name });
        return { projectId, labelId: id, label: null };
      },
      mayRead(ctx),
    ),
  );
}

async function refuseInUse(tx: Transaction, { id, name }: LabelRow): Promise<void> {
  const annotationCount = await tx.annotation.count({ where: { labelId: id, deletedAt: null } });
  if (annotationCount > 0) {
    throw inUse(
      `${annotationCount} ${annotationCount === 1 ? "annotation is" : "annotations are"} labelled “${name}”. Merge it into another label, or archive it.`,
      { annotationCount },
    );
  }
}

/** Whether anything that can be read again or brought back names a label, or a label that was merged into it. */
async function isNamed(tx: Transaction, { id, projectId }: LabelRow): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ named: boolean }[]>`
    select exists (select 1 from annotation where label_id = ${id}::uuid)
      or exists (select 1 from label where heir_id = ${id}::uuid)
      or exists (select 1 from document where project_id = ${projectId}::uuid
        and not_carried @> jsonb_build_array(jsonb_build_object('labelId', ${id}::text)))
      or exists (select 1 from layer_change where project_id = ${projectId}::uuid and kind = 'ANNOTATION_SAVED'
        and payload #>> '{annotation,labelId}' = ${id}::text) as named`;
  return found?.named ?? false;
}

/**
 * Takes a label out of what surrounds it: labels below it move up, relation types name it no more.
 * @returns reads what has changed by that, once the label is gone
 * @throws CONFLICT where a relation type would be left to take any label
 */
async function leaveCodebook(
  ctx: Context,
  tx: Transaction,
  label: LabelRow,
  { projectId, labels }: Codebook,
): Promise<() => Promise<ProjectChange[]>> {
  const types = (await relationTypesOfProjects(tx, [projectId])).get(projectId) ?? [];
  const named = types.filter((type) => [...type.sourceLabelIds, ...type.targetLabelIds].includes(label.id));
  const alone = named.filter((type) =>
    [type.sourceLabelIds, type.targetLabelIds].some((ends) => ends.length === 1 && ends[0] === label.id),
  );
  if (alone.length > 0) {
    throw inUse(
      `“${label.name}” is all that ${alone.map(({ name }) => `“${name}”`).join(", ")} may stand with at one end; without it any label could. Change or delete the relation type first.`,
      { relationTypeCount: alone.length },
    );
  }
  await tx.relationTypeEnd.deleteMany({ where: { labelId: label.id } });
  const children = labels.filter(({ parentId }) => parentId === label.id);
  const moved: ProjectChange[] = [];
  for (const { id } of children)
    moved.push({ kind: "LABEL_SAVED", label: await writeLabel(ctx, tx, id, { parentId: label.parentId }) });
  return async () => [
    ...moved,
    ...(await saveRelationTypes(
      ctx,
      tx,
      named.map(({ id }) => id),
    )),
  ];
}
