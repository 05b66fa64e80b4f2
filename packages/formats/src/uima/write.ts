/** Writes each document as a CAS of its own: labels and relation types are layers that it declares. */
import { extentOf, type JsonValue, quoteOf } from "@concord/core";
import type { CorpusDocument, CorpusHeader } from "../corpus.ts";
import type { OutCorpus, Written } from "../format.ts";
import { createFileNames } from "../path.ts";
import { RELATION_TYPES, SPAN_TYPES, toIdentifier } from "./names.ts";

/** What a CAS has no place for. */
export const DOCUMENT_TYPE = "concord.Document";

const STRING = "uima.cas.String";
const SOFA = 1;

/** One file a document. */
export async function* writeCas({ header, documents }: OutCorpus): AsyncGenerator<Written, void, undefined> {
  const nameOf = createFileNames();
  for await (const document of documents) {
    yield { kind: "file", path: `${nameOf(document.title)}.json` };
    yield { kind: "text", text: `${JSON.stringify(casOf(document, header))}\n` };
  }
}

type Structures = Record<string, JsonValue>[];

function casOf(document: CorpusDocument, header: CorpusHeader): JsonValue {
  const { text, offsets, title, sourceId, language, metadata, sha256 } = document;
  const structures: Structures = [
    {
      "%ID": SOFA,
      "%TYPE": "uima.cas.Sofa",
      sofaNum: 1,
      sofaID: "_InitialView",
      mimeType: "text",
      sofaString: text,
    },
    {
      "%ID": SOFA + 1,
      "%TYPE": "uima.tcas.DocumentAnnotation",
      "@sofa": SOFA,
      begin: 0,
      end: offsets.lengthUtf16,
      language: language ?? "x-unspecified",
    },
    {
      ...{
        "%ID": SOFA + 2,
        "%TYPE": DOCUMENT_TYPE,
        title,
        metadata: JSON.stringify(metadata),
        sha256,
        offsets: "UTF-16",
      },
      ...(sourceId === null ? {} : { sourceId }),
      ...(language === null ? {} : { language }),
    },
  ];
  const ids = new Map<string, number>();
  const features = new Map<string, Map<string, string>>();
  for (const annotation of document.annotations) addSpan(structures, document, annotation, ids, features);
  const spans = structures.length;
  for (const { type, source, target } of document.relations) {
    const [from, to] = [ids.get(source), ids.get(target)];
    if (from === undefined || to === undefined) continue;
    const dependent = structures[to - 1] ?? {};
    structures.push({
      ...{ "%ID": structures.length + 1, "%TYPE": RELATION_TYPES + toIdentifier(type), "@sofa": SOFA },
      ...{ begin: dependent.begin ?? 0, end: dependent.end ?? 0, "@Governor": from, "@Dependent": to },
    });
  }
  const relationTypes = new Set(structures.slice(spans).map((structure) => String(structure["%TYPE"])));
  const members = structures.slice(1).map((structure) => structure["%ID"] ?? 0);
  return {
    "%TYPES": typesOf(header, features, relationTypes),
    "%FEATURE_STRUCTURES": structures,
    "%VIEWS": { _InitialView: { "%SOFA": SOFA, "%MEMBERS": members } },
  };
}

function addSpan(
  structures: Structures,
  { offsets }: CorpusDocument,
  { id, label, fragments, attributes, note }: CorpusDocument["annotations"][number],
  ids: Map<string, number>,
  features: Map<string, Map<string, string>>,
): void {
  const number = structures.length + 1;
  if (id !== null) ids.set(id, number);
  const { start, end } = extentOf(fragments);
  const ranges = features.get(label) ?? new Map<string, string>();
  features.set(label, ranges);
  const pair = (fragment: { start: number; end: number }) =>
    `${offsets.toUtf16(fragment.start)}-${offsets.toUtf16(fragment.end)}`;
  const structure: Record<string, JsonValue> = {
    ...{ "%ID": number, "%TYPE": SPAN_TYPES + toIdentifier(label), "@sofa": SOFA },
    ...{
      begin: offsets.toUtf16(start),
      end: offsets.toUtf16(end),
      concord_quote: quoteOf(offsets, fragments),
    },
    ...(fragments.length > 1 ? { concord_fragments: fragments.map(pair).join(" ") } : {}),
    ...(note === "" ? {} : { concord_note: note }),
  };
  for (const [key, value] of Object.entries(attributes)) {
    const name = toIdentifier(key);
    const range =
      typeof value === "boolean"
        ? "uima.cas.Boolean"
        : typeof value === "number"
          ? "uima.cas.Double"
          : STRING;
    const before = ranges.get(name);
    ranges.set(name, before === undefined || before === range ? range : STRING);
    structure[name] = value;
  }
  structures.push(structure);
}

function typesOf(
  header: CorpusHeader,
  features: ReadonlyMap<string, ReadonlyMap<string, string>>,
  relationTypes: ReadonlySet<string>,
): JsonValue {
  const types: Record<string, JsonValue> = {};
  const declare = (
    name: string,
    parent: string,
    description: string,
    ranges: Iterable<readonly [string, string]>,
  ) => {
    const type: Record<string, JsonValue> = { "%NAME": name, "%SUPER_TYPE": parent };
    if (description !== "") type["%DESCRIPTION"] = description;
    for (const [feature, range] of ranges) type[feature] = { "%NAME": feature, "%RANGE": range };
    types[name] = type;
  };
  const texts = (...names: string[]) => names.map((name): [string, string] => [name, STRING]);
  declare(
    DOCUMENT_TYPE,
    "uima.cas.TOP",
    "",
    texts("title", "sourceId", "language", "metadata", "sha256", "offsets"),
  );
  const keys = new Set([...header.labels.map(({ key }) => key), ...features.keys()]);
  for (const key of keys) {
    const label = header.labels.find((candidate) => candidate.key === key);
    const ranges = new Map(texts("concord_quote", "concord_fragments", "concord_note"));
    for (const { key: attribute, kind } of label?.attributes ?? [])
      ranges.set(
        toIdentifier(attribute),
        kind === "BOOLEAN" ? "uima.cas.Boolean" : kind === "NUMBER" ? "uima.cas.Double" : STRING,
      );
    for (const [feature, range] of features.get(key) ?? []) ranges.set(feature, range);
    declare(SPAN_TYPES + toIdentifier(key), "uima.tcas.Annotation", label?.name ?? key, ranges);
  }
  const ends = [
    ["Governor", "uima.tcas.Annotation"],
    ["Dependent", "uima.tcas.Annotation"],
  ] as const;
  const names = new Map(
    header.relationTypes.map(({ key, name }) => [RELATION_TYPES + toIdentifier(key), name]),
  );
  for (const name of new Set([...names.keys(), ...relationTypes]))
    declare(name, "uima.tcas.Annotation", names.get(name) ?? "", ends);
  return types;
}
