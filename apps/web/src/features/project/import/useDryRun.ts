// Asks the server what an import of files would do, without doing it, as often as somebody wants them read otherwise.
// Leaving the page or choosing other files gives the question up, and the file with it.
import { useCallback, useEffect, useRef, useState } from "react";
import { describeError } from "../../../apollo/error-message.ts";
import { t } from "../../../words/words.ts";
import type { Job } from "./job.ts";
import { afterEvent, isEnded, type JobEvent, type JobRun, newRun } from "./job-run.ts";
import { packFiles } from "./pack-files.ts";
import { type Begun, cancelJob, followJob, type StartRequest, startJob, upload } from "./run-job.ts";

export interface DryRun {
  readonly run: JobRun;
  /** The last job that came to an end: what is shown while the next one is under way. */
  readonly seen: Job | null;
  /** Sends the files once more, after a failure. */
  readonly retry: () => void;
  /** Reads the file once more. */
  readonly again: (request: Omit<StartRequest, "dryRun">) => Promise<void>;
  /** Imports the file; the job is somebody else's to follow from then on. */
  readonly start: (request: Omit<StartRequest, "dryRun">) => Promise<Begun>;
}

/** What is asked for of files; a change asks anew, so it must not be made anew with every render. */
export interface Wanted {
  readonly files: readonly File[];
  readonly format?: string;
}

/** The file that goes as it is; several go as a zip. */
const onlyOf = (files: readonly File[]): File | undefined => (files.length === 1 ? files[0] : undefined);

function firstRun(projectId: string, files: readonly File[]): JobRun {
  const only = onlyOf(files);
  const name = only?.name ?? t("import:preview.zipName", { count: files.length });
  return newRun(projectId, name, only?.size ?? null);
}

export function useDryRun(projectId: string, { files, format }: Wanted): DryRun {
  const [attempt, setAttempt] = useState(0);
  const [run, setRun] = useState(() => firstRun(projectId, files));
  const [seen, setSeen] = useState<Job | null>(null);
  /** The job that holds the file; null once that is imported. */
  const held = useRef<string | null>(null);
  const controller = useRef(new AbortController());

  const tellFor = useCallback(
    ({ signal }: AbortController) =>
      (event: JobEvent) => {
        if (signal.aborted) return;
        if (event.kind === "told" && isEnded(event.job)) setSeen(event.job);
        setRun((present) => afterEvent(present, event));
      },
    [],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks the same once more.
  useEffect(() => {
    const current = new AbortController();
    controller.current = current;
    const tell = tellFor(current);
    const { signal } = current;
    const ask = async () => {
      const only = onlyOf(files);
      const file = only ?? (await packFiles(files, signal));
      tell({ kind: "packed", size: file.size });
      const fileName = only?.name ?? t("import:preview.zipFile", { count: files.length });
      const jobId = await upload({ projectId, file, fileName, ...(format && { format }) }, signal, tell);
      if (jobId === null) return;
      // Given up while the answer was on its way: nobody will ask for the file.
      if (signal.aborted) return cancelJob(jobId);
      held.current = jobId;
      await followJob(jobId, signal, tell);
    };
    setRun(firstRun(projectId, files));
    setSeen(null);
    ask().catch((cause: unknown) => tell({ kind: "failed", error: describeError(cause) }));
    return () => {
      current.abort();
      if (held.current !== null) void cancelJob(held.current);
      held.current = null;
    };
  }, [projectId, files, format, attempt, tellFor]);

  const again = async (request: Omit<StartRequest, "dryRun">) => {
    const current = controller.current;
    const tell = tellFor(current);
    const jobId = held.current;
    if (jobId === null) return;
    const begun = await startJob(jobId, { ...request, dryRun: true });
    if ("error" in begun) {
      tell({ kind: "again", jobId, isUndo: false });
      tell({ kind: "failed", error: begun.error });
      return;
    }
    if (current.signal.aborted) return cancelJob(begun.jobId);
    held.current = begun.jobId;
    tell({ kind: "again", jobId: begun.jobId, isUndo: false });
    await followJob(begun.jobId, current.signal, tell);
  };
  const start = async (request: Omit<StartRequest, "dryRun">): Promise<Begun> => {
    if (held.current === null) return { error: describeError(new TypeError("no job")) };
    const begun = await startJob(held.current, { ...request, dryRun: false });
    if ("jobId" in begun) held.current = null;
    return begun;
  };
  return { run, seen, retry: () => setAttempt(attempt + 1), again, start };
}
