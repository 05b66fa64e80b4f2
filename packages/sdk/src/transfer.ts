/** Whole corpora: files out, files in, and the jobs that bring them in. */
import { ConcordError } from "./errors.ts";
import { type Connection, type Request, send, unreachable } from "./http.ts";
import { delay } from "./retry.ts";

/** What to export and how. */
export interface ExportOptions {
  /** As the server has them: `json` (without it) for one object, `ndjson` for a line a document, `brat`, `csv` and more. */
  format?: string;
  /** Which table, for `csv`, `tsv` and `xlsx`: one row for each document (without it), annotation, or relation. */
  table?: "documents" | "annotations" | "statements";
  /** Whether archived documents are in it; they are, unless this is false. */
  archived?: boolean;
  /** Only documents with these ids. */
  documents?: readonly string[];
  /** Only documents that somebody is done with, that are begun, or that nobody has begun. */
  statuses?: readonly ("new" | "inProgress" | "done")[];
  /** Only annotations with these labels, by key; documents without any are in it all the same, here and below. */
  labels?: readonly string[];
  /** Only annotations made by these people, by id. */
  annotators?: readonly string[];
  /** Only annotations that changed from then on, as ISO 8601: a moment, or a day in UTC. */
  updatedSince?: string;
  /** Only annotations that changed last before then. */
  updatedBefore?: string;
  signal?: AbortSignal;
}

/** What an export would hold, and what its format has no place for. */
export interface ExportReport {
  documentCount: number;
  annotationCount: number;
  relationCount: number;
  commentCount: number;
  /** At most 1,000. */
  leftOut: ImportProblem[];
  /** All of them. */
  leftOutCount: number;
}

/** Which column of a table is what, by headings; what is left out is guessed, and null is for what is not there. */
export interface ImportColumns {
  text?: string;
  title?: string | null;
  sourceId?: string | null;
  language?: string | null;
  /** Those that become metadata; all others where it is null. */
  metadata?: string[] | null;
}

/** What is decided about a file: how it is read, and what its words are in the project. */
export interface ImportChoices {
  /** One of the server's formats; without it, it looks for itself. */
  format?: string;
  /** Keys of the file's labels with those of labels of the project; null leaves annotations with that label out. */
  labels?: Record<string, string | null>;
  /** The same for relation types. */
  relationTypes?: Record<string, string | null>;
  columns?: ImportColumns;
  /** Only reports what would be done. The file is kept for a day, for `startImport`. */
  dryRun?: boolean;
  signal?: AbortSignal;
}

/** How to import. Choices of more than 64 KiB go with `startImport`. */
export interface ImportOptions extends ImportChoices {
  /** The file's name: it gives the title, and tells the format where the content doesn't. */
  name?: string;
}

/** A file: a Blob (a browser's File, Node's `fs.openAsBlob`), bytes, text, or bytes as they come. */
export type ImportFile = Blob | Uint8Array<ArrayBuffer> | string | ReadableStream<Uint8Array>;

/** Something about the file: what was left out, changed or refused, and where it stands. */
export interface ImportProblem {
  file: string | null;
  line: number | null;
  column: number | null;
  message: string;
  severity: "error" | "warning";
}

/** An import as the server carries it out. */
export interface ImportJob {
  id: string;
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  /** Bytes, of `total`. */
  done: number;
  total: number;
  documentCount: number;
  annotationCount: number;
  /** Ids of what was brought in, at most 1,000. */
  documents: string[];
  /** At most 1,000. */
  problems: ImportProblem[];
  /** What was asked for, or found: `zip` for files of several formats. */
  format: string;
  dryRun: boolean;
  fileName: string | null;
  /** Its file is still kept, for `startImport`. */
  canStart: boolean;
  /** What it brought in can be taken back, with `undoImport`. */
  canUndo: boolean;
  /** At most 1,000. */
  files: ImportedFile[];
  /** Null until it is known. */
  preview: ImportPreview | null;
  /** What the file may be, the likeliest first, where that is not sure. */
  candidates: string[];
}

/** One of the files of an import. */
export interface ImportedFile {
  name: string;
  /** Null where it could not be told. */
  format: string | null;
  /** Null for what is no text. */
  encoding: string | null;
  documentCount: number;
  annotationCount: number;
  errorCount: number;
}

