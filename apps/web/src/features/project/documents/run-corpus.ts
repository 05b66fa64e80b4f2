// Sends a corpus to the server and asks after the job that it becomes, until it is over.
import { describeError, errorFromBody, errorOfResponse } from "../../../apollo/error-message.ts";
import { type CorpusEvent, pauseBefore, toJob } from "./job.ts";

export interface CorpusUpload {
  readonly projectId: string;
  readonly file: File;
  /** Only reports what would be imported. */
  readonly dryRun: boolean;
}

type Tell = (event: CorpusEvent) => void;

const addressOf = ({ projectId, dryRun }: CorpusUpload) =>
  `/projects/${encodeURIComponent(projectId)}/import?format=auto${dryRun ? "&dryRun=1" : ""}`;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The job's id; null when there is none, which has been told then. `fetch` can't say how much it has sent. */
function upload(wanted: CorpusUpload, signal: AbortSignal, tell: Tell): Promise<string | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const end = (event: CorpusEvent, jobId: string | null = null) => {
      tell(event);
      resolve(jobId);
    };
    request.upload.onprogress = ({ loaded }) => tell({ kind: "sent", bytes: loaded });
    request.onload = () => {
      const jobId = request.getResponseHeader("Location")?.match(/\/jobs\/([^/?#]+)$/u)?.[1];
      if (request.status === 202 && jobId !== undefined) {
        end({ kind: "accepted", jobId }, jobId);
        return;
      }
      const message = `The server answered ${request.status}. Try again in a moment.`;
      const known = errorFromBody(request.responseText);
      end({ kind: "failed", error: known ?? { code: "UNKNOWN", field: null, message, requestId: null } });
    };
    request.onerror = () => end({ kind: "failed", error: describeError(new TypeError("no answer")) });
    request.onabort = () => end({ kind: "cancelled" });
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.open("POST", addressOf(wanted));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(wanted.file);
  });
}

/** What the server says of a job; null without an answer. */
async function askAfter(jobId: string, signal: AbortSignal): Promise<CorpusEvent | null> {
  try {
    const response = await fetch(`/jobs/${encodeURIComponent(jobId)}`, { signal });
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
    if (event.kind === "failed") return;
    if (event.kind === "told" && event.job.state !== "queued" && event.job.state !== "running") return;
  }
}

export async function cancelJob(jobId: string): Promise<void> {
  // Without an answer the job goes on and its next report says so.
  await fetch(`/jobs/${encodeURIComponent(jobId)}`, { method: "DELETE" }).catch(() => undefined);
}

/** Uploads and follows. Aborting gives up whatever is under way. */
export async function runCorpus(wanted: CorpusUpload, signal: AbortSignal, tell: Tell): Promise<void> {
  const jobId = await upload(wanted, signal, tell);
  if (jobId === null) return;
  await followJob(jobId, signal, tell);
  if (signal.aborted) await cancelJob(jobId);
}
