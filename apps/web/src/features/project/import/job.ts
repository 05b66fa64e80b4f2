// A job as the server tells of it at /jobs/{id}, and words for parts of it. Pure; nothing here sends.
import { t } from "../../../words/words.ts";
import { isRecord, listOf, numberOf, textOf } from "../json-shape.ts";
import { type TableColumns, toColumns } from "./columns.ts";

export interface JobProblem {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  readonly severity: "error" | "warning";
}

/** A file of an upload; a single one is its own. */
export interface JobFile {
  readonly name: string;
  /** Null where nobody can tell. */
  readonly format: string | null;
  readonly encoding: string | null;
  readonly documentCount: number;
  readonly annotationCount: number;
  readonly errorCount: number;
}

/** A label or a relation type that files use. */
export interface FoundWord {
  /** As the files have it. */
  readonly key: string;
  readonly name: string;
  /** Annotations or relations. */
  readonly useCount: number;
  readonly isKnown: boolean;
}

/** The beginning of a table, and which of its columns is what. */
export interface FoundTable {
  readonly headings: readonly string[];
  /** Null where nobody can tell which one is the text. */
  readonly chosen: TableColumns | null;
  readonly rows: readonly (readonly string[])[];
}

export interface JobPreview {
  readonly labels: readonly FoundWord[];
  readonly relationTypes: readonly FoundWord[];
  readonly table: FoundTable | null;
  /** The first ones; lengths in code points. */
  readonly documents: readonly {
    readonly title: string;
    readonly length: number;
    readonly annotationCount: number;
  }[];
  /** Documents that the project has already, which are passed over. */
  readonly duplicateCount: number;
}

const STATES = ["queued", "running", "done", "failed", "cancelled"] as const;

export interface Job {
  readonly state: (typeof STATES)[number];
  /** Bytes. */
  readonly done: number;
  readonly total: number;
  readonly documentCount: number;
  readonly annotationCount: number;
  readonly documents: readonly string[];
  readonly problems: readonly JobProblem[];
  /** What was asked or found; "zip" where there are several. */
  readonly format: string | null;
  /** Its file can be read once more. */
  readonly canStart: boolean;
  readonly canUndo: boolean;
  readonly files: readonly JobFile[];
  /** Null until known. */
  readonly preview: JobPreview | null;
  /** What the file may be, where it could not be told. */
  readonly candidates: readonly string[];
}

function toProblem(value: unknown): JobProblem[] {
  if (!isRecord(value)) return [];
  const { file, line, column, message, severity } = value;
  return [
    {
      file: textOf(file),
      line: typeof line === "number" ? line : null,
      column: typeof column === "number" ? column : null,
      message: textOf(message) ?? t("import:problems.unknown"),
      severity: severity === "warning" ? "warning" : "error",
    },
  ];
}

function toFile(value: unknown): JobFile[] {
  const name = isRecord(value) ? textOf(value.name) : null;
  if (!isRecord(value) || name === null) return [];
  return [
    {
      name,
      format: textOf(value.format),
      encoding: textOf(value.encoding),
      documentCount: numberOf(value.documentCount),
      annotationCount: numberOf(value.annotationCount),
      errorCount: numberOf(value.errorCount),
    },
  ];
}

function toWord(value: unknown): FoundWord[] {
  const key = isRecord(value) ? textOf(value.key) : null;
  if (!isRecord(value) || key === null) return [];
  const useCount = numberOf(value.annotationCount) || numberOf(value.relationCount);
  return [{ key, name: textOf(value.name) ?? key, useCount, isKnown: value.isKnown === true }];
}

const textsIn = (value: unknown): string[] => listOf(value).filter((each) => typeof each === "string");

function toTable(value: unknown): FoundTable | null {
  if (!isRecord(value)) return null;
  const { headings, chosen, rows } = value;
  return { headings: textsIn(headings), chosen: toColumns(chosen), rows: listOf(rows).map(textsIn) };
}

function toPreview(value: unknown): JobPreview | null {
  if (!isRecord(value)) return null;
  return {
    labels: listOf(value.labels).flatMap(toWord),
    relationTypes: listOf(value.relationTypes).flatMap(toWord),
    table: toTable(value.columns),
    documents: listOf(value.documents)
      .filter(isRecord)
      .map(({ title, length, annotationCount }) => ({
        title: textOf(title) ?? "",
        length: numberOf(length),
        annotationCount: numberOf(annotationCount),
      })),
    duplicateCount: numberOf(value.duplicateCount),
  };
}

/** Null for what is no job. */
export function toJob(value: unknown): Job | null {
  if (!isRecord(value)) return null;
  const state = STATES.find((each) => each === value.state);
  if (state === undefined) return null;
  return {
    state,
    done: numberOf(value.done),
    total: numberOf(value.total),
    documentCount: numberOf(value.documentCount),
    annotationCount: numberOf(value.annotationCount),
    documents: textsIn(value.documents),
    problems: listOf(value.problems).flatMap(toProblem),
    format: textOf(value.format),
    canStart: value.canStart === true,
    canUndo: value.canUndo === true,
    files: listOf(value.files).flatMap(toFile),
    preview: toPreview(value.preview),
    candidates: textsIn(value.candidates),
  };
}

export const errorsIn = ({ problems }: Job): number =>
  problems.filter(({ severity }) => severity === "error").length;

/** "5 documents, 412 annotations". */
export function contentsOf({
  documentCount,
  annotationCount,
}: Pick<JobFile, "documentCount" | "annotationCount">): string {
  const counts = [t("count.documents", { count: documentCount })];
  if (annotationCount > 0) counts.push(t("count.annotations", { count: annotationCount }));
  return t("contents", { counts });
}

/** "line 12, column 4"; with the file where a zip holds several. */
export function placeOf({ file, line, column }: JobProblem): string {
  const places = [
    file,
    line === null ? null : t("import:problems.line", { line }),
    line === null || column === null ? null : t("import:problems.column", { column }),
  ];
  return places.filter((place) => place !== null).join(", ");
}

/** As a table for a spreadsheet, tabs between the columns. */
export function problemsAsText(problems: readonly JobProblem[]): string {
  const rows = problems.map(({ severity, file, line, column, message }) =>
    [severity, file ?? "", line ?? "", column ?? "", message.replace(/\s+/gu, " ")].join("\t"),
  );
  return `${["severity\tfile\tline\tcolumn\tmessage", ...rows].join("\n")}\n`;
}
