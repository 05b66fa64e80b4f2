/** What was found in a file that is imported: its format, its files, and what a preview shows. Kept with the job's steps. */
import type { CorpusHeader, DocumentEvent, FilesEvent, Problem } from "@concord/formats";
import { z } from "zod";
import type { ReadDocument } from "./corpus-documents.ts";
import type { Choices, WordChoices } from "./import-choices.ts";

/** Files and words that are listed at most. */
const MAX_LISTED = 1_000;
const MAX_DOCUMENTS = 20;
/** UTF-16 units of a cell. */
const MAX_CELL = 200;

const fileSchema = z.object({
  name: z.string(),
  format: z.string().nullable(),
  encoding: z.string().nullable(),
  documentCount: z.number(),
  annotationCount: z.number(),
  errorCount: z.number(),
});

const word = {
  key: z.string(),
  name: z.string(),
  /** In the codebook, as it was before. */
  isKnown: z.boolean(),
  mappedTo: z.string().nullable(),
  isLeftOut: z.boolean(),
};

const previewSchema = z.object({
  labels: z.array(z.object({ ...word, annotationCount: z.number() })),
  relationTypes: z.array(z.object({ ...word, relationCount: z.number() })),
  columns: z
    .object({
      headings: z.array(z.string()),
      /** Null where none is known to be the text. */
      chosen: z
        .object({
          text: z.string(),
          title: z.string().nullable(),
          sourceId: z.string().nullable(),
          language: z.string().nullable(),
          metadata: z.array(z.string()).readonly().nullable(),
        })
        .nullable(),
      rows: z.array(z.array(z.string())),
    })
    .nullable(),
  documents: z.array(z.object({ title: z.string(), length: z.number(), annotationCount: z.number() })),
  duplicateCount: z.number(),
});

const findingsSchema = z.object({
  /** A format's name, or `zip` for files of several. */
  format: z.string().nullable().default(null),
  /** What has to be decided before anything can be read. */
  undecided: z.enum(["format", "columns"]).nullable().default(null),
  candidates: z.array(z.string()).default([]),
  files: z.array(fileSchema).default([]),
  preview: previewSchema.nullable().default(null),
});

/** As the job's row keeps it. */
export type Findings = z.infer<typeof findingsSchema>;
type Preview = z.infer<typeof previewSchema>;

/** @throws ZodError when the column holds something else, which only a hand in the database can cause */
export function parseFindings(json: unknown): Findings {
  return findingsSchema.parse(json);
}

/** Nothing found yet. */
export function freshFindings(): Findings {
  return parseFindings({});
}

/** Takes down what the source is made of. */
export function noteFiles(findings: Findings, { format, files, table, candidates }: FilesEvent): void {
  findings.format = format;
  findings.candidates = candidates;
  findings.files = files
    .slice(0, MAX_LISTED)
    .map((file) => ({ ...file, documentCount: 0, annotationCount: 0, errorCount: 0 }));
  const columns: Preview["columns"] =
    table === null
      ? null
      : {
          headings: table.headings,
          chosen: table.columns,
          rows: table.rows.map((row) => row.map((cell) => cut(cell))),
        };
  findings.preview =
    columns === null ? null : { labels: [], relationTypes: [], columns, documents: [], duplicateCount: 0 };
}

/** Cut between code points. */
function cut(cell: string): string {
  return cell.length <= MAX_CELL
    ? cell
    : Array.from(cell.slice(0, MAX_CELL * 2))
        .slice(0, MAX_CELL)
        .join("");
}

/** The file can't be read: takes down whether that is because something has to be decided first. */
export function noteRefusal(findings: Findings): void {
  if (findings.candidates.length > 0) findings.undecided = "format";
  else if (findings.preview?.columns?.chosen === null) findings.undecided = "columns";
}

