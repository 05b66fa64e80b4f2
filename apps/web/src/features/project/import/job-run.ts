// Files on their way in: packed, sent, read by a job of the server, and perhaps taken back. What a run makes of what
// happens to it; pure, nothing here sends.
import type { ShownError } from "../../../apollo/error-message.ts";
import type { Job } from "./job.ts";

export interface JobRun {
  readonly kind: "job";
  readonly projectId: string;
  /** Of the file, or what several are called together. */
  readonly fileName: string;
  /** `over` when nothing more will happen by itself. */
  readonly phase: "packing" | "uploading" | "working" | "over";
  /** Bytes the server has been sent. */
  readonly sent: number;
  readonly size: number;
  readonly jobId: string | null;
  readonly job: Job | null;
  /** The job takes back what it brought in. */
  readonly isUndo: boolean;
  /** The last question got no answer; it is asked again. */
  readonly isUnreachable: boolean;
  /** Why there is no job, or no more. */
  readonly error: ShownError | null;
  readonly isCancelled: boolean;
}

export type JobEvent =
  | { readonly kind: "packed"; readonly size: number }
  | { readonly kind: "sent"; readonly bytes: number }
  | { readonly kind: "accepted"; readonly jobId: string }
  | { readonly kind: "told"; readonly job: Job }
  | { readonly kind: "unanswered" }
  | { readonly kind: "failed"; readonly error: ShownError }
  | { readonly kind: "cancelled" }
  /** Of a run that is over: the same file again, or backwards. */
  | { readonly kind: "again"; readonly jobId: string; readonly isUndo: boolean };

/** `size` is null for files that are yet to be packed. */
export function newRun(projectId: string, fileName: string, size: number | null): JobRun {
  return {
    kind: "job",
    projectId,
    fileName,
    phase: size === null ? "packing" : "uploading",
    sent: 0,
    size: size ?? 0,
    jobId: null,
    job: null,
    isUndo: false,
    isUnreachable: false,
    error: null,
    isCancelled: false,
  };
}

export const isEnded = ({ state }: Job): boolean => state !== "queued" && state !== "running";

/** What is over stays as it ended, whatever still arrives, until somebody begins again. */
export function afterEvent(run: JobRun, event: JobEvent): JobRun {
  if (event.kind === "again")
    return {
      ...run,
      phase: "working",
      jobId: event.jobId,
      job: null,
      isUndo: event.isUndo,
      error: null,
      isCancelled: false,
    };
  if (run.phase === "over") return run;
  switch (event.kind) {
    case "packed":
      return { ...run, phase: "uploading", size: event.size };
    case "sent":
      return run.phase === "uploading" ? { ...run, sent: Math.max(run.sent, event.bytes) } : run;
    case "accepted":
      return { ...run, phase: "working", sent: run.size, jobId: event.jobId };
    case "told":
      return {
        ...run,
        phase: isEnded(event.job) ? "over" : "working",
        job: event.job,
        isUnreachable: false,
        isCancelled: event.job.state === "cancelled",
      };
    case "unanswered":
      return { ...run, isUnreachable: true };
    case "failed":
      return { ...run, phase: "over", error: event.error };
    case "cancelled":
      return { ...run, phase: "over", isCancelled: true };
  }
}

/** 0 to 1; null while it can't be known. Sending the file is the first half. */
export function shareOf({ phase, sent, size, job, isUndo }: JobRun): number | null {
  if (phase === "over") return 1;
  if (phase === "packing" || isUndo) return null;
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

export const isDone = ({ phase, job }: JobRun): boolean => phase === "over" && job?.state === "done";
