/**
 * Keeps every text searchable. Nothing has to tell it what changed: a document is pending as long as what is written of
 * it does not fit it, so imports, new versions, changes of language and restored backups are all found in the same way.
 * It works in the background, on one connection; whoever searches first has their own project done, if that goes quickly.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { FastifyBaseLogger } from "fastify";
import type { Database } from "../database/database.ts";
import type { HeavyWork } from "../exchange/heavy-work.ts";
import { ensureTrigrams } from "./trigrams.ts";
import { IS_PENDING, writePassages } from "./write-passages.ts";

/** What one transaction makes searchable at most, except for one document that is larger by itself. */
const BATCH = { documents: 50, codePoints: 200_000 } as const;

/** Pending documents that are looked up at once. */
const LISTED = 5_000;

/** How long a search waits for its project, ms. */
const PATIENCE = 2_000;

/** Somebody else has the documents at hand; ms. */
const PAUSE = 50;

/** How long imports must rest until the background begins: it must not slow down those that follow one another; ms. */
const REST = 1_000;

/** Between batches of the background while files go in or out here: they need the processor and the memory; ms. */
const BREATH = 1_000;

/** And so many times as long as the batch before took, so that four fifths of the time are theirs. */
const YIELDS = 4;

/** Between lines in the log, ms. */
const REPORT = 10_000;

export interface SearchIndex {
  /** Some texts may be new: goes over all that is pending, soon. */
  wake(): void;
  /** Goes over all that is pending, now. */
  catchUp(): Promise<void>;
  /** Waits a little until a project's documents are searchable; answers how far that is. */
  settle(projectId: string): Promise<SearchState>;
  dispose(): Promise<void>;
}

/** How far a project is searchable. */
export interface SearchState {
  /** The text search configurations of its passages. */
  configs: string[];
  /** Documents that can't be searched yet. */
  pendingCount: number;
}

interface PendingDocument {
  id: string;
  length: number;
}

export function createSearchIndex({
  db,
  heavyWork,
  log,
}: {
  db: Database;
  heavyWork: Pick<HeavyWork, "isUnderWay">;
  log: FastifyBaseLogger;
}): SearchIndex {
  const { pool } = db;
  const stop = new AbortController();
  /** Documents that could not be done; tried again by the next server that starts. */
  const failed = new Set<string>();
  const running = new Set<Promise<unknown>>();
  const settling = new Map<string, Promise<void>>();
  let triedTrigrams = false;
  let alarm: NodeJS.Timeout | undefined;

  /** Notes a task, so that the end of the server waits for it. */
  function note<T>(task: Promise<T>): Promise<T> {
    const noted = task.finally(() => running.delete(noted));
    running.add(noted);
    return noted;
  }

  async function pending(projectId: string | null): Promise<PendingDocument[]> {
    const { rows } = await pool.query<PendingDocument>(
      `select d.id, d.length from document d left join searchable_document s on s.document_id = d.id
       where d.deleted_at is null and ${IS_PENDING} and ($1::uuid is null or d.project_id = $1) and d.id <> all($2::uuid[])
       order by d.position limit ${LISTED}`,
      [projectId, [...failed]],
    );
    return rows;
  }

  async function write(documents: readonly PendingDocument[]): Promise<number> {
    try {
      return await writePassages(
        pool,
        documents.map(({ id }) => id),
        stop.signal,
      );
    } catch (error) {
      if (stop.signal.aborted) return 0;
      const [only, ...more] = documents;
      if (only && more.length === 0) {
        failed.add(only.id);
        log.error({ err: error, documentId: only.id }, "could not make a document searchable");
        return 0;
      }
      let written = 0;
      for (const document of documents) written += await write([document]);
      return written;
    }
  }

  /**
   * Does what is pending until nothing is, or until others are at what is left.
   * @param report told after each batch
   */
  async function work(projectId: string | null, report?: (written: number, left: number) => void) {
    let idle = 0;
    while (!stop.signal.aborted && idle < PATIENCE / PAUSE) {
      const documents = await pending(projectId);
      if (documents.length === 0) return;
      let written = 0;
      let left = documents.length;
      let took = 0;
      for (const batch of inBatches(documents)) {
        if (projectId === null && heavyWork.isUnderWay())
          await delay(Math.max(BREATH, YIELDS * took), undefined, { signal: stop.signal }).catch(() => {});
        if (stop.signal.aborted) return;
        const begun = performance.now();
        const count = await write(batch);
        took = performance.now() - begun;
        written += count;
        left -= batch.length;
        report?.(count, left);
      }
      if (written > 0) continue;
      if (projectId === null) return;
      idle++;
      await delay(PAUSE);
    }
  }

  async function runThrough(): Promise<void> {
    if (!triedTrigrams) await ensureTrigrams(pool, log);
    triedTrigrams = true;
    let done = 0;
    let lastReport = performance.now();
    await work(null, (written, left) => {
      done += written;
      if (performance.now() - lastReport < REPORT) return;
      lastReport = performance.now();
      log.info(`making texts searchable: ${done} documents done, ${left} or more to go`);
    });
    if (done > 0) log.info(`made ${done} ${done === 1 ? "document" : "documents"} searchable`);
  }

  let through: Promise<void> = Promise.resolve();
  /** One after the other: what comes in during one is for the next. */
  function catchUp(): Promise<void> {
    through = note(through.catch(() => {}).then(() => (stop.signal.aborted ? undefined : runThrough())));
    return through;
  }

  async function state(projectId: string): Promise<SearchState> {
    const { rows } = await pool.query<SearchState>(
      `select coalesce(array_agg(distinct s.config) filter (where s.config is not null), '{}') as configs,
         (count(*) filter (where ${IS_PENDING}))::int as "pendingCount"
       from document d left join searchable_document s on s.document_id = d.id
       where d.project_id = $1 and d.deleted_at is null`,
      [projectId],
    );
    return rows[0] ?? { configs: [], pendingCount: 0 };
  }

  function settleProject(projectId: string): Promise<void> {
    const known = settling.get(projectId);
    if (known !== undefined) return known;
    const task = note(work(projectId).finally(() => settling.delete(projectId)));
    settling.set(projectId, task);
    return task;
  }

  return {
    wake() {
      clearTimeout(alarm);
      if (stop.signal.aborted) return;
      alarm = setTimeout(() => {
        catchUp().catch((error: unknown) =>
          log.error({ err: error }, "could not make texts searchable; tried again in an hour"),
        );
      }, REST);
    },
    catchUp,
    async settle(projectId) {
      const before = await state(projectId);
      if (before.pendingCount === 0) return before;
      const enough = new AbortController();
      const patience = delay(PATIENCE, undefined, { signal: enough.signal }).catch(() => {});
      try {
        await Promise.race([settleProject(projectId), patience]);
      } finally {
        enough.abort();
      }
      return state(projectId);
    },
    async dispose() {
      stop.abort();
      clearTimeout(alarm);
      await Promise.allSettled(running);
    },
  };
}

function* inBatches(documents: readonly PendingDocument[]): Generator<PendingDocument[], void, undefined> {
  let batch: PendingDocument[] = [];
  let codePoints = 0;
  for (const document of documents) {
    batch.push(document);
    codePoints += document.length;
    if (batch.length < BATCH.documents && codePoints < BATCH.codePoints) continue;
    yield batch;
    batch = [];
    codePoints = 0;
  }
  if (batch.length > 0) yield batch;
}
