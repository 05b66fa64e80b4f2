/** Live collaboration of one server: the hub, the bus that joins servers, and the guards of open subscriptions. */
import type { FastifyBaseLogger } from "fastify";
import type { Database } from "../database/database.ts";
import { forbidden, notFound, revisionGone } from "../errors.ts";
import { type Bus, createLocalBus, createRedisBus } from "./bus.ts";
import type { ChangeBatch } from "./change.ts";
import { createHub } from "./hub.ts";
import { readLog, revisionsOf } from "./log.ts";

/** How often the log is asked whether a message was missed, and rights whether they still hold; ms. */
const SWEEP = 1_000;

/** One open subscription to a document. */
interface Watch {
  personId: string;
  documentId: string;
  fail(error: Error): void;
}

export interface Live {
  /**
   * Changes of a layer above a revision, for as long as the person may read the document.
   * @throws REVISION_GONE when the log does not reach from there
   */
  watch(request: {
    layerId: string;
    documentId: string;
    personId: string;
    afterRevision: number;
  }): Promise<AsyncIterableIterator<ChangeBatch>>;
  /** A layer has come this far; call it after the commit. */
  published(layerId: string, revision: number): void;
  /** Somebody's rights, a project or a document may be gone: asks again for every open subscription, on every server. */
  accessChanged(): void;
  /** Runs on each sweep; for guards of what else stays open. */
  onSweep(check: () => Promise<void>): void;
  dispose(): Promise<void>;
}

/** Starts live collaboration on one server. */
export function createLive({
  db,
  redisUrl,
  log,
}: {
  db: Database;
  redisUrl: string | null;
  log: FastifyBaseLogger;
}): Live {
  const watches = new Set<Watch>();
  const checks: (() => Promise<void>)[] = [];
  const hub = createHub({ read: (layerId, after, upTo) => readLog(db.prisma, layerId, after, upTo) });

  async function catchUp(): Promise<void> {
    const watched = hub.watchedLayers();
    if (watched.length === 0) return;
    for (const [layerId, revision] of await revisionsOf(db.prisma, watched)) hub.advanced(layerId, revision);
  }

  /** Ends the subscriptions of people who may no longer read what they watch. */
  async function checkAccess(): Promise<void> {
    if (watches.size === 0) return;
    const asked = [...watches];
    const rows = await db.prisma.$queryRaw<
      { documentId: string; personId: string; exists: boolean; member: boolean }[]
    >`
      select w.document_id as "documentId", w.person_id as "personId",
        (d.id is not null and p.id is not null) as exists, (m.person_id is not null) as member
      from unnest(${asked.map((w) => w.documentId)}::uuid[], ${asked.map((w) => w.personId)}::uuid[]) as w(document_id, person_id)
      left join document d on d.id = w.document_id and d.deleted_at is null
      left join project p on p.id = d.project_id and p.deleted_at is null
      left join membership m on m.project_id = d.project_id and m.person_id = w.person_id`;
    const lost = new Map(
      rows
        .filter((row) => !row.exists || !row.member)
        .map((row) => [`${row.documentId} ${row.personId}`, row]),
    );
    for (const watch of asked) {
      const row = lost.get(`${watch.documentId} ${watch.personId}`);
      if (!row) continue;
      watch.fail(
        row.exists ? forbidden("You are no longer a member of this project.") : notFound("document"),
      );
    }
  }

  const sweepOnce = async () => {
    await catchUp();
    await checkAccess();
    for (const check of checks) await check();
  };
  let sweeping: Promise<void> = Promise.resolve();
  const sweep = () => {
    // One after the other: a slow database must not pile sweeps up.
    sweeping = sweeping
      .then(sweepOnce)
      .catch((error: unknown) => log.error({ err: error }, "a sweep of open subscriptions failed"));
    return sweeping;
  };
  let disposed = false;
  let timer = setTimeout(tick, SWEEP);
  function tick() {
    void sweep().then(() => {
      if (!disposed) timer = setTimeout(tick, SWEEP);
    });
  }

  /** How far a layer has come; leaves again when that can't be found out. */
  async function headOf(
    layerId: string,
    changes: AsyncIterableIterator<ChangeBatch>,
  ): Promise<number | undefined> {
    try {
      return (await revisionsOf(db.prisma, [layerId])).get(layerId);
    } catch (error) {
      await changes.return?.();
      throw error;
    }
  }

  const bus: Bus = redisUrl === null ? createLocalBus(hear) : createRedisBus(redisUrl, hear, log);
  function hear(message: Parameters<Bus["publish"]>[0]): void {
    if ("accessChanged" in message) void sweep();
    else hub.advanced(message.layerId, message.revision);
  }

  return {
    async watch({ layerId, documentId, personId, afterRevision }) {
      // Joins before it asks how far the log has come: what is committed in between is heard of, not missed.
      const changes = hub.watch({ layerId, documentId, afterRevision });
      const head = await headOf(layerId, changes);
      if (head === undefined || afterRevision > head) await changes.return?.();
      if (head === undefined) throw notFound("document");
      if (afterRevision > head) {
        throw revisionGone(
          `The document is at revision ${head}; there is none ${afterRevision}. Read the document again.`,
        );
      }
      hub.advanced(layerId, head);
      const watch: Watch = { personId, documentId, fail: changes.fail };
      watches.add(watch);
      const guarded: AsyncIterableIterator<ChangeBatch> = {
        next: async () => {
          try {
            const result = await changes.next();
            if (result.done) watches.delete(watch);
            return result;
          } catch (error) {
            watches.delete(watch);
            throw error;
          }
        },
        async return() {
          watches.delete(watch);
          await changes.return?.();
          return { done: true, value: undefined };
        },
        [Symbol.asyncIterator]() {
          return guarded;
        },
      };
      return guarded;
    },
    published: (layerId, revision) => bus.publish({ layerId, revision }),
    accessChanged: () => bus.publish({ accessChanged: true }),
    onSweep: (check) => void checks.push(check),
    async dispose() {
      disposed = true;
      clearTimeout(timer);
      hub.dispose();
      await sweeping;
      await bus.dispose();
    },
  };
}
