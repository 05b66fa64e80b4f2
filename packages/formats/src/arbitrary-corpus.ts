/** For tests: corpora made of what goes wrong, and what is left of one that a format has carried. */
import { canonicalJson, createOffsetMap, type Fragment, type JsonValue, quoteOf } from "@concord/core";
import fc from "fast-check";
import { zipped } from "./bundle/zip.ts";
import type {
  CorpusAnnotation,
  CorpusDocument,
  CorpusEvent,
  CorpusHeader,
  Problem,
  ReadLimits,
} from "./corpus.ts";
import type { Carries, FormatId, Written } from "./format.ts";
import { formatOf } from "./formats.ts";
import { readCorpus } from "./read-corpus.ts";
import { sha256 } from "./sha256.ts";
import { plainLabel, plainRelationType } from "./words.ts";
import { unbundled, writeCorpus } from "./write-corpus.ts";

export const limits: ReadLimits = {
  ...{ text: 1_000_000, name: 200, title: 1_000, description: 4_000, guidelines: 200_000, note: 20_000 },
  ...{ comment: 20_000, sourceId: 1_000, json: 100_000, nesting: 100 },
};

/** Pieces of text: words, emoji, marks, right-to-left, line ends of all sorts, what other formats have as signs. */
const PIECES = [
  ..."ab Zé.,;:|\"'<>&{}[]\\#*",
  ...[
    "\t",
    "\n",
    "\r\n",
    "\n\n",
    " ",
    "\u00a0",
    "\u0301",
    "\u200d",
    "😀",
    "👩‍👩‍👧",
    "🇩🇪",
    "𝒳",
    "क्षि",
    "שלום",
    "مرحبا",
    "的",
  ],
  ...["word", "New York", "O", "B-X", "null", "=1+1", "--", "\u2028", "\u0085"],
];

const KEYS = ["claim", "actor", "Transfer-money", "my label", "ключ", "a_b", "a.b", "é:x", "O"];
const TYPES = ["states", "is part of", "Arg-Of", "связь"];
const ATTRIBUTES = ["stance", "sure", "n of", "Заметка", "key.text", "__proto__"];

const text = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 60 })
  .map((parts) => parts.join(""));
const line = fc
  .array(fc.constantFrom(...PIECES.filter((piece) => !/[\r\n\t\u2028\u0085]/.test(piece))), {
    minLength: 1,
    maxLength: 12,
  })
  .map((parts) => parts.join(""));
const value = fc.oneof(
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
  fc.constantFrom("for", "Wiki:42", "true", "1", ""),
  text,
);

function fragmentsIn(length: number): fc.Arbitrary<Fragment[]> {
  return fc.uniqueArray(fc.nat(length), { minLength: 2, maxLength: 6 }).map((cuts) => {
    const sorted = cuts.toSorted((a, b) => a - b);
    const fragments: Fragment[] = [];
    for (let index = 0; index + 1 < sorted.length; index += 2) {
      const [start = 0, end = 0] = sorted.slice(index, index + 2);
      fragments.push({ start, end });
    }
    return fragments;
  });
}

const uuid = fc.uuid().map((id) => id.toLowerCase());

function annotationIn(length: number): fc.Arbitrary<CorpusAnnotation> {
  return fc.record({
    id: uuid,
    label: fc.constantFrom(...KEYS),
    fragments: fragmentsIn(length),
    attributes: fc.dictionary(fc.constantFrom(...ATTRIBUTES), value, { maxKeys: 3, noNullPrototype: true }),
    note: fc.oneof(fc.constant(""), text),
    origin: fc.constant("HUMAN" as const),
    createdBy: fc.constant(null),
    createdAt: fc.constant("2026-03-12T09:30:00.120Z"),
    updatedBy: fc.constant(null),
    updatedAt: fc.constant(null),
    version: fc.constant(1),
  });
}

const bareDocument = text.chain((whole) => {
  const length = Array.from(whole).length;
  return fc.record({
    title: line.filter((title) => title.trim() !== ""),
    sourceId: fc.option(line),
    language: fc.constantFrom(null, "en", "zh-Hant"),
    metadata: fc.dictionary(
      fc.constantFrom("date", "source", "a b", "__proto__"),
      fc.oneof(line, fc.integer(), fc.constant(null)) as fc.Arbitrary<JsonValue>,
      { noNullPrototype: true },
    ),
    text: fc.constant(whole),
    annotations:
      length < 2
        ? fc.constant<CorpusAnnotation[]>([])
        : fc.uniqueArray(annotationIn(length), { maxLength: 8, selector: ({ id }) => id }),
    links: fc.array(fc.tuple(fc.nat(7), fc.nat(7), fc.constantFrom(...TYPES)), { maxLength: 4 }),
    comment: fc.option(line.filter((body) => body.trim() !== "")),
  });
});

/** A corpus as a generator makes it; `sha256` and offsets are filled in by `completed`. */
export type BareDocument = typeof bareDocument extends fc.Arbitrary<infer Made> ? Made : never;

export const bareDocuments = fc.array(bareDocument, { minLength: 1, maxLength: 3 });

