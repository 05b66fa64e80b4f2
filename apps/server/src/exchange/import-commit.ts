/** Brings one batch of an import in: all of it and how far the job has come, or nothing. */
import type { CorpusHeader } from "@concord/formats";
import { may } from "../access/access.policy.ts";
import { requireProject } from "../access/access.service.ts";
import type { Database, Transaction } from "../database/database.ts";
import type { Role } from "../generated/prisma/enums.ts";
import type { Live } from "../live/live.ts";
import { MAX_NAMED, type ProjectChange } from "../live/project-change.ts";
import { lockMembers } from "../people/members.service.ts";
import { applyCodebook, type Codebook, type CodebookPlan, planCodebook } from "./corpus-codebook.ts";
import { type Destination, planDocuments } from "./corpus-documents.ts";
import { insertRows } from "./corpus-insert.ts";
import { planPeople } from "./corpus-people.ts";
import type { Batch } from "./import-batches.ts";
import {
  countDocuments,
  countProblems,
  countWords,
  noteFiles,
  noteRefusal,
  noteWords,
} from "./import-findings.ts";
import { addProblems, problemOf, Refused, type RunningJob, step } from "./import-job.ts";
import { MAX_LISTED } from "./import-jobs.ts";
import type { Mapping } from "./import-mapping.ts";

/** Where batches go. */
export interface Bringing {
  db: Database;
  live: Pick<Live, "published">;
  job: RunningJob;
  mapping: Mapping;
  /** Settled by the first batch that this server brings in. */
  known: Partial<Destination>;
}

/**
 * One transaction.
 * @throws Refused for a file that can't come in, LeaseLost, Cancelled
 */
export async function commit({ db, live, job, mapping, known }: Bringing, batch: Batch): Promise<void> {
  const isFirst = job.progress.header === null;
  if (isFirst && batch.files !== null) noteFiles(job.findings, batch.files);
  if (isFirst && batch.header !== null) countProblems(job.findings, batch.header.problems);
  if (batch.header !== null && batch.header.header === null) {
    noteRefusal(job.findings);
    throw new Refused(batch.header.problems);
  }
  await step({ db, live, job }, async (tx) => {
    // One import at a time in a project, so that import order and source ids hold; and nobody's role changes meanwhile.
    await lockMembers(tx, job.projectId);
    const role = await requireProject(asMaker(db, job), job.projectId, "manageDocuments", tx);
    const header = batch.header?.header ?? null;
    const changedCodebook = header !== null && (await takeHeader(tx, job, known, header, mapping, role));
    requireAuthorsStill(job, role);
    if (isFirst) addProblems(job, batch.header?.problems ?? []);
    countWords(job.findings, batch.events);
    const events = batch.events.map(mapping.document);
    const { rows, problems, taken, duplicateCount } = await planDocuments(tx, complete(known), events);
    countDocuments(job.findings, events, taken, duplicateCount);
    addProblems(job, problems);
    addBroken(job, batch);
    if (job.dryRun) pretend(known, rows.documents);
    else await insertRows(tx, job.projectId, rows);
    job.documentCount += rows.documents.length;
    job.annotationCount += rows.annotations.length;
    if (!job.dryRun)
      job.documents.push(...rows.documents.slice(0, MAX_LISTED - job.documents.length).map(({ id }) => id));
    job.done = Math.min(batch.end, job.total);
    job.progress.next = (batch.events.at(-1)?.ordinal ?? job.progress.next - 1) + 1;
    return job.dryRun ? [] : changesOf(changedCodebook, rows.documents);
  });
}

/** A server that goes on behind the last document meets the same end of the file again. */
function addBroken(job: RunningJob, { broken }: Batch): void {
  const isTold = (message: string) => job.problems.some((problem) => problem.message === message);
  const news = broken.filter(({ message }) => !isTold(message));
  countProblems(job.findings, news);
  addProblems(job, news);
}

/** What a batch is in the project's log: one change, none where nothing came in. */
function changesOf(codebookChanged: boolean, documents: readonly { id: string }[]): ProjectChange[] {
  if (!codebookChanged && documents.length === 0) return [];
  return [
    {
      kind: "DOCUMENTS_IMPORTED",
      documentCount: documents.length,
      documentIds: documents.slice(0, MAX_NAMED).map(({ id }) => id),
      codebookChanged,
    },
  ];
}

