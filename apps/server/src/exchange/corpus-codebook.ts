/** How an imported codebook and the project's own come together. */
import { type AttributeDefinition, canonicalJson } from "@concord/core";
import type { CorpusHeader, CorpusLabel, CorpusRelationType } from "@concord/formats";
import { v7 as uuidv7 } from "uuid";
import {
  type LabelRow,
  labelsOfProjects,
  type RelationTypeRow,
  relationTypesOfProjects,
} from "../codebook/codebook.queries.ts";
import {
  createDefaultCodebook,
  DEFAULT_LABELS,
  DEFAULT_RELATION_TYPES,
} from "../codebook/default-codebook.ts";
import type { Transaction } from "../database/database.ts";
import { toInputJson } from "../graphql/stored-json.ts";

/** What documents of the file are checked against, by the file's keys. */
export interface Codebook {
  labels: Map<string, { id: string; attributes: readonly AttributeDefinition[] }>;
  /** Ends that name no labels take any. */
  relationTypes: Map<
    string,
    { id: string; sourceLabels: readonly string[]; targetLabels: readonly string[] }
  >;
}

/** What is to be done to a project's codebook. */
export interface CodebookPlan {
  codebook: Codebook;
  /** The untouched default codebook goes first. */
  replacesDefault: boolean;
  newLabels: (CorpusLabel & { id: string; parentId: string | null; position: number })[];
  newRelationTypes: (CorpusRelationType & { id: string; position: number })[];
  warnings: string[];
}

/**
 * Matches the file's labels and relation types by key with the project's. What is missing is added, what is there
 * stays as it is. Changes nothing.
 * @param empty the project has no documents, so that its default codebook may go, unless it was changed or is in use
 */
export async function planCodebook(
  tx: Transaction,
  projectId: string,
  { labels, relationTypes }: CorpusHeader,
  empty: boolean,
): Promise<CodebookPlan> {
  const present = (await labelsOfProjects(tx, [projectId])).get(projectId) ?? [];
  const presentTypes = (await relationTypesOfProjects(tx, [projectId])).get(projectId) ?? [];
  const replacesDefault =
    empty && isDefault(present, presentTypes) && !(await isInUse(tx, projectId, present, presentTypes));
  const kept = replacesDefault ? [] : present;
  const keptTypes = replacesDefault ? [] : presentTypes;
  const gone = new Set(replacesDefault ? [...present, ...presentTypes].map(({ id }) => id) : []);
  const warnings: string[] = [];
  const plan = await addLabels(tx, labels, kept, gone, warnings);
  const types = await addRelationTypes(tx, relationTypes, keptTypes, kept, gone, warnings);
  return {
    codebook: { labels: plan.labels, relationTypes: types.relationTypes },
    replacesDefault,
    newLabels: plan.added,
    newRelationTypes: types.added,
    warnings,
  };
}

async function addLabels(
  tx: Transaction,
  labels: readonly CorpusLabel[],
  kept: readonly LabelRow[],
  gone: ReadonlySet<string>,
  warnings: string[],
): Promise<{ labels: Codebook["labels"]; added: CodebookPlan["newLabels"] }> {
  const byKey = new Map(kept.map((label) => [label.key, label]));
  const missing = labels.filter(({ key }) => !byKey.has(key));
  const ids = await freeIds("label", missing, gone, warnings, (wanted) =>
    tx.label.findMany({ where: { id: { in: wanted } }, select: { id: true } }),
  );
  const all: Codebook["labels"] = new Map([...byKey].map(([key, label]) => [key, heirOf(label, kept)]));
  for (const label of missing)
    all.set(label.key, { id: ids.get(label.key) ?? "", attributes: label.attributes });
  const shortcuts = new Set(kept.flatMap(({ shortcut }) => shortcut ?? []));
  const position = Math.max(-1, ...kept.map((label) => label.position)) + 1;
  const added = missing.map((label, index) => {
    const clashes = label.shortcut !== null && shortcuts.has(label.shortcut);
    if (clashes)
      warnings.push(
        `The label ${label.key} came in without its shortcut ${label.shortcut}, which another label has.`,
      );
    return {
      ...label,
      id: ids.get(label.key) ?? "",
      shortcut: clashes ? null : label.shortcut,
      parentId: label.parent === null ? null : (all.get(label.parent)?.id ?? null),
      position: position + index,
    };
  });
  warnIfAdded("label", kept.length > 0 ? added : [], warnings);
  const different = labels.filter((label) => {
    const present = byKey.get(label.key);
    return present !== undefined && isDifferent(label, present);
  });
  if (different.length > 0) {
    warnings.push(
      `The project's own labels stay as they are; the file has these otherwise: ${listed(different)}.`,
    );
  }
  return { labels: all, added };
}

