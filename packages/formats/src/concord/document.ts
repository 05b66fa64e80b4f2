/** One document of a Concord corpus, checked against itself and against the header. */
import {
  checkFragments,
  createOffsetMap,
  type Fragment,
  MAX_FRAGMENTS,
  type OffsetMap,
  quoteOf,
} from "@concord/core";
import { type Checks, isMembers, type Members, type Path, type Shape, shapeOf, shown } from "../checks.ts";
import type {
  CorpusAnnotation,
  CorpusComment,
  CorpusDocument,
  CorpusHeader,
  CorpusRelation,
  ReadLimits,
} from "../corpus.ts";
import { sha256 } from "../sha256.ts";

const DOCUMENT = shapeOf(
  "document",
  ...["id", "sourceId", "title", "language", "metadata", "createdAt", "text", "sha256"],
  ...["annotations", "relations", "comments"],
);
const ANNOTATION = shapeOf(
  "annotation",
  ...["id", "label", "fragments", "quote", "attributes", "note", "origin"],
  ...["createdBy", "createdAt", "updatedBy", "updatedAt", "version"],
);
const RELATION = shapeOf("relation", "id", "type", "source", "target", "createdBy", "createdAt");
const COMMENT = shapeOf(
  "comment",
  ...["id", "annotation", "body", "createdBy", "createdAt", "updatedAt", "resolvedAt"],
);

const ORIGINS = ["HUMAN", "IMPORT", "SUGGESTION"] as const;

/** The largest number that the database keeps a version in. */
const MAX_VERSION = 2_147_483_647;

/** What documents may name. */
export interface Names {
  labels: ReadonlySet<string>;
  relationTypes: ReadonlySet<string>;
  users: ReadonlySet<string>;
}

/** What the header lets documents name. */
export function namesOf({ labels, relationTypes, users }: CorpusHeader): Names {
  return {
    labels: new Set(labels.map(({ key }) => key)),
    relationTypes: new Set(relationTypes.map(({ key }) => key)),
    users: new Set(users.map(({ id }) => id)),
  };
}

/** The document, if nothing is wrong with it; else the checks say what. `at` is the way to it in the file. */
export async function readDocument(
  checks: Checks,
  value: unknown,
  at: Path | null,
  names: Names,
  limits: ReadLimits,
): Promise<CorpusDocument | null> {
  const of = checks.object(value, at, DOCUMENT);
  if (of === null) return null;
  const text = checks.text(of, "text", at, { max: limits.text, blank: true });
  const offsets = createOffsetMap(text);
  // A place in a text that is none, or too long, says nothing.
  if (checks.refused) return null;
  const hash = await sha256(text);
  if (of.sha256 != null && of.sha256 !== hash) {
    checks.error(at, "sha256", `must be that of the text as UTF-8, ${hash}, not ${shown(of.sha256)}`);
  }
  const annotations = readAnnotations(checks, of, at, offsets, names, limits);
  const ids = new Set(annotations.flatMap(({ id }) => id ?? []));
  const document = {
    id: checks.idOrNull(of, "id", at),
    sourceId: checks.textOrNull(of, "sourceId", at, { max: limits.sourceId }),
    title: checks.text(of, "title", at, { max: limits.title }),
    language: readLanguage(checks, of, at),
    metadata: checks.json(of, "metadata", at, limits),
    createdAt: checks.timeOrNull(of, "createdAt", at),
    text,
    offsets,
    sha256: hash,
    annotations,
    relations: readRelations(checks, of, at, ids, names),
    comments: readComments(checks, of, at, ids, names, limits),
  };
  return checks.refused ? null : document;
}

function readLanguage(checks: Checks, of: Members, at: Path | null): string | null {
  const { language } = of;
  if (language == null) return null;
  try {
    if (typeof language === "string" && language !== "") {
      Intl.getCanonicalLocales(language);
      return language;
    }
  } catch {
    // Said below.
  }
  checks.error(
    at,
    "language",
    `must be a language tag such as "en", "kk" or "zh-Hant", not ${shown(language)}`,
  );
  return null;
}

