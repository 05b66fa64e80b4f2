/** What can be done with an import job after its end: starting its file with other decisions, and taking it back. */
import { v7 as uuidv7 } from "uuid";
import type { Database, Transaction } from "../database/database.ts";
import { conflict, notFound } from "../errors.ts";
import type { ImportJob } from "../generated/prisma/client.ts";
import { toInputJson } from "../graphql/stored-json.ts";
import { type Choices, parseChoices } from "./import-choices.ts";
import { parseFindings } from "./import-findings.ts";
import { canStartAgain, canTakeBack, PATIENT } from "./import-jobs.ts";
import { freshProgress, parseProgress } from "./import-progress.ts";

/** How a file is started anew; what is left out stays as it was. */
export interface NewStart {
  makerId: string;
  format?: string;
  dryRun: boolean;
  choices: Partial<Choices>;
}

/**
 * Makes a new job of the file of one that was a dry run, or did not know how to read it. The old job gives its file up.
 * @returns the new job's id
 * @throws NOT_FOUND, CONFLICT for any other job, and when the file is not kept any more
 */
export async function startAgain({ prisma }: Database, jobId: string, start: NewStart): Promise<string> {
  return prisma.$transaction(async (tx) => {
    const job = await held(tx, jobId);
    if (!canStartAgain({ ...job, findings: parseFindings(job.findings) }))
      throw conflict(
        `The job is ${stateOf(job)}; only one that was a dry run, or whose format or columns were not sure, can be started.`,
        { state: stateOf(job) },
      );
    const id = uuidv7();
    const { makerId, format = job.format, dryRun, choices } = start;
    const { projectId, fileName, total } = job;
    await tx.importJob.create({
      data: {
        ...{ id, projectId, createdBy: makerId, format, dryRun, fileName, total },
        choices: toInputJson({ ...parseChoices(job.choices), ...choices }),
        progress: freshProgress("read"),
      },
    });
    const { count } = await tx.importPiece.updateMany({ where: { jobId }, data: { jobId: id } });
    if (count === 0)
      throw conflict("The job's file is not kept any more: it was started already, or is older than a day.", {
        state: stateOf(job),
      });
    return id;
  }, PATIENT);
}

/**
 * Has a done import taken back, by whichever server comes to it.
 * @throws NOT_FOUND, CONFLICT for a job that is not done, or has made nothing
 */
export async function takeBack({ prisma }: Database, jobId: string, byId: string): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const job = await held(tx, jobId);
    if (!canTakeBack(job)) throw conflict(whyNot(job), { state: stateOf(job) });
    const progress = parseProgress(job.progress);
    await tx.importJob.update({
      where: { id: jobId },
      data: {
        ...{ state: "QUEUED", finishedAt: null, leaseHolder: null, leaseUntil: null },
        ...{ documents: [], documentCount: 0, annotationCount: 0, problems: [] },
        progress: {
          ...progress,
          ...{ phase: "undo", attempts: 0, problemCount: 0, outcome: "CANCELLED", undoneBy: byId },
        },
      },
    });
  }, PATIENT);
}

function whyNot(job: ImportJob): string {
  if (job.state === "DONE") return "The job was a dry run: there is nothing to take back.";
  if (job.state === "CANCELLED") return "The job was called off or taken back already.";
  return `The job is ${stateOf(job)}; only one that is done can be taken back.`;
}

function stateOf({ state }: ImportJob): string {
  return state.toLowerCase();
}

/** The job, which nobody changes meanwhile. */
async function held(tx: Transaction, id: string): Promise<ImportJob> {
  await tx.$queryRaw`select 1 from import_job where id = ${id}::uuid for update`;
  const job = await tx.importJob.findUnique({ where: { id } });
  if (job === null || parseProgress(job.progress).phase === "upload") throw notFound("job");
  return job;
}
