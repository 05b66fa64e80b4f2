/** The header of a Concord corpus: what the project says of itself, its codebook and the names of authors. */
import { ATTRIBUTE_KINDS, type AttributeDefinition, LABEL_COLORS } from "@concord/core";
import { type Checks, isMembers, type Members, type Path, shapeOf, shown } from "../checks.ts";
import type { CorpusHeader, CorpusLabel, CorpusRelationType, CorpusUser, ReadLimits } from "../corpus.ts";

const HEADER = shapeOf("corpus", "format", "version", "offsets", "project", "users", "documents");
const PROJECT = shapeOf("project", "name", "description", "guidelines", "labels", "relationTypes");
const LABEL = shapeOf(
  "label",
  ...["id", "key", "name", "color", "shortcut", "description", "parent", "archivedAt", "attributes"],
);
const DEFINITION = shapeOf("attribute definition", "key", "name", "kind", "choices", "required");
const RELATION_TYPE = shapeOf("relation type", "id", "key", "name", "sourceLabels", "targetLabels");
const USER = shapeOf("user", "id", "name");

/** Code points of a key that is pressed. */
const MAX_SHORTCUT = 32;

/** The header, if nothing is wrong with it; else the checks say what. */
export function readHeader(checks: Checks, value: unknown, limits: ReadLimits): CorpusHeader | null {
  if (!isMembers(value)) return null;
  const of = value;
  const fixed = (key: string, wanted: string | number) => {
    if (of[key] === wanted) return;
    checks.error(
      null,
      key,
      `must be ${JSON.stringify(wanted)}${of[key] === undefined ? "; it is missing" : `, not ${shown(of[key])}`}`,
    );
  };
  fixed("format", "concord-corpus");
  fixed("version", 1);
  fixed("offsets", "code-points");
  // What is none of ours is not worth a list of what else it lacks.
  if (checks.refused) return null;
  checks.object(value, null, HEADER);
  const at: Path = { up: null, key: "project" };
  const project = checks.object(of.project, at, PROJECT);
  if (project === null) return null;
  const labels = readList(checks, project, "labels", at, (item, path) =>
    readLabel(checks, item, path, limits),
  );
  const relationTypes = readList(checks, project, "relationTypes", at, (item, path) =>
    readRelationType(checks, item, path, limits),
  );
  const users = readList(checks, of, "users", null, (item, path) => readUser(checks, item, path, limits));
  const header = {
    name: checks.text(project, "name", at, { max: limits.name }),
    description: checks.text(project, "description", at, {
      max: limits.description,
      blank: true,
      absent: "",
    }),
    guidelines: checks.text(project, "guidelines", at, { max: limits.guidelines, blank: true, absent: "" }),
    labels,
    relationTypes,
    users,
  };
  if (!checks.refused) checkReferences(checks, header);
  return checks.refused ? null : header;
}

function readList<Item>(
  checks: Checks,
  of: Members,
  key: string,
  at: Path | null,
  read: (item: unknown, path: Path) => Item | null,
): Item[] {
  const list = { up: at, key };
  return checks.list(of, key, at).flatMap((item, index) => read(item, { up: list, key: index }) ?? []);
}

function readLabel(checks: Checks, item: unknown, at: Path, limits: ReadLimits): CorpusLabel | null {
  const of = checks.object(item, at, LABEL);
  if (of === null) return null;
  const key = checks.text(of, "key", at, { max: limits.name });
  const attributes = readList(checks, of, "attributes", at, (definition, path) =>
    readDefinition(checks, definition, path, limits),
  );
  const path = { up: at, key: "attributes" };
  refuseTwins(
    checks,
    attributes.map((definition) => definition.key),
    path,
    "key",
  );
  return {
    id: checks.idOrNull(of, "id", at),
    key,
    name: checks.text(of, "name", at, { max: limits.name, absent: key }),
    color: checks.oneOf(of, "color", at, { accepted: LABEL_COLORS, absent: "STONE" }),
    shortcut: checks.textOrNull(of, "shortcut", at, { max: MAX_SHORTCUT }),
    description: checks.text(of, "description", at, { max: limits.description, blank: true, absent: "" }),
    parent: checks.textOrNull(of, "parent", at, { max: limits.name }),
    archivedAt: checks.timeOrNull(of, "archivedAt", at),
    attributes,
  };
}