/** Takes down the file's words beside the project's, as it was before. */
export function noteWords(
  findings: Findings,
  header: CorpusHeader,
  known: { labels: ReadonlySet<string>; relationTypes: ReadonlySet<string> },
  choices: Choices,
): void {
  const wordOf = (
    { key, name }: { key: string; name: string },
    here: ReadonlySet<string>,
    of: WordChoices,
  ) => ({
    ...{ key, name, isKnown: here.has(key) },
    mappedTo: (Object.hasOwn(of, key) ? of[key] : null) ?? null,
    isLeftOut: Object.hasOwn(of, key) && of[key] === null,
  });
  findings.preview = {
    labels: header.labels
      .slice(0, MAX_LISTED)
      .map((label) => ({ ...wordOf(label, known.labels, choices.labels), annotationCount: 0 })),
    relationTypes: header.relationTypes
      .slice(0, MAX_LISTED)
      .map((type) => ({ ...wordOf(type, known.relationTypes, choices.relationTypes), relationCount: 0 })),
    columns: findings.preview?.columns ?? null,
    documents: [],
    duplicateCount: 0,
  };
}

/** Takes down how often the file's words are used, in all documents that can be read. */
export function countWords({ preview }: Findings, events: readonly DocumentEvent[]): void {
  if (preview === null) return;
  const labels = new Map(preview.labels.map((label) => [label.key, label]));
  const types = new Map(preview.relationTypes.map((type) => [type.key, type]));
  for (const { document } of events) {
    for (const { label } of document?.annotations ?? []) {
      const found = labels.get(label);
      if (found !== undefined) found.annotationCount++;
    }
    for (const { type } of document?.relations ?? []) {
      const found = types.get(type);
      if (found !== undefined) found.relationCount++;
    }
  }
}

/** Takes down problems that are about files as wholes. */
export function countProblems(findings: Findings, problems: readonly Problem[]): void {
  const fileOf = fileFinder(findings);
  for (const { file, severity } of problems) {
    const found = severity === "error" ? fileOf(file) : undefined;
    if (found !== undefined) found.errorCount++;
  }
}

/** Takes down what became of documents. */
export function countDocuments(
  findings: Findings,
  events: readonly DocumentEvent[],
  taken: readonly ReadDocument[],
  duplicateCount: number,
): void {
  const { preview } = findings;
  const fileOf = fileFinder(findings);
  for (const { file, problems } of events) {
    const found = fileOf(file);
    if (found !== undefined)
      found.errorCount += problems.filter(({ severity }) => severity === "error").length;
  }
  for (const { file, document } of taken) {
    const { title, offsets, annotations } = document;
    const found = fileOf(file);
    if (found !== undefined) {
      found.documentCount++;
      found.annotationCount += annotations.length;
    }
    if (preview !== null && preview.documents.length < MAX_DOCUMENTS)
      preview.documents.push({ title, length: offsets.length, annotationCount: annotations.length });
  }
  if (preview !== null) preview.duplicateCount += duplicateCount;
}

/** Finds files by name; where there is but one, problems and documents name none. */
function fileFinder({ files }: Findings): (name: string | null) => Findings["files"][number] | undefined {
  const byName = new Map(files.map((file) => [file.name, file]));
  return (name) => (name === null ? (files.length === 1 ? files[0] : undefined) : byName.get(name));
}

/** What was left out because it was asked for, in words. */
export function leftOutWords({ preview }: Findings): string[] {
  const labels = (preview?.labels ?? [])
    .filter(({ isLeftOut, annotationCount }) => isLeftOut && annotationCount > 0)
    .map(
      ({ key, annotationCount }) =>
        `Annotations with the label ${JSON.stringify(key)} were left out, as was asked for: ${annotationCount}.`,
    );
  const types = (preview?.relationTypes ?? [])
    .filter(({ isLeftOut, relationCount }) => isLeftOut && relationCount > 0)
    .map(
      ({ key, relationCount }) =>
        `Relations of the type ${JSON.stringify(key)} were left out, as was asked for: ${relationCount}.`,
    );
  return [...labels, ...types];
}