export async function completed(bare: BareDocument): Promise<CorpusDocument> {
  const { links, comment, annotations, ...rest } = bare;
  const seen = new Set<string>();
  const relations = links.flatMap(([from, to, type]) => {
    const [source, target] = [annotations[from]?.id, annotations[to]?.id];
    const key = `${source}${target}${type}`;
    if (!source || !target || source === target || seen.has(key)) return [];
    seen.add(key);
    return [{ id: null, type, source, target, createdBy: null, createdAt: null }];
  });
  const about = annotations[0]?.id;
  const body = { id: null, createdBy: null, createdAt: null, updatedAt: null, resolvedAt: null };
  const comments = comment === null || !about ? [] : [{ ...body, annotation: about, body: comment }];
  const { text: whole } = bare;
  return {
    ...rest,
    id: null,
    createdAt: null,
    offsets: createOffsetMap(whole),
    sha256: await sha256(whole),
    annotations,
    relations,
    comments,
  };
}

export const header: CorpusHeader = {
  ...{ name: "Corpus", description: "", guidelines: "", users: [] },
  labels: KEYS.map((key, index) => plainLabel(key, index)),
  relationTypes: TYPES.map(plainRelationType),
};

/** A document in a form that two can be compared in: only what is carried, ids replaced by what they lead to. */
export function view(document: CorpusDocument, carries: Carries): JsonValue {
  const seen = (annotation: CorpusAnnotation): JsonValue => ({
    label: annotation.label,
    fragments: annotation.fragments.map(({ start, end }) => [start, end]),
    quote: quoteOf(document.offsets, annotation.fragments),
    ...(carries.attributes ? { attributes: annotation.attributes } : {}),
    ...(carries.notes ? { note: annotation.note } : {}),
  });
  const annotations = carries.annotations ? document.annotations : [];
  const ends = new Map(annotations.map((annotation) => [annotation.id, canonicalJson(seen(annotation))]));
  const relations = document.relations.filter(({ source, target }) => ends.has(source) && ends.has(target));
  const sorted = (items: JsonValue[]) => items.map(canonicalJson).sort();
  return {
    text: document.text,
    ...(carries.titles ? { title: document.title } : {}),
    ...(carries.sourceIds ? { sourceId: document.sourceId } : {}),
    ...(carries.languages ? { language: document.language } : {}),
    ...(carries.metadata ? { metadata: document.metadata } : {}),
    annotations: sorted(annotations.map(seen)),
    ...(carries.relations
      ? {
          relations: sorted(
            relations.map(({ type, source, target }) => [
              type,
              ends.get(source) ?? "",
              ends.get(target) ?? "",
            ]),
          ),
        }
      : {}),
    ...(carries.comments
      ? {
          comments: sorted(
            document.comments.map(({ annotation, body }) => [ends.get(annotation) ?? "", body]),
          ),
        }
      : {}),
  };
}

/** A corpus in a format's bytes, and what was left out. */
export async function write(
  format: FormatId,
  documents: CorpusDocument[],
  words: CorpusHeader = header,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; left: Problem[]; files: string[] }> {
  const left: Problem[] = [];
  const files: string[] = [];
  async function* watched(): AsyncGenerator<Written> {
    for await (const piece of writeCorpus(format, { header: words, documents })) {
      if (piece.kind === "file") files.push(piece.path);
      yield piece;
    }
  }
  const first: Written[] = [];
  for await (const piece of watched()) first.push(piece);
  async function* again(): AsyncGenerator<Written> {
    yield* first;
  }
  const out = formatOf(format).isBundle ? zipped : unbundled;
  const chunks: Uint8Array[] = [];
  for await (const chunk of out(again(), (problem) => left.push(problem))) chunks.push(chunk);
  return {
    bytes: new Uint8Array(await new Blob(chunks.map((chunk) => new Uint8Array(chunk))).arrayBuffer()),
    left,
    files,
  };
}

/** What reading gives, all at once; with the bytes in chunks of a size. */
export async function read(
  name: string,
  content: Uint8Array | string,
  { format = "auto", size = 65_536 }: { format?: FormatId | "auto"; size?: number } = {},
): Promise<{
  header: CorpusHeader | null;
  documents: CorpusDocument[];
  problems: Problem[];
  events: CorpusEvent[];
}> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  async function* open(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
  }
  const events: CorpusEvent[] = [];
  for await (const event of readCorpus({ name, open }, { format, limits })) events.push(event);
  return {
    events,
    header:
      events.flatMap((event) => (event.kind === "header" && event.header ? [event.header] : []))[0] ?? null,
    documents: events.flatMap((event) =>
      event.kind === "document" && event.document ? [event.document] : [],
    ),
    problems: events.flatMap(({ problems }) => problems),
  };
}

/** Messages of problems, for comparing. */
export function messages(problems: readonly Problem[]): string[] {
  return problems.map(
    ({ file, line: at, column, message, severity }) =>
      `${severity} ${file ?? ""}:${at ?? ""}:${column ?? ""} ${message}`,
  );
}

/** A zip of files, as other tools make one. */
export async function zipOf(files: Record<string, string | Uint8Array>): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  async function* pieces(): AsyncGenerator<Written> {
    for (const [path, content] of Object.entries(files)) {
      yield { kind: "file", path };
      yield { kind: "bytes", bytes: typeof content === "string" ? encoder.encode(content) : content };
    }
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of zipped(pieces(), () => undefined)) chunks.push(new Uint8Array(chunk));
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