/** The list's objects, one by one, with their places. */
function* objectsIn(
  checks: Checks,
  of: Members,
  key: string,
  above: Path | null,
  shape: Shape,
): Generator<[Members, Path], void, undefined> {
  const list = { up: above, key };
  const items = checks.list(of, key, above);
  for (let index = 0; index < items.length; index++) {
    const at = { up: list, key: index };
    const item = checks.object(items[index], at, shape);
    if (item !== null) yield [item, at];
  }
}

/** Refuses an id that is there twice in its list. */
function unique(checks: Checks, id: string | null, seen: Set<string>, at: Path): string | null {
  if (id === null) return null;
  if (seen.has(id)) checks.error(at, "id", `is there twice: ${id}`);
  seen.add(id);
  return id;
}

function userOrNull(checks: Checks, of: Members, key: string, at: Path, names: Names): string | null {
  const id = checks.idOrNull(of, key, at);
  if (id !== null && !names.users.has(id))
    checks.error(at, key, `must be the id of one of users, not ${shown(id)}`);
  return id;
}

/** A name that must be one of those in the header. */
function named(
  checks: Checks,
  of: Members,
  key: string,
  at: Path,
  accepted: ReadonlySet<string>,
  what: string,
): string {
  const value = of[key];
  if (typeof value === "string" && accepted.has(value)) return value;
  checks.error(at, key, `must be the key of a ${what} of the corpus, not ${shown(value)}`);
  return "";
}

function readAnnotations(
  checks: Checks,
  document: Members,
  above: Path | null,
  text: OffsetMap,
  names: Names,
  limits: ReadLimits,
): CorpusAnnotation[] {
  const annotations: CorpusAnnotation[] = [];
  const seen = new Set<string>();
  for (const [of, at] of objectsIn(checks, document, "annotations", above, ANNOTATION)) {
    const fragments = readFragments(checks, of, at, text.length);
    if (fragments !== null && of.quote != null) checkQuote(checks, of.quote, at, quoteOf(text, fragments));
    annotations.push({
      id: unique(checks, checks.idOrNull(of, "id", at), seen, at),
      label: named(checks, of, "label", at, names.labels, "label"),
      fragments: fragments ?? [],
      attributes: readAttributes(checks, of, at, limits),
      note: checks.text(of, "note", at, { max: limits.note, blank: true, absent: "" }),
      origin: checks.oneOf(of, "origin", at, { accepted: ORIGINS, absent: "IMPORT" }),
      createdBy: userOrNull(checks, of, "createdBy", at, names),
      createdAt: checks.timeOrNull(of, "createdAt", at),
      updatedBy: userOrNull(checks, of, "updatedBy", at, names),
      updatedAt: checks.timeOrNull(of, "updatedAt", at),
      version: readVersion(checks, of, at),
    });
  }
  return annotations;
}

function checkQuote(checks: Checks, given: unknown, at: Path, quote: string): void {
  if (given !== quote)
    checks.error(at, "quote", `must be what fragments mark, ${shown(quote)}, not ${shown(given)}`);
}

function readVersion(checks: Checks, of: Members, at: Path): number {
  const version = of.version ?? 1;
  if (typeof version === "number" && Number.isInteger(version) && version >= 1 && version <= MAX_VERSION)
    return version;
  checks.error(at, "version", `must be a whole number from 1 on, not ${shown(version)}`);
  return 1;
}

function readFragments(checks: Checks, of: Members, at: Path, length: number): Fragment[] | null {
  const list = of.fragments;
  if (!Array.isArray(list) || list.length > MAX_FRAGMENTS || !list.every(isPair)) {
    checks.error(
      at,
      "fragments",
      `must be a list of 1 to ${MAX_FRAGMENTS} pairs [start, end] in code points, not ${shown(list)}`,
    );
    return null;
  }
  const fragments = list.map(([start, end]) => ({ start, end }));
  const problem = checkFragments(fragments, length);
  if (problem === null) return fragments;
  const path = { up: at, key: "fragments" };
  checks.error(path, problem.index, `is no place in the text: ${problem.message.replace(/\.$/, "")}`);
  return null;
}