/** A label or relation type of a file. */
export interface ImportedWord {
  key: string;
  name: string;
  /** Whether the project has it already. */
  isKnown: boolean;
  /** What it was chosen to be, if it was. */
  mappedTo: string | null;
  /** It was chosen to be left out. */
  isLeftOut: boolean;
}

/** What comes in, or came. */
export interface ImportPreview {
  /** At most 1,000. */
  labels: (ImportedWord & { annotationCount: number })[];
  /** At most 1,000. */
  relationTypes: (ImportedWord & { relationCount: number })[];
  /** Of the first table; `chosen` is null where no column is known to be the text. */
  columns: { headings: string[]; chosen: Required<ImportColumns> | null; rows: string[][] } | null;
  /** The first 20. */
  documents: { title: string; length: number; annotationCount: number }[];
  /** Documents that the project has already and that are passed over. */
  duplicateCount: number;
}

const FIRST_LOOK_MS = 100;
const LAST_LOOK_MS = 2_000;

/** @throws ConcordError also from the stream: BROKEN_OFF when it ends before its end */
export async function openExport(
  connection: Connection,
  projectId: string,
  options: ExportOptions,
): Promise<ReadableStream<Uint8Array>> {
  const { body } = await send(connection, exportPath(projectId, options), { signal: options.signal });
  if (!body) throw new ConcordError("BROKEN_OFF", "The export is empty.");
  return told(body, connection.url);
}

export async function readExportReport(
  connection: Connection,
  projectId: string,
  options: ExportOptions,
): Promise<ExportReport> {
  const path = `${exportPath(projectId, options)}&report=1`;
  const report: ExportReport = await (await send(connection, path, { signal: options.signal })).json();
  return report;
}

function exportPath(projectId: string, options: ExportOptions): string {
  const { format = "json", archived = true, table, updatedSince, updatedBefore } = options;
  const query = new URLSearchParams({ format, ...(archived ? {} : { archived: "0" }) });
  for (const [name, value] of Object.entries({ table, updatedSince, updatedBefore }))
    if (value !== undefined) query.set(name, value);
  const lists = {
    document: options.documents,
    status: options.statuses,
    label: options.labels,
    annotator: options.annotators,
  };
  for (const [name, values] of Object.entries(lists))
    for (const value of values ?? []) query.append(name, value);
  return `/projects/${encodeURIComponent(projectId)}/export?${query}`;
}

/** The same bytes; an early end becomes an error with a code. */
function told(body: ReadableStream<Uint8Array>, url: string): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          const failure = unreachable(url, error);
          if (!(failure instanceof ConcordError)) throw error;
          const message = "The export broke off before its end; what has come is not whole.";
          throw new ConcordError("BROKEN_OFF", message, { cause: error });
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // Nothing is read ahead of whoever reads.
    { highWaterMark: 0 },
  );
}

export async function sendImport(
  connection: Connection,
  projectId: string,
  file: ImportFile,
  { format = "auto", dryRun = false, name, signal, ...choices }: ImportOptions,
): Promise<ImportJob> {
  const query = new URLSearchParams({ format, dryRun: dryRun ? "1" : "0" });
  if (name !== undefined) query.set("name", name);
  for (const [parameter, value] of Object.entries(choices)) query.set(parameter, JSON.stringify(value));
  return jobFrom(connection, `/projects/${encodeURIComponent(projectId)}/import?${query}`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: file,
    signal,
  });
}

export async function orderOfJob(
  connection: Connection,
  path: string,
  { signal, ...choices }: ImportChoices = {},
): Promise<ImportJob> {
  return jobFrom(connection, path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(choices),
    signal,
  });
}

export async function jobFrom(
  connection: Connection,
  path: string,
  request: Request = {},
): Promise<ImportJob> {
  const job: ImportJob = await (await send(connection, path, request)).json();
  return job;
}

/** Jobs have no subscription: looks often at first, since most are short, and then less. */
export async function untilEnded(
  read: () => Promise<ImportJob>,
  onProgress: (job: ImportJob) => void,
  signal?: AbortSignal,
): Promise<ImportJob> {
  for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 1.5, LAST_LOOK_MS)) {
    const job = await read();
    onProgress(job);
    if (job.state !== "queued" && job.state !== "running") return job;
    await delay(wait, signal);
    signal?.throwIfAborted();
  }
}
