/** Works on one import job: brings it in batch by batch, or takes it back. */
import type { CorpusHeader } from "@concord/formats";
import type { FastifyBaseLogger } from "fastify";
import { requireProject } from "../access/access.service.ts";
import type { Database, Transaction } from "../database/database.ts";
import { ApiError } from "../errors.ts";
import { LIMITS } from "../graphql/input-checks.ts";
import type { Live } from "../live/live.ts";
import type { ProjectChange } from "../live/project-change.ts";
import { lockMembers } from "../people/members.service.ts";
import { readerFormat } from "./import-choices.ts";
import { asMaker, type Bringing, commit } from "./import-commit.ts";
import { freshFindings, leftOutWords } from "./import-findings.ts";
import { addProblems, Cancelled, problemOf, Refused, type RunningJob, Stopped, step } from "./import-job.ts";
import { createMapping } from "./import-mapping.ts";
import type { File, Reader } from "./import-reading.ts";
import { undoImport } from "./import-undo.ts";
import { storedPiece } from "./import-upload.ts";

/** Takes without a step forward until the job fails. */
const MAX_ATTEMPTS = 3;

/** Annotations from which on an import changes what the planner should know; it finds out by itself a minute later. */
const MANY_ROWS = 50_000;

/** What a file without a name is called. */
const NAMELESS = "Untitled";

/** What a job is worked on with. The batch that is under way when the server stops still ends. */
export interface ImportRun {
  db: Database;
  live: Pick<Live, "published">;
  job: RunningJob;
  reader: Pick<Reader, "read">;
  maxText: number;
  /** Set when the server stops. */
  signal: AbortSignal;
  /** Set too when the job is called off or taken over; the reason is what is thrown then. */
  interrupt: AbortSignal;
  log: Pick<FastifyBaseLogger, "error">;
}

/**
 * Goes on with a job until it is done, or undone, or the server stops.
 * @throws LeaseLost, and whatever unexpected happens; the job may then be taken again
 */
export async function runImport(run: ImportRun): Promise<void> {
  const { job } = run;
  if (job.progress.phase === "undo") return undoImport(run);
  try {
    if (job.progress.attempts > MAX_ATTEMPTS) {
      throw new Refused([
        problemOf(
          "error",
          "The server failed several times at the same place and gave up; its log says why.",
        ),
      ]);
    }
    await bringIn(run);
  } catch (error) {
    if (error instanceof Stopped) return;
    const end = endOf(error);
    if (end === null) throw error;
    job.progress = { ...job.progress, phase: "undo", outcome: end.outcome };
    addProblems(job, end.problems);
    job.documents = [];
    job.documentCount = 0;
    job.annotationCount = 0;
    await step(run, async () => []);
    await undoImport(run);
  }
}

/** How a job ends that can't go on; null for what nobody foresaw. */
function endOf(
  error: unknown,
): { outcome: "FAILED" | "CANCELLED"; problems: ConstructorParameters<typeof Refused>[0] } | null {
  if (error instanceof Cancelled) return { outcome: "CANCELLED", problems: [] };
  if (error instanceof Refused) return { outcome: "FAILED", problems: error.problems };
  // Its maker has lost the right meanwhile, or the project is gone.
  if (error instanceof ApiError) return { outcome: "FAILED", problems: [problemOf("error", error.message)] };
  return null;
}

async function bringIn(run: ImportRun): Promise<void> {
  const { db, live, job, interrupt } = run;
  if (job.dryRun) startOver(job);
  const reading = run.reader.read(fileOf(run));
  const bringing: Bringing = { db, live, job, mapping: createMapping(job.choices), known: {} };
  let words: CorpusHeader | null = null;
  // The next batch is read while this one is being written.
  let coming = reading.next();
  try {
    for (let batch = await coming; batch !== null; batch = await coming) {
      coming = reading.next();
      coming.catch(() => {});
      words ??= batch.header?.header ?? null;
      await commit(bringing, batch);
      interrupt.throwIfAborted();
    }
  } finally {
    await reading.end();
  }
  // What PostgreSQL knows of its tables is from before, and it would read them as if they were small.
  if (!job.dryRun && job.annotationCount >= MANY_ROWS) await db.pool.query("analyze annotation, span");
  await finish(run, words);
}

function fileOf({ db, job, maxText, interrupt, log }: ImportRun): File {
  const { columns } = job.choices;
  return {
    order: {
      name: job.fileName ?? NAMELESS,
      size: job.total,
      options: {
        ...readerFormat(job.format),
        ...(columns === null ? {} : { columns }),
        limits: { ...LIMITS, text: maxText },
        from: job.progress.next,
      },
    },
    piece: (index) => storedPiece(db, job.id, index),
    signal: interrupt,
    // Kept with the lease; a job that is gone on with does not seem to go back.
    progress(done) {
      job.done = Math.max(job.done, done);
    },
    report: (cause) => log.error({ err: cause, jobId: job.id }, "a reader failed on an imported file"),
  };
}

/** A dry run keeps nothing to go on from. */
function startOver(job: RunningJob): void {
  job.documents = [];
  job.documentCount = 0;
  job.annotationCount = 0;
  job.problems = [];
  job.progress = { ...job.progress, next: 0, problemCount: 0, header: null };
  job.findings = freshFindings();
}

/** The project's own words come last, so that a cancelled import has nothing to give back. */
async function finish(run: ImportRun, header: CorpusHeader | null): Promise<void> {
  const { db, job } = run;
  const end = async (tx: Transaction): Promise<ProjectChange[]> => {
    await lockMembers(tx, job.projectId);
    await requireProject(asMaker(db, job), job.projectId, "manageDocuments", tx);
    job.done = job.total;
    addProblems(
      job,
      leftOutWords(job.findings).map((message) => problemOf("warning", message)),
    );
    if (job.dryRun || header === null || !job.progress.header?.takesOver) return [];
    const { name, description, guidelines } = header;
    const after = { name, description, guidelines };
    const before = await tx.project.findUniqueOrThrow({
      where: { id: job.projectId },
      select: { name: true, description: true, guidelines: true },
    });
    await tx.project.update({ where: { id: job.projectId }, data: after });
    job.progress.header.tookOver = { before, after };
    return [{ kind: "PROJECT_SAVED", parts: ["NAME", "DESCRIPTION", "GUIDELINES"] }];
  };
  await step(run, end, "DONE");
}