function readDefinition(
  checks: Checks,
  item: unknown,
  at: Path,
  limits: ReadLimits,
): AttributeDefinition | null {
  const of = checks.object(item, at, DEFINITION);
  if (of === null) return null;
  const key = checks.text(of, "key", at, { max: limits.name });
  return {
    key,
    name: checks.text(of, "name", at, { max: limits.name, absent: key }),
    kind: checks.oneOf(of, "kind", at, { accepted: ATTRIBUTE_KINDS, absent: "TEXT" }),
    choices: checks.texts(of, "choices", at, limits.description),
    required: checks.boolean(of, "required", at, false),
  };
}

function readRelationType(
  checks: Checks,
  item: unknown,
  at: Path,
  limits: ReadLimits,
): CorpusRelationType | null {
  const of = checks.object(item, at, RELATION_TYPE);
  if (of === null) return null;
  const key = checks.text(of, "key", at, { max: limits.name });
  return {
    id: checks.idOrNull(of, "id", at),
    key,
    name: checks.text(of, "name", at, { max: limits.name, absent: key }),
    sourceLabels: checks.texts(of, "sourceLabels", at, limits.name),
    targetLabels: checks.texts(of, "targetLabels", at, limits.name),
  };
}

function readUser(checks: Checks, item: unknown, at: Path, limits: ReadLimits): CorpusUser | null {
  const of = checks.object(item, at, USER);
  if (of === null) return null;
  return { id: checks.id(of, "id", at), name: checks.text(of, "name", at, { max: limits.name }) };
}

/** What is named once, and that every name leads somewhere. */
function checkReferences(checks: Checks, { labels, relationTypes, users }: CorpusHeader): void {
  const project = { up: null, key: "project" };
  const atLabels = { up: project, key: "labels" };
  const atTypes = { up: project, key: "relationTypes" };
  for (const key of ["id", "key", "shortcut"] as const)
    refuseTwins(
      checks,
      labels.map((label) => label[key]),
      atLabels,
      key,
    );
  for (const key of ["id", "key"] as const)
    refuseTwins(
      checks,
      relationTypes.map((type) => type[key]),
      atTypes,
      key,
    );
  refuseTwins(
    checks,
    users.map(({ id }) => id),
    { up: null, key: "users" },
    "id",
  );

  const parents = new Map(labels.map(({ key, parent }) => [key, parent]));
  for (const [index, { key, parent }] of labels.entries()) {
    const at = { up: atLabels, key: index };
    if (parent !== null && !parents.has(parent))
      checks.error(at, "parent", `is no label of the corpus: ${shown(parent)}`);
    else if (isAboveItself(key, parents))
      checks.error(at, "parent", `leads back to the label itself, ${shown(key)}`);
  }
  for (const [index, type] of relationTypes.entries()) {
    for (const end of ["sourceLabels", "targetLabels"] as const) {
      for (const [place, key] of type[end].entries()) {
        const at = { up: { up: atTypes, key: index }, key: end };
        if (!parents.has(key)) checks.error(at, place, `is no label of the corpus: ${shown(key)}`);
      }
    }
  }
}

function isAboveItself(key: string, parents: ReadonlyMap<string, string | null>): boolean {
  let above = parents.get(key) ?? null;
  for (let steps = 0; above !== null && above !== key && steps <= parents.size; steps++)
    above = parents.get(above) ?? null;
  return above === key;
}

function refuseTwins(checks: Checks, values: readonly (string | null)[], list: Path, key: string): void {
  const seen = new Set<string>();
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    if (seen.has(value)) checks.error({ up: list, key: index }, key, `is there twice: ${shown(value)}`);
    seen.add(value);
  }
}
