/** A corpus as rows of a table; positions are code points, and their columns say so. */
import { canonicalJson, extentOf, quoteOf } from "@concord/core";
import type { CorpusAnnotation, CorpusDocument, CorpusHeader } from "../corpus.ts";
import {
  CARRIES_ALL,
  CARRIES_TEXTS,
  type Carries,
  type OutCorpus,
  type TableName,
  type WriteOptions,
} from "../format.ts";

/** A cell; numbers stay numbers where the table has such. */
export type Cell = string | number | null;

/** The headings, then the rows, streaming. */
export async function* rowsOf(
  { header, documents }: OutCorpus,
  { table = "documents" }: WriteOptions,
): AsyncGenerator<Cell[], void, undefined> {
  yield HEADINGS[table];
  const nameOf = namesOf(header);
  for await (const document of documents)
    if (table === "documents") yield documentRow(document);
    else if (table === "annotations")
      yield* document.annotations.map((annotation) => annotationRow(document, annotation, nameOf));
    else yield* statementRows(document, nameOf);
}

/** What a table has of a corpus. */
export function carriedBy({ table = "documents" }: WriteOptions): Carries {
  if (table === "documents") return { ...CARRIES_TEXTS, sourceIds: true, languages: true, metadata: true };
  const annotations = { ...CARRIES_ALL, languages: false, metadata: false, comments: false, codebook: false };
  return table === "annotations"
    ? { ...annotations, relations: false }
    : {
        ...annotations,
        attributes: false,
        notes: false,
        history: "who made the annotations at the ends, and when, is",
      };
}

/** The columns of each table, in their order. */
export const HEADINGS: Record<TableName, string[]> = {
  documents: ["title", "source_id", "language", "metadata", "created_at", "sha256", "text"],
  annotations: [
    ...[
      "document",
      "source_id",
      "sha256",
      "id",
      "label",
      "start_codepoint",
      "end_codepoint",
      "fragments",
      "quote",
    ],
    ...["attributes", "note", "origin", "created_by", "created_at", "updated_by", "updated_at", "version"],
  ],
  statements: [
    ...["document", "source_id", "sha256", "type"],
    ...["source_label", "source_text", "source_start_codepoint", "source_end_codepoint"],
    ...[
      "target_label",
      "target_text",
      "target_start_codepoint",
      "target_end_codepoint",
      "created_by",
      "created_at",
    ],
  ],
};

type NameOf = (id: string | null) => string | null;

function namesOf({ users }: CorpusHeader): NameOf {
  const names = new Map(users.map(({ id, name }) => [id, name]));
  return (id) => (id === null ? null : (names.get(id) ?? id));
}

function documentRow({
  title,
  sourceId,
  language,
  metadata,
  createdAt,
  sha256,
  text,
}: CorpusDocument): Cell[] {
  return [
    title,
    sourceId,
    language,
    Object.keys(metadata).length === 0 ? null : canonicalJson(metadata),
    createdAt,
    sha256,
    text,
  ];
}

function annotationRow(
  { title, sourceId, sha256, offsets }: CorpusDocument,
  annotation: CorpusAnnotation,
  nameOf: NameOf,
): Cell[] {
  const {
    id,
    label,
    fragments,
    attributes,
    note,
    origin,
    createdBy,
    createdAt,
    updatedBy,
    updatedAt,
    version,
  } = annotation;
  const { start, end } = extentOf(fragments);
  const parts = fragments.map((fragment) => `${fragment.start}-${fragment.end}`).join(" ");
  const values = Object.keys(attributes).length === 0 ? null : canonicalJson(attributes);
  return [
    ...[
      title,
      sourceId,
      sha256,
      id,
      label,
      start,
      end,
      parts,
      quoteOf(offsets, fragments),
      values,
      note || null,
      origin,
    ],
    ...[nameOf(createdBy), createdAt, nameOf(updatedBy), updatedAt, version],
  ];
}

/** Who, what kind, what and where: a relation with the words at both its ends. */
function statementRows(
  { title, sourceId, sha256, offsets, annotations, relations }: CorpusDocument,
  nameOf: NameOf,
): Cell[][] {
  const byId = new Map(annotations.map((annotation) => [annotation.id, annotation]));
  const cellsOf = ({ label, fragments }: CorpusAnnotation): Cell[] => {
    const { start, end } = extentOf(fragments);
    return [label, quoteOf(offsets, fragments), start, end];
  };
  return relations.flatMap(({ type, source, target, createdBy, createdAt }): Cell[][] => {
    const [from, to] = [byId.get(source), byId.get(target)];
    if (from === undefined || to === undefined) return [];
    return [[title, sourceId, sha256, type, ...cellsOf(from), ...cellsOf(to), nameOf(createdBy), createdAt]];
  });
}