/** What comes in for a label that was merged into another belongs to that one. */
function heirOf(label: LabelRow, labels: readonly LabelRow[]): LabelRow {
  const heir = labels.find(({ id }) => id === label.heirId);
  return heir === undefined ? label : heirOf(heir, labels);
}

async function addRelationTypes(
  tx: Transaction,
  types: readonly CorpusRelationType[],
  kept: readonly RelationTypeRow[],
  keptLabels: readonly LabelRow[],
  gone: ReadonlySet<string>,
  warnings: string[],
): Promise<{ relationTypes: Codebook["relationTypes"]; added: CodebookPlan["newRelationTypes"] }> {
  const known = new Set(kept.map(({ key }) => key));
  const missing = types.filter(({ key }) => !known.has(key));
  const ids = await freeIds("relation type", missing, gone, warnings, (wanted) =>
    tx.relationType.findMany({ where: { id: { in: wanted } }, select: { id: true } }),
  );
  const keyOf = new Map(keptLabels.map(({ id, key }) => [id, key]));
  const keysOf = (labelIds: readonly string[]) => labelIds.flatMap((id) => keyOf.get(id) ?? []);
  const all: Codebook["relationTypes"] = new Map(
    kept.map(({ key, id, sourceLabelIds, targetLabelIds }) => [
      key,
      { id, sourceLabels: keysOf(sourceLabelIds), targetLabels: keysOf(targetLabelIds) },
    ]),
  );
  const position = Math.max(-1, ...kept.map((type) => type.position)) + 1;
  const added = missing.map((type, index) => ({
    ...type,
    id: ids.get(type.key) ?? "",
    position: position + index,
  }));
  for (const type of added) all.set(type.key, type);
  warnIfAdded("relation type", kept.length > 0 || keptLabels.length > 0 ? added : [], warnings);
  return { relationTypes: all, added };
}

/** The file's ids where they are free on this server, new ones else; by key. */
async function freeIds(
  what: string,
  missing: readonly { id: string | null; key: string }[],
  gone: ReadonlySet<string>,
  warnings: string[],
  read: (ids: string[]) => Promise<{ id: string }[]>,
): Promise<Map<string, string>> {
  const wanted = missing.flatMap(({ id }) => (id === null || gone.has(id) ? [] : [id]));
  const taken = new Set((wanted.length === 0 ? [] : await read(wanted)).map(({ id }) => id));
  return new Map(
    missing.map(({ id, key }) => {
      if (id !== null && !taken.has(id)) return [key, id];
      const fresh = uuidv7();
      if (id !== null)
        warnings.push(`The id ${id} of the ${what} ${key} is taken here; it came in as ${fresh}.`);
      return [key, fresh];
    }),
  );
}

function listed(items: readonly { key: string }[]): string {
  const keys = items.slice(0, 20).map(({ key }) => key);
  return `${keys.join(", ")}${items.length > keys.length ? " …" : ""}`;
}

function warnIfAdded(what: string, added: readonly { key: string }[], warnings: string[]): void {
  if (added.length > 0) warnings.push(`New ${what}s in the codebook: ${listed(added)}.`);
}

function isDifferent(label: CorpusLabel, present: LabelRow): boolean {
  return (
    label.name !== present.name ||
    label.color !== present.color ||
    label.description !== present.description ||
    label.archivedAt !== (present.archivedAt?.toISOString() ?? null) ||
    canonicalJson(toInputJson(label.attributes)) !== canonicalJson(toInputJson(present.attributes))
  );
}

