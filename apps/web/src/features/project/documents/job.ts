// A job as the server tells of it at /jobs/{id}, and what a run makes of what happens to it. Pure; nothing here sends.
import type { ShownError } from "../../../apollo/error-message.ts";
import { countOf, formatNumber } from "../../../ui/count.ts";

export interface JobProblem {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  readonly severity: "error" | "warning";
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
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const numberOf = (value: unknown): number => (typeof value === "number" ? value : 0);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function toProblem(value: unknown): JobProblem[] {
  if (!isRecord(value)) return [];
  const { file, line, column, message, severity } = value;
  return [
    {
      file: typeof file === "string" ? file : null,
      line: typeof line === "number" ? line : null,
      column: typeof column === "number" ? column : null,
      message: typeof message === "string" ? message : "Unknown problem.",
      severity: severity === "warning" ? "warning" : "error",
    },
  ];
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
    documents: listOf(value.documents).filter((id) => typeof id === "string"),
    problems: listOf(value.problems).flatMap(toProblem),
  };
}

/** A file on its way: to the server, then through it. */
export interface CorpusRun {
  readonly kind: "corpus";
  readonly projectId: string;
  readonly fileName: string;
  /** `uploading` until the server has the file; `over` when nothing more will happen. */
  readonly phase: "uploading" | "working" | "over";
  /** Bytes the server has been sent. */
  readonly sent: number;
  readonly size: number;
  readonly jobId: string | null;
  readonly job: Job | null;
  /** The last question got no answer; it is asked again. */
  readonly isUnreachable: boolean;
  /** Why there is no job, or no more. */
  readonly error: ShownError | null;
  readonly isCancelled: boolean;
}

export type CorpusEvent =
  | { readonly kind: "sent"; readonly bytes: number }
  | { readonly kind: "accepted"; readonly jobId: string }
  | { readonly kind: "told"; readonly job: Job }
  | { readonly kind: "unanswered" }
  | { readonly kind: "failed"; readonly error: ShownError }
  | { readonly kind: "cancelled" };

export function newRun(projectId: string, fileName: string, size: number): CorpusRun {
  return {
    kind: "corpus",
    projectId,
    fileName,
    phase: "uploading",
    sent: 0,
    size,
    jobId: null,
    job: null,
    isUnreachable: false,
    error: null,
    isCancelled: false,
  };
}

/** What is over stays as it ended, whatever still arrives. */
export function afterEvent(run: CorpusRun, event: CorpusEvent): CorpusRun {
  if (run.phase === "over") return run;
  switch (event.kind) {
    case "sent":
      return run.phase === "uploading" ? { ...run, sent: Math.max(run.sent, event.bytes) } : run;
    case "accepted":
      return { ...run, phase: "working", sent: run.size, jobId: event.jobId };
    case "told": {
      const isOver = event.job.state !== "queued" && event.job.state !== "running";
      return {
        ...run,
        phase: isOver ? "over" : "working",
        job: event.job,
        isUnreachable: false,
        isCancelled: event.job.state === "cancelled",
      };
    }
    case "unanswered":
      return { ...run, isUnreachable: true };
    case "failed":
      return { ...run, phase: "over", error: event.error };
    case "cancelled":
      return { ...run, phase: "over", isCancelled: true };
  }
}

/** 0 to 1; null while it can't be known. Sending the file is the first half. */
export function shareOf({ phase, sent, size, job }: CorpusRun): number | null {
  if (phase === "over") return 1;
  if (phase === "uploading") return size === 0 ? null : (0.5 * sent) / size;
  if (job === null || job.total === 0) return 0.5;
  return 0.5 + 0.5 * Math.min(1, job.done / job.total);
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;

/** How long to wait before asking again: a short job is over at once, a long one is not asked about all the time. */
export function pauseBefore(question: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 1.4 ** question);
}

export const isDone = ({ phase, job }: CorpusRun): boolean => phase === "over" && job?.state === "done";

/** "5 documents, 412 annotations". */
export function contentsOf({ documentCount, annotationCount }: Job): string {
  return `${countOf(documentCount, "document")}, ${countOf(annotationCount, "annotation")}`;
}

/** "line 12, column 4"; with the file where a zip holds several. */
export function placeOf({ file, line, column }: JobProblem): string {
  const places = [
    file,
    line === null ? null : `line ${formatNumber(line)}`,
    line === null || column === null ? null : `column ${formatNumber(column)}`,
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
