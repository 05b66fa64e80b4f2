/** What a codebook must hold to: keys and shortcuts that are there once, no label above itself, definitions that make sense. */
import type { AttributeDefinition } from "@concord/core";
import { requireProject } from "../access/access.service.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { sqlIn } from "../database/sql.ts";
import { ApiError, badInput, conflict, notFound } from "../errors.ts";
import { LIMITS, text, uuid } from "../graphql/input-checks.ts";
import { lockProject } from "../project/project.service.ts";
import type { AttributeDefinitionInput } from "./codebook.input.ts";
import { type LabelRow, labelsById, labelsOfProjects } from "./codebook.queries.ts";

/** Bounds that keep a codebook readable, and cheap to send. */
const MAX_LABELS = 1_000;
const MAX_ATTRIBUTES = 50;
const MAX_CHOICES = 200;

/** The project whose codebook a label or relation type belongs to. */
export interface Codebook {
  projectId: string;
  labels: LabelRow[];
}

/**
 * Holds a project's codebook for this transaction; what was read of it before may be stale.
 * @param what the viewer asked for: a stranger must read the same as where it does not exist
 * @throws NOT_FOUND to strangers, FORBIDDEN to who may not change it, or to all while the project is archived
 */
export async function lockCodebook(
  ctx: Context,
  tx: Transaction,
  projectId: string,
  what = "project",
): Promise<Codebook> {
  await requireProject(ctx, projectId, "manageProject", tx, { what });
  await lockProject(tx, projectId);
  await requireProject(ctx, projectId, "manageProject", tx, { what });
  return { projectId, labels: (await labelsOfProjects(tx, [projectId])).get(projectId) ?? [] };
}

/** The label under the codebook's lock, and the codebook. */
export async function lockLabel(
  ctx: Context,
  tx: Transaction,
  id: string,
): Promise<{ label: LabelRow; codebook: Codebook }> {
  const [found] = await labelsById(sqlIn(tx), [id]);
  if (found === undefined) throw notFound("label");
  const codebook = await lockCodebook(ctx, tx, found.projectId, "label");
  const label = codebook.labels.find((candidate) => candidate.id === id);
  if (label === undefined) throw notFound("label");
  return { label, codebook };
}

/** Refuses what is done to a label that is only there to say where its annotations went. */
export function refuseMerged(label: LabelRow, { labels }: Codebook, field = "input.id"): void {
  if (label.heirId === null) return;
  const heir = labels.find(({ id }) => id === label.heirId);
  throw badInput(field, `“${label.name}” was merged into “${heir?.name ?? "another label"}”. Take that one.`);
}

/** Something with a version, and who made it. */
interface Versioned {
  id: string;
  version: number;
  updatedBy: string | null;
  updatedAt: Date | null;
}

/**
 * Refuses a change that was made from a stale version, and says what is there now and by whom.
 * @param what for people: “label”
 */
export async function requireVersion(
  tx: Transaction,
  row: Versioned,
  expected: number,
  what: string,
): Promise<void> {
  if (row.version === expected) return;
  const updatedBy =
    row.updatedBy === null
      ? null
      : await tx.person.findUnique({ where: { id: row.updatedBy }, select: { id: true, name: true } });
  const who = updatedBy === null ? "somebody" : updatedBy.name;
  throw conflict(`The ${what} is at version ${row.version}, not ${expected}: ${who} changed it meanwhile.`, {
    ...row,
    updatedBy,
    updatedAt: row.updatedAt?.toISOString() ?? null,
  });
}

/** A deletion that is refused because of what still uses it; `current` says how much that is. */
export function inUse(message: string, current: Record<string, number>): ApiError {
  return conflict(message, current);
}

/**
 * The key of something new: the one asked for, or one made from its name that is free.
 * @param others what holds keys already
 * @throws BAD_USER_INPUT naming who holds it
 */
export function newKey(
  wanted: string | null | undefined,
  name: string,
  others: readonly { key: string; name: string }[],
): string {
  if (wanted == null) {
    const plain = [...name.trim().toLowerCase().replaceAll(/\s+/gu, "-")].slice(0, LIMITS.name - 5).join("");
    const taken = new Set(others.map(({ key }) => key));
    let key = plain;
    for (let n = 2; taken.has(key); n++) key = `${plain}-${n}`;
    return key;
  }
  const key = text(wanted, "input.key", { max: LIMITS.name });
  const holder = others.find((other) => other.key === key);
  if (holder) throw badInput("input.key", `The key ${key} belongs to “${holder.name}”. Take another one.`);
  return key;
}

