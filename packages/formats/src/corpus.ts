/** What every reader makes of a file, whatever its format: a header, then documents one by one, each with its problems. */
import type { AttributeDefinition, Fragment, JsonValue, LabelColor, OffsetMap } from "@concord/core";
import type { Encoding } from "./decode.ts";
import type { FormatId, TableColumns } from "./format.ts";

/** Something that was wrong or odd, and where. */
export interface Problem {
  /** Its name where there are several files in one, else null. */
  file: string | null;
  /** From 1; null where it is about the whole file. */
  line: number | null;
  /** In code points, from 1. */
  column: number | null;
  message: string;
  /** An error keeps something out, a warning says what is not as one may expect. */
  severity: "error" | "warning";
}

/** A label of the codebook; `id` is null where the file has none. */
export interface CorpusLabel {
  id: string | null;
  key: string;
  name: string;
  color: LabelColor;
  shortcut: string | null;
  description: string;
  /** The key of another label. */
  parent: string | null;
  archivedAt: string | null;
  attributes: AttributeDefinition[];
}

/** A relation type of the codebook, with the keys of labels at its ends. */
export interface CorpusRelationType {
  id: string | null;
  key: string;
  name: string;
  sourceLabels: string[];
  targetLabels: string[];
}

/** Somebody whom the file names as an author. */
export interface CorpusUser {
  id: string;
  name: string;
}

/** What comes before the documents. */
export interface CorpusHeader {
  name: string;
  description: string;
  guidelines: string;
  labels: CorpusLabel[];
  relationTypes: CorpusRelationType[];
  users: CorpusUser[];
}

/** Where an annotation comes from. */
export type CorpusOrigin = "HUMAN" | "IMPORT" | "SUGGESTION";

/** An annotation; authors and times are null where the file has none. */
export interface CorpusAnnotation {
  id: string | null;
  /** A key of the codebook. */
  label: string;
  fragments: Fragment[];
  attributes: Record<string, boolean | number | string>;
  note: string;
  origin: CorpusOrigin;
  createdBy: string | null;
  createdAt: string | null;
  updatedBy: string | null;
  updatedAt: string | null;
  version: number;
}

/** A link between two annotations of one document. */
export interface CorpusRelation {
  id: string | null;
  /** A key of the codebook. */
  type: string;
  /** Ids of annotations as the file has them. */
  source: string;
  target: string;
  createdBy: string | null;
  createdAt: string | null;
}

/** A comment on an annotation. */
export interface CorpusComment {
  id: string | null;
  /** The annotation's id as the file has it. */
  annotation: string;
  body: string;
  createdBy: string | null;
  createdAt: string | null;
  updatedAt: string | null;
  resolvedAt: string | null;
}

/** A document with all that hangs on it. Ids are in lower case, times as `Date.toISOString` gives them. */
export interface CorpusDocument {
  id: string | null;
  sourceId: string | null;
  title: string;
  language: string | null;
  metadata: Record<string, JsonValue>;
  createdAt: string | null;
  text: string;
  /** The text with its positions. */
  offsets: OffsetMap;
  /** Of the text as UTF-8, in hexadecimal digits. */
  sha256: string;
  annotations: CorpusAnnotation[];
  relations: CorpusRelation[];
  comments: CorpusComment[];
}

/** One of the files that were read. */
export interface ReadFile {
  /** With its folders, in a bundle. */
  name: string;
  /** Null where it could not be told. */
  format: FormatId | null;
  /** Null for what is no text, or was not read. */
  encoding: Encoding | null;
}

/** The start of a table, for asking which column is what. */
export interface TableStart {
  headings: string[];
  /** The first rows; some may have fewer cells. */
  rows: string[][];
  /** As they are read; null where none is known to be the text. */
  columns: TableColumns | null;
}

/** What the source is made of. */
export interface FilesEvent {
  kind: "files";
  /** Null where it could not be told. */
  format: FormatId | "zip" | null;
  files: ReadFile[];
  /** Of the first table; one whose columns are not known goes before others. */
  table: TableStart | null;
  /** Where nothing was read because it is not sure what this is: all that it may be, the likeliest first. */
  candidates: FormatId[];
  problems: [];
  end: 0;
}

/**
 * A step through a file. `end` is how many bytes are read by then. The header comes first and once; where it is null
 * nothing follows. A document that is null is refused as a whole, by the errors among its problems, and the next one may
 * be good again.
 */
export type ContentEvent =
  | { kind: "header"; header: CorpusHeader | null; problems: Problem[]; end: number }
  | DocumentEvent
  | { kind: "broken"; problems: Problem[]; end: number };

/** A step through a source: what it is made of comes first and once. */
export type CorpusEvent = FilesEvent | ContentEvent;

/** A document that was read; line and column are where it starts. */
export interface DocumentEvent {
  kind: "document";
  /** Its number in the file, from 0. */
  ordinal: number;
  /** Its file's name where there are several in one, else null. */
  file: string | null;
  document: CorpusDocument | null;
  line: number;
  column: number;
  problems: Problem[];
  end: number;
}

/** What a reader accepts, in code points. */
export interface ReadLimits {
  text: number;
  name: number;
  title: number;
  description: number;
  guidelines: number;
  note: number;
  comment: number;
  sourceId: number;
  /** Of an object's JSON, in UTF-16 units. */
  json: number;
  /** Objects and lists within each other. */
  nesting: number;
}
