/** Takes back what an import job has made, so that one that is cancelled, fails or is undone later leaves the project as it was. */
import type { Database, Transaction } from "../database/database.ts";
import type { Live } from "../live/live.ts";
import { MAX_NAMED, type ProjectChange } from "../live/project-change.ts";
import { undoCodebook } from "./corpus-codebook.ts";
import { layerIdOf } from "./corpus-documents.ts";
import { removeUnnamedPeople } from "./corpus-people.ts";
import { addProblems, problemOf, type RunningJob, step } from "./import-job.ts";
import { MAX_LISTED } from "./import-jobs.ts";

/** Documents that go in one transaction. */
const BATCH_DOCUMENTS = 50;

/** A document that the job made. */
interface MadeDocument {
  id: string;
  layerId: string;
  title: string;
  /** Somebody has worked on it since. */
  touched: boolean;
}

/** What it takes to undo a job. */
interface UndoRun {
  db: Database;
  live: Pick<Live, "published">;
  job: RunningJob;
  /** Set when the server stops; the batch that is under way still ends. */
  signal: AbortSignal;
}

/** Undoes batch by batch, the last documents first; any server can go on with it. */
export async function undoImport(run: UndoRun): Promise<void> {
  const { job, signal } = run;
  if (!job.dryRun) {
    while (job.progress.next > 0) {
      await step(run, (tx) => undoBatch(tx, job));
      if (signal.aborted) return;
    }
  }
  await step(run, (tx) => undoHeader(tx, job), job.progress.outcome ?? "FAILED");
}

async function undoBatch(tx: Transaction, job: RunningJob): Promise<ProjectChange[]> {
  const from = Math.max(0, job.progress.next - BATCH_DOCUMENTS);
  const layerIds = Array.from({ length: job.progress.next - from }, (_, index) =>
    layerIdOf(job.id, from + index),
  );
  job.progress.next = from;
  // A write that is under way ends first, and then counts.
  await tx.$queryRaw`select 1 from layer where id = any(${layerIds}::uuid[]) order by id for update`;
  const made = await tx.$queryRaw<MadeDocument[]>`
    select d.id, l.id as "layerId", d.title,
      exists (select 1 from layer other where other.document_id = d.id and other.revision > 0)
        or exists (select 1 from document_status s where s.document_id = d.id and s.status <> 'NEW')
        or exists (select 1 from document next where next.replaces_id = d.id) as touched
    from layer l join document d on d.id = l.document_id where l.id = any(${layerIds}::uuid[])`;
  for (const document of made.filter(({ touched }) => touched)) await keep(tx, job, document);
  const untouched = made.filter(({ touched }) => !touched);
  if (untouched.length === 0) return [];
  const gone = untouched.map(({ layerId }) => layerId);
  // Rows are reached from two sides, see the end of the first migration.
  await tx.$executeRaw`set constraints all deferred`;
  await tx.$executeRaw`delete from annotation where layer_id = any(${gone}::uuid[]) and deleted_at is null`;
  const documentIds = untouched.map(({ id }) => id);
  await tx.document.deleteMany({ where: { id: { in: documentIds } } });
  return [removed({ documentCount: documentIds.length, documentIds, codebookChanged: false })];
}

function removed(what: Omit<Extract<ProjectChange, { kind: "DOCUMENTS_REMOVED" }>, "kind">): ProjectChange {
  return { kind: "DOCUMENTS_REMOVED", ...what, documentIds: what.documentIds.slice(0, MAX_NAMED) };
}

async function keep(tx: Transaction, job: RunningJob, { id, layerId, title }: MadeDocument): Promise<void> {
  addProblems(job, [problemOf("warning", `“${title}” stays: somebody has worked on it since it came in.`)]);
  job.documentCount++;
  job.annotationCount += await tx.annotation.count({ where: { layerId, deletedAt: null } });
  if (job.documents.length < MAX_LISTED) job.documents.push(id);
}

async function undoHeader(tx: Transaction, job: RunningJob): Promise<ProjectChange[]> {
  const { header } = job.progress;
  if (header === null || job.dryRun) return [];
  const { madeLabels, madeRelationTypes, madePeople, replacedDefault } = header;
  await undoCodebook(tx, job.projectId, {
    labelIds: madeLabels,
    relationTypeIds: madeRelationTypes,
    replacedDefault,
  });
  await removeUnnamedPeople(tx, madePeople);
  return [
    removed({ documentCount: 0, documentIds: [], codebookChanged: true }),
    ...(await undoWords(tx, job.projectId, header.tookOver)),
  ];
}

/** Gives the project its own words back, as far as nobody has written others since. */
async function undoWords(tx: Transaction, projectId: string, tookOver: TookOver): Promise<ProjectChange[]> {
  if (tookOver === null) return [];
  const { before, after } = tookOver;
  const now = await tx.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { name: true, description: true, guidelines: true },
  });
  await tx.project.update({
    where: { id: projectId },
    data: {
      name: now.name === after.name ? before.name : now.name,
      description: now.description === after.description ? before.description : now.description,
      guidelines: now.guidelines === after.guidelines ? before.guidelines : now.guidelines,
    },
  });
  return [{ kind: "PROJECT_SAVED", parts: ["NAME", "DESCRIPTION", "GUIDELINES"] }];
}

type TookOver = NonNullable<RunningJob["progress"]["header"]>["tookOver"];