/** Whether a codebook is still the one that every project starts with. */
function isDefault(labels: readonly LabelRow[], types: readonly RelationTypeRow[]): boolean {
  const idOf = new Map(labels.map(({ key, id }) => [key, id]));
  return (
    labels.length === DEFAULT_LABELS.length &&
    types.length === DEFAULT_RELATION_TYPES.length &&
    DEFAULT_LABELS.every(({ key, name, color, shortcut, description }, index) => {
      const label = labels[index];
      return (
        label?.key === key &&
        label.name === name &&
        label.color === color &&
        label.shortcut === shortcut &&
        label.description === description &&
        label.parentId === null &&
        label.archivedAt === null &&
        label.attributes.length === 0
      );
    }) &&
    DEFAULT_RELATION_TYPES.every(({ key, name, source, target }, index) => {
      const type = types[index];
      return (
        type?.key === key &&
        type.name === name &&
        type.sourceLabelIds.join() === idOf.get(source) &&
        type.targetLabelIds.join() === idOf.get(target)
      );
    })
  );
}

/** Whether anything holds on to a codebook, which documents that were deleted and can come back do too. */
async function isInUse(
  tx: Transaction,
  projectId: string,
  labels: readonly LabelRow[],
  types: readonly RelationTypeRow[],
): Promise<boolean> {
  const labelIds = labels.map(({ id }) => id);
  const typeIds = types.map(({ id }) => id);
  const annotation = await tx.annotation.findFirst({
    where: { projectId, labelId: { in: labelIds } },
    select: { id: true },
  });
  const relation = await tx.relation.findFirst({ where: { typeId: { in: typeIds } }, select: { id: true } });
  return annotation !== null || relation !== null;
}

/** Carries a plan out. */
export async function applyCodebook(tx: Transaction, projectId: string, plan: CodebookPlan): Promise<void> {
  if (plan.replacesDefault) {
    await tx.relationType.deleteMany({ where: { projectId } });
    await tx.label.deleteMany({ where: { projectId } });
  }
  // In one statement, so that a parent may stand behind its children.
  await tx.$executeRaw`
    insert into label (id, project_id, key, name, color, shortcut, description, parent_id, attributes, position, archived_at)
    select l.id, ${projectId}::uuid, l.key, l.name, l.color, l.shortcut, l.description, l."parentId", l.attributes, l.position, l."archivedAt"
    from json_to_recordset(${JSON.stringify(plan.newLabels)}::json) as l(
      id uuid, key text, name text, color "LabelColor", shortcut text, description text, "parentId" uuid, attributes jsonb,
      position int, "archivedAt" timestamptz)`;
  await tx.relationType.createMany({
    data: plan.newRelationTypes.map(({ id, key, name, position }) => ({
      id,
      projectId,
      key,
      name,
      position,
    })),
  });
  await tx.relationTypeEnd.createMany({
    data: plan.newRelationTypes.flatMap(({ id, sourceLabels, targetLabels }) => [
      ...ends(id, "SOURCE", sourceLabels, plan.codebook),
      ...ends(id, "TARGET", targetLabels, plan.codebook),
    ]),
  });
}

function ends(
  relationTypeId: string,
  end: "SOURCE" | "TARGET",
  keys: readonly string[],
  { labels }: Codebook,
) {
  return keys.flatMap((key) => {
    const label = labels.get(key);
    return label === undefined ? [] : [{ relationTypeId, end, labelId: label.id }];
  });
}

/** Takes back what an import added to a codebook, as far as nothing uses it; the default one comes back where it made room. */
export async function undoCodebook(
  tx: Transaction,
  projectId: string,
  made: { labelIds: string[]; relationTypeIds: string[]; replacedDefault: boolean },
): Promise<void> {
  await tx.relationType.deleteMany({
    where: { projectId, id: { in: made.relationTypeIds }, relations: { none: {} } },
  });
  await tx.label.deleteMany({
    where: {
      projectId,
      id: { in: made.labelIds },
      annotations: { none: {} },
      relationEnds: { none: {} },
      inheritedFrom: { none: {} },
    },
  });
  if (!made.replacedDefault) return;
  const left =
    (await tx.label.count({ where: { projectId } })) +
    (await tx.relationType.count({ where: { projectId } }));
  if (left === 0) await createDefaultCodebook(tx, projectId);
}
