// Sends a file to the server and asks after the job that it becomes, until it is over.
import {
  describeError,
  errorFromBody,
  errorOfResponse,
  type ShownError,
} from "../../../apollo/error-message.ts";
import { t } from "../../../words/words.ts";
import type { TableColumns } from "./columns.ts";
import { toJob } from "./job.ts";
import { isEnded, type JobEvent, pauseBefore } from "./job-run.ts";

export interface Upload {
  readonly projectId: string;
  readonly file: Blob;
  readonly fileName: string;
  /** One of the server's formats; told from the file where it is absent. */
  readonly format?: string;
}

/** How the file of a job is read once more. A label or type that is null is left out, one that is absent is new or known. */
export interface StartRequest {
  readonly dryRun: boolean;
  readonly format?: string;
  readonly columns?: TableColumns;
  readonly labels?: Readonly<Record<string, string | null>>;
  readonly relationTypes?: Readonly<Record<string, string | null>>;
}

type Tell = (event: JobEvent) => void;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const jobPath = (jobId: string) => `/jobs/${encodeURIComponent(jobId)}`;
const jobIn = (location: string | null) => location?.match(/\/jobs\/([^/?#]+)$/u)?.[1] ?? null;

function unknownError(status: number): ShownError {
  return { code: "UNKNOWN", field: null, message: t("errors:answered", { status }), requestId: null };
}

/**
 * Sends a file to be looked at, not yet to be imported. The job's id; null when there is none, which has been told then.
 * `fetch` can't say how much it has sent.
 */
export function upload(wanted: Upload, signal: AbortSignal, tell: Tell): Promise<string | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const end = (event: JobEvent, jobId: string | null = null) => {
      tell(event);
      resolve(jobId);
    };
    request.upload.onprogress = ({ loaded }) => tell({ kind: "sent", bytes: loaded });
    request.onload = () => {
      const jobId = jobIn(request.getResponseHeader("Location"));
      if (request.status === 202 && jobId !== null) end({ kind: "accepted", jobId }, jobId);
      else
        end({ kind: "failed", error: errorFromBody(request.responseText) ?? unknownError(request.status) });
    };
    request.onerror = () => end({ kind: "failed", error: describeError(new TypeError("no answer")) });
    request.onabort = () => end({ kind: "cancelled" });
    signal.addEventListener("abort", () => request.abort(), { once: true });
    const parameters = new URLSearchParams({
      format: wanted.format ?? "auto",
      dryRun: "1",
      name: wanted.fileName,
    });
    request.open("POST", `/projects/${encodeURIComponent(wanted.projectId)}/import?${parameters}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(wanted.file);
  });
}

/** What the server says of a job; null without an answer. */
async function askAfter(jobId: string, signal: AbortSignal): Promise<JobEvent | null> {
  try {
    const response = await fetch(jobPath(jobId), { signal });
    if (response.ok) {
      const job = toJob(await response.json());
      return job === null ? { kind: "unanswered" } : { kind: "told", job };
    }
    const error = await errorOfResponse(response);
    // Restarting, or asked too often: the job goes on meanwhile.
    return response.status >= 500 || response.status === 429
      ? { kind: "unanswered" }
      : { kind: "failed", error };
  } catch {
    return signal.aborted ? null : { kind: "unanswered" };
  }
}

/** Follows a job that was accepted; ends with it, or when `signal` says that nobody wants to know any more. */
export async function followJob(jobId: string, signal: AbortSignal, tell: Tell): Promise<void> {
  for (let question = 0; !signal.aborted; question++) {
    await pause(pauseBefore(question));
    const event = signal.aborted ? null : await askAfter(jobId, signal);
    if (event === null) return;
    tell(event);
    if (event.kind === "failed" || (event.kind === "told" && isEnded(event.job))) return;
  }
}

/** Ends a job, or gives up the file of one that has ended. */
export async function cancelJob(jobId: string): Promise<void> {
  // Without an answer the job goes on and its next report says so.
  await fetch(jobPath(jobId), { method: "DELETE" }).catch(() => undefined);
}

export type Begun = { readonly jobId: string } | { readonly error: ShownError };

async function begin(address: string, fallbackId: string, body?: StartRequest): Promise<Begun> {
  try {
    const response = await fetch(address, {
      method: "POST",
      ...(body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
    });
    if (!response.ok) return { error: await errorOfResponse(response) };
    return { jobId: jobIn(response.headers.get("Location")) ?? fallbackId };
  } catch (cause) {
    return { error: describeError(cause) };
  }
}

/** A new job on the file of one that was a dry run. */
export function startJob(jobId: string, request: StartRequest): Promise<Begun> {
  return begin(`${jobPath(jobId)}/start`, jobId, request);
}

/** Takes back what a job has brought in. */
export function undoJob(jobId: string): Promise<Begun> {
  return begin(`${jobPath(jobId)}/undo`, jobId);
}