/**
 * A key that applies a label; bare letters and digits belong to labels, and commands need Shift or another sign.
 * @throws BAD_USER_INPUT when it is no letter or digit, or another label has it, which is named
 */
export function checkShortcut(
  wanted: string | null,
  labelId: string,
  labels: readonly LabelRow[],
): string | null {
  if (wanted === null) return null;
  const shortcut = wanted.toLowerCase();
  if (!/^[\p{L}\p{N}]\p{M}*$/u.test(shortcut))
    throw badInput("input.shortcut", "input.shortcut must be one letter or digit, or null for none.");
  const holder = labels.find(({ id, shortcut: own }) => id !== labelId && own?.toLowerCase() === shortcut);
  if (holder) {
    throw badInput(
      "input.shortcut",
      `The key ${shortcut} belongs to “${holder.name}”${holder.archivedAt === null ? "" : ", which is archived"}. Take another one, or take it away from there first.`,
    );
  }
  return shortcut;
}

/**
 * The label that another is a kind of.
 * @throws BAD_USER_INPUT where it is none of the project, was merged, or stands below that label
 */
export function checkParent(wanted: string | null, labelId: string, codebook: Codebook): string | null {
  if (wanted === null) return null;
  const parentId = uuid(wanted, "input.parentId");
  const parents = new Map(codebook.labels.map((label) => [label.id, label]));
  const parent = parents.get(parentId);
  if (parent === undefined)
    throw badInput("input.parentId", "input.parentId must be a label of the project.");
  refuseMerged(parent, codebook, "input.parentId");
  for (let above: LabelRow | undefined = parent; above; above = parents.get(above.parentId ?? "")) {
    if (above.id === labelId) {
      throw badInput(
        "input.parentId",
        parentId === labelId
          ? "A label can't be a kind of itself."
          : `“${parent.name}” is a kind of this label itself, so can't stand above it.`,
      );
    }
  }
  return parentId;
}

/**
 * A label's attribute definitions.
 * @throws BAD_USER_INPUT naming the definition's field
 */
export function checkDefinitions(wanted: readonly AttributeDefinitionInput[]): AttributeDefinition[] {
  const field = "input.attributes";
  if (wanted.length > MAX_ATTRIBUTES)
    throw badInput(
      field,
      `${field} has ${wanted.length} definitions; at most ${MAX_ATTRIBUTES} are accepted.`,
    );
  const keys = new Set<string>();
  return wanted.map(({ kind, required, ...words }, index) => {
    const at = `${field}[${index}]`;
    const key = text(words.key, `${at}.key`, { max: LIMITS.name });
    if (keys.has(key)) throw badInput(`${at}.key`, `The label has the attribute ${key} twice.`);
    keys.add(key);
    const name = text(words.name, `${at}.name`, { max: LIMITS.name });
    const choices = checkChoices(kind, words.choices ?? [], `${at}.choices`);
    return { key, name, kind, choices, required: required ?? false };
  });
}

function checkChoices(
  kind: AttributeDefinition["kind"],
  choices: readonly string[],
  field: string,
): string[] {
  if (kind !== "CHOICE") {
    if (choices.length > 0) throw badInput(field, `${field} must be empty: only a CHOICE has choices.`);
    return [];
  }
  if (choices.length === 0 || choices.length > MAX_CHOICES)
    throw badInput(field, `${field} must have 1 to ${MAX_CHOICES} choices, not ${choices.length}.`);
  for (const [index, choice] of choices.entries()) {
    text(choice, `${field}[${index}]`, { max: LIMITS.name });
    if (choices.indexOf(choice) !== index)
      throw badInput(`${field}[${index}]`, `The choice ${JSON.stringify(choice)} is there twice.`);
  }
  return [...choices];
}

/** Refuses one label more than a codebook may have. */
export function requireRoom({ labels }: Codebook): void {
  if (labels.length >= MAX_LABELS)
    throw new ApiError(
      "TOO_LARGE",
      `The codebook has ${MAX_LABELS} labels, archived ones included; that is all it may have.`,
    );
}

/**
 * Labels that may stand at an end of a relation type.
 * @throws BAD_USER_INPUT naming the one that is none of the project's, or was merged
 */
export function checkEnds(wanted: readonly string[], field: string, codebook: Codebook): string[] {
  const ids = wanted.map((value, index) => {
    const at = `${field}[${index}]`;
    const id = uuid(value, at);
    const label = codebook.labels.find((candidate) => candidate.id === id);
    if (label === undefined) throw badInput(at, `${at} must be a label of the project.`);
    refuseMerged(label, codebook, at);
    return id;
  });
  return [...new Set(ids)];
}
