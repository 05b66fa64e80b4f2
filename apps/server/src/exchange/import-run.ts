/** Works on one import job: reads its file, and brings it in batch by batch. */
import {
  type CorpusEvent,
  type CorpusHeader,
  type DocumentEvent,
  type Problem,
  type ReadConcordOptions,
  readConcord,
} from "@concord/formats";
import { may } from "../access/access.policy.ts";
import { requireProject } from "../access/access.service.ts";
import type { Database, Transaction } from "../database/database.ts";
import { ApiError } from "../errors.ts";
import type { Role } from "../generated/prisma/enums.ts";
import { LIMITS } from "../graphql/input-checks.ts";
import { lockMembers } from "../people/members.service.ts";
import { bumpProject } from "../project/project.service.ts";
import { applyCodebook, type Codebook, planCodebook } from "./corpus-codebook.ts";
import { type Destination, planDocuments } from "./corpus-documents.ts";
import { insertRows } from "./corpus-insert.ts";
import { planPeople } from "./corpus-people.ts";
import { addProblems, Cancelled, problemOf, type RunningJob, step } from "./import-job.ts";
import { MAX_LISTED } from "./import-jobs.ts";
import { undoImport } from "./import-undo.ts";
import { storedFile } from "./import-upload.ts";

/** What one transaction brings in at most, except for one document that is larger by itself. */
const BATCH_DOCUMENTS = 200;
const BATCH_ANNOTATIONS = 5_000;
const BATCH_BYTES = 8 * 1024 * 1024;

/** Takes without a step forward until the job fails. */
const MAX_ATTEMPTS = 3;

/** What the job's way through its file is for. */
export interface ImportRun {
  db: Database;
  maxText: number;
  job: RunningJob;
  /** Set when the server stops; the batch that is under way still ends. */
  signal: AbortSignal;
}

/** Documents that come in together, with the problems found on the way to them. */
interface Batch {
  header: CorpusHeader | null;
  events: DocumentEvent[];
  problems: Problem[];
  end: number;
}

/** The import can't go on, for a reason that the maker is told. */
class Refused extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super("the import was refused");
    this.problems = problems;
  }
}

/**
 * Goes on with a job until it is done, or undone, or the server stops.
 * @throws LeaseLost, and whatever unexpected happens; the job may then be taken again
 */
export async function runImport(run: ImportRun): Promise<void> {
  const { db, job, signal } = run;
  if (job.progress.phase === "undo") return undoImport(db, job, signal);
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
    const end = endOf(error);
    if (end === null) throw error;
    job.progress = { ...job.progress, phase: "undo", outcome: end.outcome };
    addProblems(job, end.problems);
    job.documents = [];
    job.documentCount = 0;
    job.annotationCount = 0;
    await step(db, job, async () => {});
    await undoImport(db, job, signal);
  }
}

/** How a job ends that can't go on; null for what nobody foresaw. */
function endOf(error: unknown): { outcome: "FAILED" | "CANCELLED"; problems: readonly Problem[] } | null {
  if (error instanceof Cancelled) return { outcome: "CANCELLED", problems: [] };
  if (error instanceof Refused) return { outcome: "FAILED", problems: error.problems };
  // Its maker has lost the right meanwhile, or the project is gone.
  if (error instanceof ApiError) return { outcome: "FAILED", problems: [problemOf("error", error.message)] };
  return null;
}

async function bringIn(run: ImportRun): Promise<void> {
  const { db, job, signal, maxText } = run;
  if (job.dryRun) startOver(job);
  const options: ReadConcordOptions = {
    format: job.format === "json" || job.format === "ndjson" ? job.format : "auto",
    limits: { ...LIMITS, text: maxText },
    from: job.progress.next,
  };
  const batches = inBatches(readConcord(storedFile(db, job.id), options));
  const destination: Partial<Destination> = {};
  let words: CorpusHeader | null = null;
  // The next batch is read while this one is being written.
  let coming = batches.next();
  try {
    for (;;) {
      const { value: batch, done } = await coming;
      if (done) break;
      coming = batches.next();
      coming.catch(() => {});
      words ??= batch.header;
      await commit(run, destination, batch);
      if (signal.aborted) return;
    }
  } finally {
    await coming.catch(() => {});
    await batches.return();
  }
  await finish(run, words);
}

/** A dry run keeps nothing to go on from. */
function startOver(job: RunningJob): void {
  job.documents = [];
  job.documentCount = 0;
  job.annotationCount = 0;
  job.problems = [];
  job.progress = { ...job.progress, next: 0, problemCount: 0, header: null };
}

/** Gathers what is read; a header that can't be used ends the import. */
async function* inBatches(events: AsyncIterable<CorpusEvent>): AsyncGenerator<Batch, void, undefined> {
  let batch: Batch = { header: null, events: [], problems: [], end: 0 };
  let annotations = 0;
  let start = 0;
  for await (const event of events) {
    batch.end = event.end;
    if (event.kind === "header") {
      if (event.header === null) throw new Refused(event.problems);
      batch.header = event.header;
    }
    if (event.kind === "document") {
      batch.events.push(event);
      annotations += event.document?.annotations.length ?? 0;
    } else batch.problems.push(...event.problems);
    const full =
      annotations >= BATCH_ANNOTATIONS ||
      event.end - start >= BATCH_BYTES ||
      batch.events.length >= BATCH_DOCUMENTS;
    if (!full) continue;
    yield batch;
    batch = { header: null, events: [], problems: [], end: event.end };
    annotations = 0;
    start = event.end;
  }
  yield batch;
}

