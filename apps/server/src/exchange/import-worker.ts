/** Lets this server work on import jobs: one at a time, taken under a lease that anybody may take over once it is old. */
import type { FastifyBaseLogger } from "fastify";
import { v7 as uuidv7 } from "uuid";
import type { Database } from "../database/database.ts";
import type { Settings } from "../env.ts";
import type { Live } from "../live/live.ts";
import type { SearchIndex } from "../search/search-index.ts";
import type { HeavyWork } from "./heavy-work.ts";
import { Cancelled, LeaseLost, type RunningJob, runningJob, Stopped } from "./import-job.ts";
import { createReader } from "./import-reading.ts";
import { type ImportRun, runImport } from "./import-run.ts";

/** How often it is looked for jobs of other servers, ms. */
const POLL = 2_000;

/** How often the lease is renewed, ms; it holds ten times as long. */
const RENEW = 2_000;

/** Of the advisory lock under which jobs are taken, so that two servers can't take two of one project. */
const TAKING = 0x696d706f;

/** This server's part in importing. */
export interface Importer {
  /** A job was queued here. */
  wake(): void;
  /** Waits for an upload that a closing server should not cut off from its database. */
  uploading<Outcome>(upload: Promise<Outcome>): Promise<Outcome>;
  /** Ends after the batch that is under way; another server may go on at once. */
  dispose(): Promise<void>;
}

/** Starts looking for jobs. */
export function createImporter({
  db,
  live,
  settings,
  searchIndex,
  heavyWork,
  log,
}: {
  db: Database;
  live: Live;
  searchIndex: Pick<SearchIndex, "wake">;
  heavyWork: HeavyWork;
  settings: Pick<Settings, "maxText">;
  log: FastifyBaseLogger;
}): Importer {
  const holder = uuidv7();
  const stop = new AbortController();
  const uploads = new Set<Promise<unknown>>();
  const bell = createBell();
  const reader = createReader();

  async function work(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        const job = await takeJob(db, holder);
        if (job !== null) {
          const { signal } = stop;
          const end = heavyWork.begin();
          await runUnderLease({ db, live, reader, maxText: settings.maxText, job, signal, log }).finally(end);
          searchIndex.wake();
          continue;
        }
      } catch (error) {
        log.error({ err: error }, "could not look for import jobs; tried again soon");
      }
      await bell.wait(POLL);
    }
  }

  const working = work();
  return {
    wake: bell.ring,
    async uploading(upload) {
      uploads.add(upload);
      try {
        return await upload;
      } finally {
        uploads.delete(upload);
      }
    },
    async dispose() {
      stop.abort(new Stopped());
      bell.ring();
      await Promise.allSettled([working, ...uploads]);
      await reader.dispose();
    },
  };
}

/** Something to wait for that may have happened already. */
function createBell(): { ring(): void; wait(ms: number): Promise<void> } {
  let rung = false;
  let answer = () => {};
  return {
    ring() {
      rung = true;
      answer();
    },
    async wait(ms) {
      if (!rung) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const timer = setTimeout(resolve, ms);
        answer = resolve;
        await promise;
        clearTimeout(timer);
      }
      rung = false;
    },
  };
}

/** Takes the job that has waited longest, if there is one whose project has no other under way. */
async function takeJob({ prisma }: Database, holder: string): Promise<RunningJob | null> {
  return prisma.$transaction(async (tx) => {
    await tx.$queryRaw`select pg_advisory_xact_lock(${TAKING}::bigint)::text`;
    const [taken] = await tx.$queryRaw<{ id: string }[]>`
      update import_job set state = 'RUNNING', lease_holder = ${holder}::uuid, lease_until = now() + interval '20 s',
        progress = jsonb_set(progress, '{attempts}', to_jsonb((progress->>'attempts')::int + 1))
      where id = (
        select j.id from import_job j
        where j.state in ('QUEUED', 'RUNNING') and progress->>'phase' <> 'upload'
          and (j.lease_until is null or j.lease_until < now())
          and not exists (
            select 1 from import_job o where o.project_id = j.project_id and o.id <> j.id and o.state = 'RUNNING')
        order by j.created_at, j.id limit 1 for update of j skip locked)
      returning id`;
    if (taken === undefined) return null;
    return runningJob(await tx.importJob.findUniqueOrThrow({ where: { id: taken.id } }), holder);
  });
}

type LeasedRun = Omit<ImportRun, "interrupt" | "log"> & { log: FastifyBaseLogger };

async function runUnderLease(run: LeasedRun): Promise<void> {
  const { db, job, log } = run;
  const lost = new AbortController();
  const renewing = setInterval(() => {
    renew(db, job).then(
      (end) => {
        if (end !== null) lost.abort(end);
      },
      (error: unknown) => log.warn({ err: error }, "could not renew the lease of an import job"),
    );
  }, RENEW);
  try {
    await runImport({ ...run, interrupt: AbortSignal.any([run.signal, lost.signal]) });
  } catch (error) {
    if (error instanceof LeaseLost)
      log.warn({ jobId: job.id }, "another server has taken an import job over");
    else log.error({ err: error, jobId: job.id }, "an import job failed; it is tried again");
  } finally {
    clearInterval(renewing);
    await release(db, job, run.signal.aborted);
  }
}

/**
 * Does not wait for a batch, which holds the row itself and renews the lease at its end. Answers why the job is not to
 * be gone on with, if so: a reader may be busy for long without a batch.
 */
async function renew(
  { prisma }: Database,
  { id, leaseHolder, done }: RunningJob,
): Promise<Cancelled | LeaseLost | null> {
  await prisma.$executeRaw`
    update import_job set lease_until = now() + interval '20 s', done = ${done} where id = (
      select id from import_job where id = ${id}::uuid and lease_holder = ${leaseHolder}::uuid for update skip locked)`;
  const job = await prisma.importJob.findUnique({
    where: { id },
    select: { leaseHolder: true, cancelRequested: true },
  });
  if (job?.leaseHolder !== leaseHolder) return new LeaseLost(id);
  return job.cancelRequested ? new Cancelled() : null;
}

/** Lets go of a job that is not at its end. One that failed rests a little, the longer the more often it did. */
async function release(
  { prisma }: Database,
  { id, leaseHolder }: RunningJob,
  atOnce: boolean,
): Promise<void> {
  await prisma.$executeRaw`
    update import_job set lease_holder = null,
      lease_until = case when ${atOnce} then null else now() + least(power(2, (progress->>'attempts')::int), 60) * interval '1 s' end,
      progress = case when ${atOnce} then jsonb_set(progress, '{attempts}', '0') else progress end
    where id = ${id}::uuid and lease_holder = ${leaseHolder}::uuid`;
}
