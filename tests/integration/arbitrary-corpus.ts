// Corpora as an export writes them, generated: every kind of character, place, value and link.
import { createHash } from "node:crypto";
import fc from "fast-check";

/** The text made of what goes wrong. */
const AWKWARD = [
  ...'ab Zé．～"\\/',
  "\r\n",
  "\n",
  "\t",
  "\u0001",
  "\u007f",
  "\u2028",
  "\u0301",
  "\u200d",
  "\u200f",
  "שלום",
  "سلام",
  "қазақ",
  "\ufffd",
  "\ufeff",
  "😀",
  "👩🏽‍🌾",
  "🇰🇿",
  "\u{10ffff}",
  "क्षि",
];

const text = (maxLength: number) =>
  fc.array(fc.constantFrom(...AWKWARD), { maxLength }).map((parts) => parts.join(""));
const name = text(8).map((words) => `n${words}`);
const uuid = fc.uuid().map((id) => id.toLowerCase());
const time = fc
  .date({ min: new Date("0001-01-02T00:00:00Z"), max: new Date("9998-12-31T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString());
const number = fc.oneof(
  fc.integer(),
  fc.constantFrom(0, 0.1, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, 2 ** 53, -2.5),
);
const value = fc.oneof(fc.boolean(), number, text(4));

/** Keys by code point, as the export has them. */
function ordered(members: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(members).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return Object.fromEntries(keys.map((key) => [key, deepOrdered(members[key])]));
}

function deepOrdered(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(deepOrdered);
  return typeof json === "object" && json !== null ? ordered({ ...json }) : json;
}

// Keys that look like numbers come first in any JavaScript object, whatever their order in the file.
const key = text(3).map((words) => `k${words}`);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    value,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3 }),
  ),
})).value;

const COLORS = ["INDIGO", "RUST", "GREEN", "PURPLE", "ROSE", "TEAL", "OLIVE", "STONE"];

const definition = fc.record({
  key: fc.constantFrom("stance", "wärme", "😀"),
  name,
  kind: fc.constantFrom("BOOLEAN", "TEXT", "NUMBER", "DATE", "CHOICE"),
  choices: fc.uniqueArray(text(3), { maxLength: 3 }),
  required: fc.boolean(),
});

const labels = fc
  .uniqueArray(fc.tuple(fc.constantFrom("claim", "speaker", "κλειδί", "x y", "__proto__", "z"), uuid), {
    minLength: 1,
    selector: ([labelKey]) => labelKey,
  })
  .filter((keys) => new Set(keys.map(([, id]) => id)).size === keys.length)
  .chain((keys) =>
    fc.tuple(
      ...keys.map(([labelKey, id], index) =>
        fc.record({
          id: fc.constant(id),
          key: fc.constant(labelKey),
          name,
          color: fc.constantFrom(...COLORS),
          shortcut: fc.constantFrom(null, String(index), `F${index}`),
          description: text(4),
          // Before or behind its children, never below itself.
          parent: fc.constantFrom(null, ...keys.slice(index + 1).map(([parent]) => parent)),
          archivedAt: fc.option(time),
          attributes: fc.uniqueArray(definition, { maxLength: 2, selector: (it) => it.key }),
        }),
      ),
    ),
  )
  .chain((all) => fc.boolean().map((backwards) => (backwards ? [...all].reverse() : all)));

interface Place {
  text: string;
  fragments: [number, number][];
}