/** One batch: all of it and how far the job has come, or nothing. */
async function commit({ db, job }: ImportRun, known: Partial<Destination>, batch: Batch): Promise<void> {
  await step(db, job, async (tx) => {
    // One import at a time in a project, so that import order and source ids hold; and nobody's role changes meanwhile.
    await lockMembers(tx, job.projectId);
    const role = await requireProject(asMaker(db, job), job.projectId, "manageDocuments", tx);
    const changedCodebook = batch.header !== null && (await takeHeader(tx, job, known, batch.header, role));
    requireAuthorsStill(job, role);
    addProblems(job, batch.problems);
    const { rows, problems } = await planDocuments(tx, complete(known), batch.events);
    addProblems(job, problems);
    if (job.dryRun) pretend(known, rows.documents);
    else await insertRows(tx, job.projectId, rows);
    if (!job.dryRun && (changedCodebook || rows.documents.length > 0)) await bumpProject(tx, job.projectId);
    job.documentCount += rows.documents.length;
    job.annotationCount += rows.annotations.length;
    if (!job.dryRun)
      job.documents.push(...rows.documents.slice(0, MAX_LISTED - job.documents.length).map(({ id }) => id));
    job.done = Math.min(batch.end, job.total);
    job.progress.next = (batch.events.at(-1)?.ordinal ?? job.progress.next - 1) + 1;
  });
}

/** Rights are asked as for the one who began the import, at each batch anew. */
function asMaker(db: Database, job: RunningJob) {
  return { caller: { viewer: { id: job.makerId } }, db };
}

function requireAuthorsStill({ progress }: RunningJob, role: Role): void {
  if (progress.header?.namesAuthors && !may(role, "nameAuthors")) {
    throw new Refused([
      problemOf(
        "error",
        "Whoever began this import is no owner of the project any more and may not name authors.",
      ),
    ]);
  }
}

/** Brings in codebook and authors, the first time; afterwards finds them again. Answers whether anything was made. */
async function takeHeader(
  tx: Transaction,
  job: RunningJob,
  known: Partial<Destination>,
  header: CorpusHeader,
  role: Role,
): Promise<boolean> {
  const { projectId, makerId } = job;
  const first = job.progress.header === null;
  const empty = first && (await tx.document.count({ where: { projectId, deletedAt: null } })) === 0;
  const plan = await planCodebook(tx, projectId, header, empty);
  if (job.progress.header === null) {
    const namesAuthors = may(role, "nameAuthors");
    const { people, newPeople, warnings } = await planPeople(
      tx,
      { projectId, makerId, namesAuthors },
      header.users,
    );
    addProblems(
      job,
      [...plan.warnings, ...warnings].map((message) => problemOf("warning", message)),
    );
    if (!job.dryRun) await tx.person.createMany({ data: newPeople });
    job.progress.header = {
      takesOver: empty,
      replacedDefault: plan.replacesDefault,
      namesAuthors,
      people,
      madeLabels: [],
      madeRelationTypes: [],
      madePeople: newPeople.map(({ id }) => id),
    };
  }
  job.progress.header.madeLabels.push(...plan.newLabels.map(({ id }) => id));
  job.progress.header.madeRelationTypes.push(...plan.newRelationTypes.map(({ id }) => id));
  if (!job.dryRun) await applyCodebook(tx, projectId, plan);
  Object.assign(known, destinationOf(job, plan.codebook, job.progress.header.people));
  return plan.replacesDefault || plan.newLabels.length + plan.newRelationTypes.length > 0;
}

function destinationOf(job: RunningJob, codebook: Codebook, people: [string, string][]): Destination {
  return {
    jobId: job.id,
    projectId: job.projectId,
    makerId: job.makerId,
    codebook,
    people: new Map(people),
    now: new Date().toISOString(),
    pretended: { ids: new Set(), sourceIds: new Set() },
  };
}

function complete(known: Partial<Destination>): Destination {
  const { jobId, projectId, makerId, codebook, people, now, pretended } = known;
  if (!jobId || !projectId || !makerId || !codebook || !people || !now || !pretended)
    throw new Error("documents came before the header");
  return { jobId, projectId, makerId, codebook, people, now, pretended };
}

function pretend(
  { pretended }: Partial<Destination>,
  documents: readonly { id: string; sourceId: string | null }[],
): void {
  for (const { id, sourceId } of documents) {
    pretended?.ids.add(id);
    if (sourceId !== null) pretended?.sourceIds.add(sourceId);
  }
}

/** The project's own words come last, so that a cancelled import has nothing to give back. */
async function finish({ db, job }: ImportRun, header: CorpusHeader | null): Promise<void> {
  const end = async (tx: Transaction) => {
    await lockMembers(tx, job.projectId);
    await requireProject(asMaker(db, job), job.projectId, "manageDocuments", tx);
    job.done = job.total;
    if (job.dryRun || header === null || !job.progress.header?.takesOver) return;
    const { name, description, guidelines } = header;
    await tx.project.update({
      where: { id: job.projectId },
      data: { name, description, guidelines, revision: { increment: 1 } },
    });
  };
  await step(db, job, end, "DONE");
}