function isPair(value: unknown): value is [number, number] {
  return (
    Array.isArray(value) && value.length === 2 && typeof value[0] === "number" && typeof value[1] === "number"
  );
}

function readAttributes(
  checks: Checks,
  of: Members,
  at: Path,
  limits: ReadLimits,
): CorpusAnnotation["attributes"] {
  const { attributes } = of;
  if (attributes === undefined) return {};
  const path = { up: at, key: "attributes" };
  if (!isMembers(attributes)) {
    checks.error(at, "attributes", `must be an object, not ${shown(attributes)}`);
    return {};
  }
  if (!areValues(checks, attributes, path)) return {};
  const { length } = JSON.stringify(attributes);
  if (length > limits.json)
    checks.error(at, "attributes", `is ${length} characters of JSON; at most ${limits.json} are accepted`);
  return attributes;
}

function areValues(checks: Checks, members: Members, path: Path): members is CorpusAnnotation["attributes"] {
  let good = true;
  for (const key in members) {
    const value = members[key];
    checks.storable(key, path, null);
    if (typeof value === "string") checks.storable(value, path, key);
    else if (typeof value !== "boolean" && !(typeof value === "number" && Number.isFinite(value))) {
      checks.error(path, key, `must be a text, a finite number, true or false, not ${shown(value)}`);
      good = false;
    }
  }
  return good;
}

function readRelations(
  checks: Checks,
  document: Members,
  above: Path | null,
  annotations: ReadonlySet<string>,
  names: Names,
): CorpusRelation[] {
  const relations: CorpusRelation[] = [];
  const seen = new Set<string>();
  const links = new Set<string>();
  for (const [of, at] of objectsIn(checks, document, "relations", above, RELATION)) {
    const type = named(checks, of, "type", at, names.relationTypes, "relation type");
    const source = annotationId(checks, of, "source", at, annotations);
    const target = annotationId(checks, of, "target", at, annotations);
    if (source !== "" && source === target)
      checks.error(at, "target", "must be another annotation than source");
    const link = `${source}${target}${type}`;
    if (links.has(link)) checks.error(at, null, "says the same as another: type, source and target");
    links.add(link);
    relations.push({
      id: unique(checks, checks.idOrNull(of, "id", at), seen, at),
      type,
      source,
      target,
      createdBy: userOrNull(checks, of, "createdBy", at, names),
      createdAt: checks.timeOrNull(of, "createdAt", at),
    });
  }
  return relations;
}

function annotationId(
  checks: Checks,
  of: Members,
  key: string,
  at: Path,
  annotations: ReadonlySet<string>,
): string {
  const value = of[key];
  const id = typeof value === "string" ? value.toLowerCase() : "";
  if (annotations.has(id)) return id;
  checks.error(at, key, `must be the id of an annotation of the document, not ${shown(value)}`);
  return "";
}

function readComments(
  checks: Checks,
  document: Members,
  above: Path | null,
  annotations: ReadonlySet<string>,
  names: Names,
  limits: ReadLimits,
): CorpusComment[] {
  const comments: CorpusComment[] = [];
  const seen = new Set<string>();
  for (const [of, at] of objectsIn(checks, document, "comments", above, COMMENT)) {
    comments.push({
      id: unique(checks, checks.idOrNull(of, "id", at), seen, at),
      annotation: annotationId(checks, of, "annotation", at, annotations),
      body: checks.text(of, "body", at, { max: limits.comment }),
      createdBy: userOrNull(checks, of, "createdBy", at, names),
      createdAt: checks.timeOrNull(of, "createdAt", at),
      updatedAt: checks.timeOrNull(of, "updatedAt", at),
      resolvedAt: checks.timeOrNull(of, "resolvedAt", at),
    });
  }
  return comments;
}