/** Places in a text, most of them of one part. */
function places(words: string): fc.Arbitrary<Place["fragments"]> {
  return fc.uniqueArray(fc.nat(Array.from(words).length), { minLength: 2, maxLength: 7 }).map((cuts) => {
    const sorted = cuts.toSorted((a, b) => a - b);
    const fragments: [number, number][] = [];
    for (let index = 0; index + 1 < sorted.length; index += 2)
      fragments.push([sorted[index] ?? 0, sorted[index + 1] ?? 0]);
    return fragments;
  });
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

function document(labelKeys: string[], typeKeys: string[], users: string[]) {
  const user = fc.constantFrom(...users);
  return text(30)
    .filter((words) => Array.from(words).length > 1)
    .chain((words) => {
      const annotation = fc.record({
        id: uuid,
        label: fc.constantFrom(...labelKeys),
        fragments: places(words),
        attributes: fc.dictionary(key, value, { maxKeys: 3 }).map(ordered),
        note: text(4),
        origin: fc.constantFrom("HUMAN", "IMPORT", "SUGGESTION"),
        createdBy: user,
        createdAt: time,
        updatedBy: user,
        updatedAt: time,
        version: fc.integer({ min: 1, max: 2_147_483_647 }),
      });
      return fc
        .record({
          head: fc.record({
            id: uuid,
            title: name,
            language: fc.constantFrom(null, "en", "kk-Cyrl"),
            metadata: fc.dictionary(key, json, { maxKeys: 4 }).map(ordered),
            createdAt: time,
          }),
          annotations: fc.uniqueArray(annotation, { maxLength: 8, selector: ({ id }) => id }),
        })
        .chain(({ head, annotations }) => {
          const ids = annotations.map(({ id }) => id);
          const link = fc.record({
            id: uuid,
            type: fc.constantFrom(...typeKeys),
            source: fc.constantFrom("", ...ids),
            target: fc.constantFrom("", ...ids),
            createdBy: user,
            createdAt: time,
          });
          const comment = fc.record({
            id: uuid,
            annotation: fc.constantFrom("", ...ids),
            body: name,
            createdBy: user,
            createdAt: time,
            updatedAt: time,
            resolvedAt: fc.option(time),
          });
          return fc
            .record({
              relations: fc.uniqueArray(link, {
                maxLength: 5,
                selector: ({ type, source, target }) => `${type} ${source} ${target}`,
              }),
              comments: fc.array(comment, { maxLength: 4 }),
            })
            .map(({ relations, comments }) =>
              whole(
                head,
                words,
                annotations,
                relations.filter(({ source, target }) => source !== "" && target !== "" && source !== target),
                comments.filter((it) => it.annotation !== ""),
              ),
            );
        });
    });
}

interface Marked {
  id: string;
  label: string;
  fragments: [number, number][];
}

function whole(
  {
    id,
    title,
    language,
    metadata,
    createdAt,
  }: { id: string; title: string; language: string | null; metadata: unknown; createdAt: string },
  words: string,
  annotations: Marked[],
  relations: { id: string }[],
  comments: { id: string }[],
) {
  const points = Array.from(words);
  const end = ({ fragments }: Marked) => fragments.at(-1)?.[1] ?? 0;
  const start = ({ fragments }: Marked) => fragments[0]?.[0] ?? 0;
  return {
    id,
    sourceId: null as string | null,
    title,
    language,
    metadata,
    createdAt,
    text: words,
    sha256: createHash("sha256").update(words).digest("hex"),
    annotations: annotations
      .toSorted((a, b) => start(a) - start(b) || end(a) - end(b) || byId(a, b))
      .map(({ id: annotationId, label, fragments, ...rest }) => ({
        id: annotationId,
        label,
        fragments,
        quote: fragments.map(([from, to]) => points.slice(from, to).join("")).join(" "),
        ...rest,
      })),
    relations: relations.toSorted(byId),
    comments: comments.toSorted(byId),
  };
}

/** A corpus whose ids are all different, as they are on any server. */
export const corpus = labels
  .chain((all) => {
    const keys = all.map((label) => label.key);
    const ends = fc.subarray(keys);
    return fc.record({
      labels: fc.constant(all),
      relationTypes: fc
        .tuple(
          fc.record({ id: uuid, key: fc.constant("states"), name, sourceLabels: ends, targetLabels: ends }),
          fc.record({ id: uuid, key: fc.constant("same as"), name, sourceLabels: ends, targetLabels: ends }),
        )
        .filter(([one, other]) => one.id !== other.id),
      users: fc.uniqueArray(fc.record({ id: uuid, name }), {
        minLength: 1,
        maxLength: 4,
        selector: ({ id }) => id,
      }),
      project: fc.record({ name, description: text(6), guidelines: text(10) }),
    });
  })
  .chain(({ project, users, ...codebook }) =>
    fc
      .array(
        document(
          codebook.labels.map((label) => label.key),
          codebook.relationTypes.map((type) => type.key),
          users.map(({ id }) => id),
        ),
        { maxLength: 4 },
      )
      .map((documents) => {
        for (const [index, it] of documents.entries())
          if (index % 2 === 1) it.sourceId = `source ${index} ${it.title}`;
        const named = JSON.stringify(documents);
        const header = {
          format: "concord-corpus",
          version: 1,
          offsets: "code-points",
          project: { ...project, ...codebook },
          users: users.filter(({ id }) => named.includes(id)).toSorted(byId),
        };
        return { header, documents };
      }),
  );

export type Corpus = typeof corpus extends fc.Arbitrary<infer Value> ? Value : never;

export const asJson = ({ header, documents }: Corpus) => `${JSON.stringify({ ...header, documents })}\n`;
export const asNdjson = ({ header, documents }: Corpus) =>
  [header, ...documents].map((line) => `${JSON.stringify(line)}\n`).join("");