/** Rights are asked as for the one who began the import, at each batch anew. */
export function asMaker(db: Database, job: RunningJob) {
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
  found: CorpusHeader,
  mapping: Mapping,
  role: Role,
): Promise<boolean> {
  const { projectId } = job;
  const takesOver = job.progress.header === null && (await mayTakeOver(tx, job, mapping));
  const header = mapping.header(found);
  const plan = await planCodebook(tx, projectId, header, takesOver);
  requireTargets(plan.codebook, mapping);
  if (job.progress.header === null) {
    noteWords(job.findings, found, keysBefore(plan), job.choices);
    addProblems(
      job,
      plan.warnings.map((message) => problemOf("warning", message)),
    );
    job.progress.header = await beginHeader(tx, job, header, { takesOver, plan, role });
  }
  job.progress.header.madeLabels.push(...plan.newLabels.map(({ id }) => id));
  job.progress.header.madeRelationTypes.push(...plan.newRelationTypes.map(({ id }) => id));
  if (!job.dryRun) await applyCodebook(tx, projectId, plan);
  Object.assign(known, destinationOf(job, plan.codebook, job.progress.header));
  return plan.replacesDefault || plan.newLabels.length + plan.newRelationTypes.length > 0;
}

/**
 * Whether the project becomes what the file says: name, guidelines, an untouched codebook. Only Concord's own files say
 * all that, and only an empty project has nothing to lose; labels that are mapped on need their codebook.
 */
async function mayTakeOver(tx: Transaction, job: RunningJob, mapping: Mapping): Promise<boolean> {
  if (job.findings.format !== "concord") return false;
  if (mapping.labelTargets.length + mapping.relationTypeTargets.length > 0) return false;
  return (await tx.document.count({ where: { projectId: job.projectId, deletedAt: null } })) === 0;
}

type Header = NonNullable<RunningJob["progress"]["header"]>;

async function beginHeader(
  tx: Transaction,
  job: RunningJob,
  { users }: CorpusHeader,
  { takesOver, plan, role }: { takesOver: boolean; plan: CodebookPlan; role: Role },
): Promise<Header> {
  const { projectId, makerId } = job;
  const namesAuthors = may(role, "nameAuthors");
  const { people, newPeople, warnings } = await planPeople(tx, { projectId, makerId, namesAuthors }, users);
  addProblems(
    job,
    warnings.map((message) => problemOf("warning", message)),
  );
  if (!job.dryRun) await tx.person.createMany({ data: newPeople });
  const { _max } = await tx.document.aggregate({ where: { projectId }, _max: { position: true } });
  return {
    takesOver,
    replacedDefault: plan.replacesDefault,
    namesAuthors,
    people,
    madeLabels: [],
    madeRelationTypes: [],
    madePeople: newPeople.map(({ id }) => id),
    lastPosition: Number(_max.position ?? 0),
    tookOver: null,
  };
}

/** What was chosen when the job began may have been deleted since. */
function requireTargets(codebook: Codebook, { labelTargets, relationTypeTargets }: Mapping): void {
  const missing = [
    ...labelTargets.filter((key) => !codebook.labels.has(key)).map((key) => `label ${JSON.stringify(key)}`),
    ...relationTypeTargets
      .filter((key) => !codebook.relationTypes.has(key))
      .map((key) => `relation type ${JSON.stringify(key)}`),
  ];
  if (missing.length > 0)
    throw new Refused(
      missing.map((what) =>
        problemOf("error", `The codebook has no ${what} any more, which was chosen for the file's.`),
      ),
    );
}

function keysBefore({ codebook, newLabels, newRelationTypes }: CodebookPlan) {
  const added = new Set(newLabels.map(({ key }) => key));
  const addedTypes = new Set(newRelationTypes.map(({ key }) => key));
  return {
    labels: new Set([...codebook.labels.keys()].filter((key) => !added.has(key))),
    relationTypes: new Set([...codebook.relationTypes.keys()].filter((key) => !addedTypes.has(key))),
  };
}

function destinationOf(job: RunningJob, codebook: Codebook, { people, lastPosition }: Header): Destination {
  return {
    jobId: job.id,
    projectId: job.projectId,
    makerId: job.makerId,
    codebook,
    people: new Map(people),
    now: new Date().toISOString(),
    lastPosition,
    pretended: { ids: new Set(), sourceIds: new Set() },
  };
}

function complete(known: Partial<Destination>): Destination {
  const { jobId, projectId, makerId, codebook, people, now, lastPosition, pretended } = known;
  if (
    !jobId ||
    !projectId ||
    !makerId ||
    !codebook ||
    !people ||
    !now ||
    lastPosition === undefined ||
    !pretended
  )
    throw new Error("documents came before the header");
  return { jobId, projectId, makerId, codebook, people, now, lastPosition, pretended };
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
