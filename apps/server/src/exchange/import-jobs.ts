/** Import jobs as their makers see them: what has become of one, and calling it off. */
import type { Problem } from "@concord/formats";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import { conflict, notFound } from "../errors.ts";
import type { ImportJob } from "../generated/prisma/client.ts";
import { type Findings, parseFindings } from "./import-findings.ts";
import { parseProgress } from "./import-progress.ts";

/** Ids and problems that a job lists at most. */
export const MAX_LISTED = 1_000;

/** A job as `GET /jobs/{id}` answers it. */
export interface JobView {
  id: string;
  state: string;
  /** Bytes done with, and of the whole file; of one that is read twice, half count each time. */
  done: number;
  total: number;
  documentCount: number;
  annotationCount: number;
  documents: string[];
  problems: Problem[];
  /** What was asked for, or found: `zip` for files of several formats. */
  format: string;
  dryRun: boolean;
  fileName: string | null;
  /** Its file is still kept, so that it can be started with other decisions. */
  canStart: boolean;
  /** It has brought something in that can be taken back as a whole. */
  canUndo: boolean;
  /** At most 1,000. */
  files: Findings["files"];
  preview: Findings["preview"];
  /** What the file may be, where that is not sure. */
  candidates: string[];
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

/** Whether a job's file is of use after the job's end: for a day, it can be started with other decisions. */
export function canStartAgain(job: { state: string; dryRun: boolean; findings: Findings }): boolean {
  if (job.state === "DONE") return job.dryRun;
  return job.state === "FAILED" && job.findings.undecided !== null;
}

/** Whether what a job brought in can be taken back. */
export function canTakeBack({ state, dryRun }: Pick<ImportJob, "state" | "dryRun">): boolean {
  return state === "DONE" && !dryRun;
}

function viewOf(job: ImportJob, hasFile: boolean): JobView {
  const findings = parseFindings(job.findings);
  const { format, files, preview, candidates } = findings;
  // One that is being taken back is no waiting import, even while it waits for a server.
  const isUndone = job.state === "QUEUED" && parseProgress(job.progress).phase === "undo";
  return {
    id: job.id,
    state: isUndone ? "running" : job.state.toLowerCase(),
    done: Number(job.done),
    total: Number(job.total),
    documentCount: job.documentCount,
    annotationCount: job.annotationCount,
    documents: job.documents,
    problems: parseProblems(job.problems),
    format: format ?? job.format,
    dryRun: job.dryRun,
    fileName: job.fileName,
    canStart: hasFile && canStartAgain({ ...job, findings }),
    canUndo: canTakeBack(job),
    files,
    preview,
    candidates: job.state === "FAILED" ? candidates : [],
  };
}

/**
 * What has become of a job; whether the asker may know is for the caller to ask.
 * @throws NOT_FOUND also while it is being uploaded
 */
export async function readJob({ prisma }: Database, id: string): Promise<JobView> {
  const job = await prisma.importJob.findUnique({
    where: { id },
    include: { pieces: { where: { index: 0 }, select: { index: true } } },
  });
  if (job === null || parseProgress(job.progress).phase === "upload") throw notFound("job");
  return viewOf(job, job.pieces.length > 0);
}

/**
 * Calls a job off: one that nobody has begun ends at once, a running one is undone by whoever works on it. Of one that
 * has ended and could be started again the file is forgotten. Again is no change.
 * @throws CONFLICT for a job that came to its end
 */
export async function cancelJob({ prisma }: Database, id: string): Promise<void> {
  await prisma.$transaction(async (tx) => {
    // Waits for the batch that is under way.
    await tx.$queryRaw`select 1 from import_job where id = ${id}::uuid for update`;
    const job = await tx.importJob.findUnique({ where: { id } });
    const phase = job === null ? "upload" : parseProgress(job.progress).phase;
    if (job === null || phase === "upload") throw notFound("job");
    if (job.state === "CANCELLED" || (phase === "undo" && job.state === "QUEUED")) return;
    if (canStartAgain({ ...job, findings: parseFindings(job.findings) })) {
      await tx.importPiece.deleteMany({ where: { jobId: id } });
      return;
    }
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

/**
 * Forgets jobs that ended 30 days ago, uploads that were begun a day ago and never ended, and files that were kept for a
 * day after their job.
 */
export async function forgetOldJobs({ prisma }: Database): Promise<void> {
  await prisma.$executeRaw`
    delete from import_piece p using import_job j where j.id = p.job_id and j.finished_at < now() - interval '1 day'`;
  await prisma.$executeRaw`
    delete from import_job where finished_at < now() - interval '30 days'
      or (progress->>'phase' = 'upload' and created_at < now() - interval '1 day')`;
}
