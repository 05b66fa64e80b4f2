/** Import jobs as their makers see them: what has become of one, and calling it off. */
import type { Problem } from "@concord/formats";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import { conflict, notFound } from "../errors.ts";
import type { ImportJob } from "../generated/prisma/client.ts";
import { parseProgress } from "./import-progress.ts";

/** Ids and problems that a job lists at most. */
export const MAX_LISTED = 1_000;

/** A job as `GET /jobs/{id}` answers it. */
export interface JobView {
  id: string;
  state: string;
  /** Bytes read so far, and of the whole file. */
  done: number;
  total: number;
  documentCount: number;
  annotationCount: number;
  documents: string[];
  problems: Problem[];
}

const problemsSchema = z.array(
  z.object({
    file: z.string().nullable(),
    line: z.number().nullable(),
    column: z.number().nullable(),
    message: z.string(),
    severity: z.enum(["error", "warning"]),
  }),
);

/** The problems in a job's column. */
export function parseProblems(json: unknown): Problem[] {
  return problemsSchema.parse(json);
}

function viewOf(job: ImportJob): JobView {
  return {
    id: job.id,
    state: job.state.toLowerCase(),
    done: Number(job.done),
    total: Number(job.total),
    documentCount: job.documentCount,
    annotationCount: job.annotationCount,
    documents: job.documents,
    problems: parseProblems(job.problems),
  };
}

/**
 * What has become of a job; whether the asker may know is for the caller to ask.
 * @throws NOT_FOUND also while it is being uploaded
 */
export async function readJob({ prisma }: Database, id: string): Promise<JobView> {
  const job = await prisma.importJob.findUnique({ where: { id } });
  if (job === null || parseProgress(job.progress).phase === "upload") throw notFound("job");
  return viewOf(job);
}

/**
 * Calls a job off: one that nobody has begun ends at once, a running one is undone by whoever works on it. Again is
 * no change.
 * @throws CONFLICT for a job that came to its end
 */
export async function cancelJob({ prisma }: Database, id: string): Promise<void> {
  await prisma.$transaction(async (tx) => {
    // Waits for the batch that is under way.
    await tx.$queryRaw`select 1 from import_job where id = ${id}::uuid for update`;
    const job = await tx.importJob.findUnique({ where: { id }, select: { state: true, progress: true } });
    if (job === null || parseProgress(job.progress).phase === "upload") throw notFound("job");
    if (job.state === "CANCELLED") return;
    if (job.state === "DONE" || job.state === "FAILED") {
      throw conflict(
        `The job is ${job.state.toLowerCase()}; only one that is queued or running can be cancelled.`,
      );
    }
    await tx.importJob.update({ where: { id }, data: { cancelRequested: true } });
    if (job.state === "RUNNING") return;
    await tx.importJob.update({ where: { id }, data: { state: "CANCELLED", finishedAt: new Date() } });
    await tx.importPiece.deleteMany({ where: { jobId: id } });
  }, PATIENT);
}

/** A batch may hold the job's row for as long as its largest document takes. */
export const PATIENT = { maxWait: 30_000, timeout: 600_000 } as const;

/** Forgets jobs that ended 30 days ago, and uploads that were begun a day ago and never ended. */
export async function forgetOldJobs({ prisma }: Database): Promise<void> {
  await prisma.$executeRaw`
    delete from import_job where finished_at < now() - interval '30 days'
      or (progress->>'phase' = 'upload' and created_at < now() - interval '1 day')`;
}
