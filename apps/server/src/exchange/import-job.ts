/** A job while somebody works on it: its row under a lease, read once and written with each step forward. */
import type { Problem } from "@concord/formats";
import type { Database, Transaction } from "../database/database.ts";
import type { ImportJob } from "../generated/prisma/client.ts";
import { MAX_LISTED, PATIENT, parseProblems } from "./import-jobs.ts";
import { type Progress, parseProgress } from "./import-progress.ts";

/** The lease is somebody else's by now: whoever finds out does nothing more. */
export class LeaseLost extends Error {
  constructor(jobId: string) {
    super(`the lease of import job ${jobId} is lost`);
    this.name = "LeaseLost";
  }
}

/** The maker has called the job off. */
export class Cancelled extends Error {
  constructor() {
    super("the import was cancelled");
    this.name = "Cancelled";
  }
}

/** A job and how far it has come. Changed in memory first and kept by `save`; after a failure it is to be read again. */
export interface RunningJob {
  readonly id: string;
  readonly projectId: string;
  readonly makerId: string;
  readonly format: string;
  readonly dryRun: boolean;
  readonly total: number;
  readonly leaseHolder: string;
  done: number;
  documentCount: number;
  annotationCount: number;
  documents: string[];
  problems: Problem[];
  progress: Progress;
}

/** The job as its row has it. */
export function runningJob(row: ImportJob, leaseHolder: string): RunningJob {
  return {
    id: row.id,
    projectId: row.projectId,
    makerId: row.createdBy,
    format: row.format,
    dryRun: row.dryRun,
    total: Number(row.total),
    leaseHolder,
    done: Number(row.done),
    documentCount: row.documentCount,
    annotationCount: row.annotationCount,
    documents: row.documents,
    problems: parseProblems(row.problems),
    progress: parseProgress(row.progress),
  };
}

/** Keeps problems up to what a job may list; the last one then says how many there are. */
export function addProblems(job: RunningJob, problems: readonly Problem[]): void {
  job.progress.problemCount += problems.length;
  job.problems.push(...problems.slice(0, Math.max(0, MAX_LISTED - job.problems.length)));
  if (job.progress.problemCount <= MAX_LISTED) return;
  const more = job.progress.problemCount - MAX_LISTED + 1;
  job.problems[MAX_LISTED - 1] = {
    file: null,
    line: null,
    column: null,
    message: `There are ${more} more problems, which are not listed.`,
    severity: "warning",
  };
}

/** Something about the file as a whole. */
export function problemOf(severity: Problem["severity"], message: string): Problem {
  return { file: null, line: null, column: null, message, severity };
}

/**
 * One step forward: a transaction that holds the job's row, so that nobody takes the job over meanwhile, and that keeps
 * what was done together with how far the job has come.
 * @throws LeaseLost, Cancelled unless the job is being undone already; nothing is kept then
 */
export async function step(
  { prisma }: Database,
  job: RunningJob,
  work: (tx: Transaction) => Promise<void>,
  end?: "DONE" | "FAILED" | "CANCELLED",
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ holder: string | null; cancelled: boolean }[]>`
      select lease_holder as holder, cancel_requested as cancelled from import_job where id = ${job.id}::uuid for update`;
    if (row?.holder !== job.leaseHolder) throw new LeaseLost(job.id);
    if (row.cancelled && job.progress.phase === "read") throw new Cancelled();
    job.progress.attempts = 0;
    await work(tx);
    const { done, documentCount, annotationCount, documents, problems, progress } = job;
    await tx.importJob.update({
      where: { id: job.id },
      data: {
        done,
        documentCount,
        annotationCount,
        documents,
        problems: problems.map((problem) => ({ ...problem })),
        progress,
        ...(end === undefined
          ? {}
          : { state: end, finishedAt: new Date(), leaseHolder: null, leaseUntil: null }),
      },
    });
    if (end === undefined) {
      await tx.$executeRaw`
        update import_job set lease_until = clock_timestamp() + interval '20 s' where id = ${job.id}::uuid`;
    } else await tx.importPiece.deleteMany({ where: { jobId: job.id } });
  }, PATIENT);
}
