/** What a format is: how it is known, read and written, and what it can carry. A new one is a folder that exports one. */
import type { Fragment, JsonValue } from "@concord/core";
import type {
  CorpusAnnotation,
  CorpusComment,
  CorpusDocument,
  CorpusHeader,
  CorpusRelation,
  Problem,
  ReadLimits,
  TableStart,
} from "./corpus.ts";
import type { Encoding } from "./decode.ts";

/** The formats' names in commands and addresses. */
export const FORMAT_IDS = [
  "concord",
  "brat",
  "doccano",
  "conll",
  "conllu",
  "uima",
  "w3c",
  "labelstudio",
  "csv",
  "tsv",
  "xlsx",
  "html",
  "markdown",
  "docx",
  "pdf",
  "text",
] as const;

/** One of the formats' names. */
export type FormatId = (typeof FORMAT_IDS)[number];

/** Where something stands in a file, both from 1, the column in code points; null where that says nothing. */
export interface FilePlace {
  line: number | null;
  column: number | null;
  /** Its name, where it is another file than the one that is read: one of its partners. */
  file?: string;
}

/** The start of a file, by which its format is told. */
export interface Sample {
  path: string;
  bytes: Uint8Array;
  /** The same as text, as well as it can be read; empty for what is no text. */
  text: string;
}

/** A file that belongs to another. */
export interface Partner {
  path: string;
  bytes: Uint8Array;
}

/** A file that is read, in chunks that must not be changed afterwards. */
export interface InputFile {
  path: string;
  bytes: AsyncIterable<Uint8Array>;
  /** What lies beside it under the same name, by extension; see `partners`. */
  partners: ReadonlyMap<string, Partner>;
  /** Told once it is known. Readers of what is always UTF-8 say nothing. */
  tellEncoding(encoding: Encoding): void;
}

/** An annotation as a file has it, not yet checked. Positions are code points. */
export interface DraftAnnotation extends Omit<CorpusAnnotation, "fragments"> {
  /** By what relations and comments of its file name it. */
  ref: string;
  /** Null where the file gives only the quote. */
  fragments: Fragment[] | null;
  /** What the file says stands there, if it does. */
  quote: string | null;
  /** What the file says stands right before and right after. */
  prefix: string;
  suffix: string;
  place: FilePlace;
}

/** A relation as a file has it; its ends are `ref`s. */
export interface DraftRelation extends CorpusRelation {
  place: FilePlace;
}

/** A comment as a file has it; its annotation is a `ref`. */
export interface DraftComment extends CorpusComment {
  place: FilePlace;
}

/** A document as a file has it, not yet checked. */
export interface Draft {
  id: string | null;
  sourceId: string | null;
  title: string;
  language: string | null;
  metadata: Record<string, JsonValue>;
  createdAt: string | null;
  text: string;
  /** What the file says the text's hash is, if it does. */
  sha256: string | null;
  annotations: DraftAnnotation[];
  relations: DraftRelation[];
  comments: DraftComment[];
  place: FilePlace;
  /** What was odd on the way; an error refuses the document. */
  problems: Problem[];
}

/** A part of a codebook; `names` are of labels that are declared elsewhere, by key. */
export interface FoundWords extends Partial<CorpusHeader> {
  names?: ReadonlyMap<string, string>;
}

/** What a reader finds in one file, in the file's order. */
export type Found =
  | { kind: "words"; words: FoundWords; problems: Problem[] }
  | { kind: "table"; table: TableStart }
  | { kind: "draft"; draft: Draft }
  | { kind: "document"; document: CorpusDocument | null; place: FilePlace; problems: Problem[] }
  | { kind: "broken"; problems: Problem[] };

/** Which column of a table is what. */
export interface TableColumns {
  /** By their heading. */
  text: string;
  title: string | null;
  sourceId: string | null;
  language: string | null;
  /** Those that become metadata; all others where it is null. */
  metadata: readonly string[] | null;
}

/** How files are read. */
export interface ReadOptions {
  limits: ReadLimits;
  /** Makes ids for annotations that relations or comments name; random UUIDs where it is left out. */
  newId?: () => string;
  /** For tables; what is left out is guessed from the headings. */
  columns?: Partial<TableColumns>;
}

/** What of a corpus a format can say. What is false is named when it is left out. */
export interface Carries {
  titles: boolean;
  sourceIds: boolean;
  languages: boolean;
  metadata: boolean;
  annotations: boolean;
  /** Annotations that share a part of the text. */
  overlaps: boolean;
  discontinuous: boolean;
  attributes: boolean;
  notes: boolean;
  relations: boolean;
  comments: boolean;
  /** Who made what and when, ids and versions; a text says what of them is not. */
  history: boolean | string;
  /** Names, colours, shortcuts, descriptions and rules of labels and relation types; a text says what of them is not. */
  codebook: boolean | string;
}

/** A corpus that is written. */
export interface OutCorpus {
  header: CorpusHeader;
  documents: AsyncIterable<CorpusDocument> | Iterable<CorpusDocument>;
}

/** The tables that a corpus is written as: one row for each document, annotation, or relation with both its ends. */
export type TableName = "documents" | "annotations" | "statements";

/** How a corpus is written. */
export interface WriteOptions {
  /** For tables; documents where it is left out. */
  table?: TableName;
}

/** What a writer makes, piece by piece: a file's name, then what is in it. */
export type Written =
  | { kind: "file"; path: string }
  | { kind: "text"; text: string }
  | { kind: "bytes"; bytes: Uint8Array }
  | { kind: "left out"; problem: Problem };

/** A format. */
export interface Format {
  id: FormatId;
  /** As people call it. */
  name: string;
  /** Usual ends of its files' names, with the dot, in lower case. */
  extensions: readonly string[];
  /** In what its files count positions; null where it has none. */
  positions: "code points" | "UTF-16 units" | "tokens" | null;
  /** How sure it is that this is one of its own, from 0 to 1; from 0.5 on it may be taken without asking. */
  detect(sample: Sample): number;
  /** Ends of the names of files that belong to a file of the same name, and are read with it. */
  partners?: readonly string[];
  read?: (file: InputFile, options: ReadOptions) => AsyncIterable<Found>;
  write?: (corpus: OutCorpus, options: WriteOptions) => AsyncIterable<Written>;
  /** Whether its files are no text, and so in no encoding. */
  isBinary?: true;
  /** Whether it writes several files, which travel as a zip. */
  isBundle?: true;
  /** Whether it is a table, so that which one can be chosen. */
  isTable?: true;
  carries: Carries;
  /** The same, where it depends on the options. */
  carriesWith?: (options: WriteOptions) => Carries;
}

/** All of a corpus; formats say what they can't carry. */
export const CARRIES_ALL: Carries = {
  titles: true,
  sourceIds: true,
  languages: true,
  metadata: true,
  annotations: true,
  overlaps: true,
  discontinuous: true,
  attributes: true,
  notes: true,
  relations: true,
  comments: true,
  history: true,
  codebook: true,
};

/** A text and nothing else. */
export const CARRIES_TEXTS: Carries = {
  titles: true,
  sourceIds: false,
  languages: false,
  metadata: false,
  annotations: false,
  overlaps: false,
  discontinuous: false,
  attributes: false,
  notes: false,
  relations: false,
  comments: false,
  history: false,
  codebook: false,
};
