/** A job while somebody works on it: its row under a lease, read once and written with each step forward. */
import type { Problem } from "@concord/formats";
import type { Database, Transaction } from "../database/database.ts";
import type { ImportJob } from "../generated/prisma/client.ts";
import type { Live } from "../live/live.ts";
import type { ProjectChange } from "../live/project-change.ts";
import { announce, recordChanges } from "../live/project-log.ts";
import { type Choices, parseChoices } from "./import-choices.ts";
import { type Findings, parseFindings } from "./import-findings.ts";
import { canStartAgain, MAX_LISTED, PATIENT, parseProblems } from "./import-jobs.ts";
import { type Progress, parseProgress } from "./import-progress.ts";

/** The lease is somebody else's by now: whoever finds out does nothing more. */
export class LeaseLost extends Error {
  constructor(jobId: string) {
    super(`the lease of import job ${jobId} is lost`);
    this.name = "LeaseLost";
  }
}

/** The server stops while it works on the job. */
export class Stopped extends Error {
  constructor() {
    super("the server stops");
    this.name = "Stopped";
  }
}

/** The maker has called the job off. */
export class Cancelled extends Error {
  constructor() {
    super("the import was cancelled");
    this.name = "Cancelled";
  }
}

/** The import can't go on, for reasons that the maker is told. */
export class Refused extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super("the import was refused");
    this.name = "Refused";
    this.problems = problems;
  }
}

/** A job and how far it has come. Changed in memory first and kept by `save`; after a failure it is to be read again. */
export interface RunningJob {
  readonly id: string;
  readonly projectId: string;
  readonly makerId: string;
  readonly format: string;
  readonly fileName: string | null;
  readonly choices: Choices;
  readonly dryRun: boolean;
  readonly total: number;
  readonly leaseHolder: string;
  done: number;
  documentCount: number;
  annotationCount: number;
  documents: string[];
  problems: Problem[];
  progress: Progress;
  findings: Findings;
}

/** The job as its row has it. */
export function runningJob(row: ImportJob, leaseHolder: string): RunningJob {
  return {
    id: row.id,
    projectId: row.projectId,
    makerId: row.createdBy,
    format: row.format,
    fileName: row.fileName,
    choices: parseChoices(row.choices),
    dryRun: row.dryRun,
    total: Number(row.total),
    leaseHolder,
    done: Number(row.done),
    documentCount: row.documentCount,
    annotationCount: row.annotationCount,
    documents: row.documents,
    problems: parseProblems(row.problems),
    progress: parseProgress(row.progress),
    findings: parseFindings(row.findings),
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

/** What a step is made with. */
interface Step {
  db: Database;
  live: Pick<Live, "published">;
  job: RunningJob;
}

/**
 * One step forward: a transaction that holds the job's row, so that nobody takes the job over meanwhile, and that keeps
 * what was done together with how far the job has come.
 * @param work answers what the project's log is to say of it
 * @throws LeaseLost, Cancelled unless the job is being undone already; nothing is kept then
 */
export async function step(
  { db, live, job }: Step,
  work: (tx: Transaction) => Promise<ProjectChange[]>,
  end?: "DONE" | "FAILED" | "CANCELLED",
): Promise<void> {
  const places = await db.prisma.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ holder: string | null; cancelled: boolean }[]>`
      select lease_holder as holder, cancel_requested as cancelled from import_job where id = ${job.id}::uuid for update`;
    if (row?.holder !== job.leaseHolder) throw new LeaseLost(job.id);
    if (row.cancelled && job.progress.phase === "read") throw new Cancelled();
    job.progress.attempts = 0;
    const changes = await work(tx);
    const by = { authorId: job.progress.undoneBy ?? job.makerId, clientMutationId: null };
    const logged = changes.length === 0 ? [] : [await recordChanges(tx, job.projectId, by, changes)];
    const { done, documentCount, annotationCount, documents, problems, progress, findings } = job;
    await tx.importJob.update({
      where: { id: job.id },
      data: {
        done,
        documentCount,
        annotationCount,
        documents,
        problems: problems.map((problem) => ({ ...problem })),
        progress,
        findings,
        ...(end === undefined
          ? {}
          : { state: end, finishedAt: new Date(), leaseHolder: null, leaseUntil: null }),
      },
    });
    if (end === undefined) {
      await tx.$executeRaw`
        update import_job set lease_until = clock_timestamp() + interval '20 s' where id = ${job.id}::uuid`;
    } else if (!canStartAgain({ ...job, state: end }))
      await tx.importPiece.deleteMany({ where: { jobId: job.id } });
    return logged;
  }, PATIENT);
  announce({ live }, places);
}
