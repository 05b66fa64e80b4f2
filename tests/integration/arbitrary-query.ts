// Queries about documents, generated: aliases, fragments, directives, repeated fields, arguments, fields of every kind.
import { createHash } from "node:crypto";
import fc from "fast-check";

/** What each type can be asked for: a field leads to a type, or to a value. */
const TYPES: Record<string, Record<string, string | null>> = {
  Document: {
    ...{ id: null, title: null, text: null, metadata: null, archivedAt: null, revision: null },
    ...{ annotationCount: null, project: "Project", nextVersion: "Document" },
    ...{ annotations: "AnnotationConnection", relations: "RelationConnection" },
  },
  Project: { id: null, name: null, viewerRole: null, labels: "Label", relationTypes: "RelationType" },
  Label: { id: null, key: null, name: null, color: null, letter: null, shortcut: null, parent: "Label" },
  RelationType: { id: null, key: null, name: null, sourceLabels: "Label" },
  AnnotationConnection: {
    ...{ nodes: "Annotation", edges: "AnnotationEdge" },
    ...{ pageInfo: "PageInfo", totalCount: null },
  },
  RelationConnection: { nodes: "Relation", pageInfo: "PageInfo", totalCount: null },
  AnnotationEdge: { cursor: null, node: "Annotation" },
  PageInfo: { hasNextPage: null, endCursor: null },
  Annotation: {
    ...{ id: null, version: null, note: null, attributes: null, origin: null, createdAt: null },
    ...{ updatedAt: null, label: "Label", span: "Span", createdBy: "User", updatedBy: "User" },
    comments: "Comment",
  },
  Span: {
    ...{ id: null, start: null, end: null, quote: null, prefix: null, suffix: null },
    ...{ fragments: "Fragment", annotations: "Annotation" },
  },
  Fragment: { start: null, end: null },
  Relation: {
    ...{ id: null, createdAt: null, type: "RelationType" },
    ...{ source: "Annotation", target: "Annotation", createdBy: "User" },
  },
  User: { id: null, name: null, imported: null },
  Comment: { id: null, body: null },
};

/** One of them is enough for a list to be left to the executor, so they are rare. */
const UNPLANNED = ["AnnotationConnection.edges", "Annotation.comments", "Label.parent", "Span.annotations"];
/** The way to lists. */
const LISTS = ["annotations", "relations", "nodes"];

function weightOf(type: string, field: string): number {
  if (UNPLANNED.includes(`${type}.${field}`)) return 1;
  return LISTS.includes(field) ? 30 : 6;
}

/** Arguments of a document's lists; the last ones are refused. */
function argumentsOf(field: string, labels: readonly string[]): { given: string[]; refused: number } {
  const ids = labels.map((id) => `"${id}"`);
  const own = [
    `labels: [${ids[0]}]`,
    "labels: []",
    `first: 4, labels: [${ids.join(", ")}]`,
    "range: { start: 2, end: 9 }",
    "first: 2, range: $range",
  ];
  const wrong = [
    "first: -1",
    'after: "nonsense"',
    ...(field === "annotations" ? ["range: { start: 5, end: 2 }"] : []),
  ];
  const right = [
    "",
    "first: 3",
    "first: 0",
    "first: $first",
    "first: null, after: $after",
    "after: $after, first: 2",
  ];
  return { given: [...right, ...(field === "annotations" ? own : []), ...wrong], refused: wrong.length };
}

/** A part of a selection, and the fragments that it spreads. */
interface Part {
  text: string;
  fragments: string[];
}

const join = (parts: readonly Part[]): Part => ({
  text: parts.map(({ text }) => text).join(" "),
  fragments: parts.flatMap(({ fragments }) => fragments),
});

const directive = fc.oneof(
  { weight: 8, arbitrary: fc.constant("") },
  fc.constantFrom(" @include(if: $yes)", " @include(if: $no)", " @skip(if: $yes)", " @skip(if: $no)"),
);

function field(type: string, depth: number, labels: readonly string[]): fc.Arbitrary<Part> {
  const fields = Object.entries(TYPES[type] ?? {}).filter(([, to]) => to === null || depth > 0);
  return fc
    .oneof(
      { weight: 2, arbitrary: fc.constant("__typename") },
      ...fields.map(([name]) => ({ weight: weightOf(type, name), arbitrary: fc.constant(name) })),
    )
    .chain((name) => {
      const to = TYPES[type]?.[name] ?? null;
      const { given, refused } = to?.endsWith("Connection")
        ? argumentsOf(name, labels)
        : { given: [""], refused: 0 };
      const right = fc.nat(given.length - refused - 1);
      const below = to === null ? fc.constant(null) : selection(to, depth - 1, labels);
      return fc
        .tuple(
          fc.oneof({ weight: 20, arbitrary: right }, fc.nat(given.length - 1)),
          fc.boolean(),
          directive,
          below,
        )
        .map(
          // Of one key all must have the same arguments, so the key says which.
          ([index, aliased, condition, part]): Part => ({
            text: `${index > 0 || aliased ? `${aliased ? "__" : "k"}${index}_${name}: ` : ""}${name}${given[index] && `(${given[index]})`}${condition}${part ? ` { ${part.text} }` : ""}`,
            fragments: part?.fragments ?? [],
          }),
        );
    });
}

/** A fragment, inline or by name; the same one may be spread twice. */
function spread(type: string, depth: number, labels: readonly string[]): fc.Arbitrary<Part> {
  return fc
    .tuple(
      fc.constantFrom("inline", "typed", "named"),
      directive,
      fc.array(field(type, depth, labels), { minLength: 1, maxLength: 3 }).map(join),
    )
    .map(([kind, condition, { text, fragments }]) => {
      if (kind === "inline") return { text: `...${condition} { ${text} }`, fragments };
      if (kind === "typed") return { text: `... on ${type}${condition} { ${text} }`, fragments };
      const name = `F${createHash("sha256").update(`${type} ${text}`).digest("hex").slice(0, 12)}`;
      return {
        text: `...${name}${condition}`,
        fragments: [...fragments, `fragment ${name} on ${type} { ${text} }`],
      };
    });
}

function selection(type: string, depth: number, labels: readonly string[]): fc.Arbitrary<Part> {
  const item = fc.oneof(
    { weight: 6, arbitrary: field(type, depth, labels) },
    { weight: 1, arbitrary: spread(type, depth, labels) },
  );
  return fc.array(item, { minLength: 1, maxLength: 6 }).map(join);
}

const VARIABLES: Record<string, string> = {
  $id: "ID!",
  $project: "ID!",
  $yes: "Boolean!",
  $no: "Boolean!",
  $first: "Int",
  $after: "String",
  $range: "RangeInput",
};

/** Queries that take the variables above as they need them. Some arguments are refused. */
export function arbitraryQuery(labels: readonly string[]): fc.Arbitrary<string> {
  const roots = [
    (document: string) => `document(id: $id) { ${document} }`,
    (document: string) => `document(id: $id) { ${document} }`,
    (document: string) => `viewer { id name } again: document(id: $id) @include(if: $yes) { ${document} }`,
    (document: string) => `project(id: $project) { documents(first: 3) { nodes { ${document} } } }`,
  ];
  return fc.tuple(fc.constantFrom(...roots), selection("Document", 4, labels)).map(([root, part]) => {
    const text = [`{ ${root(part.text)} }`, ...new Set(part.fragments)].join("\n");
    const used = Object.entries(VARIABLES).filter(([name]) => new RegExp(`\\${name}\\b`).test(text));
    return `query (${used.map(([name, type]) => `${name}: ${type}`).join(", ")}) ${text}`;
  });
}
