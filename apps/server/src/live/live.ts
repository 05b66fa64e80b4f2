/** Live collaboration of one server: the hub, the bus that joins servers, and the guards of open subscriptions. */
import type { FastifyBaseLogger } from "fastify";
import type { Database } from "../database/database.ts";
import { forbidden, notFound, revisionGone } from "../errors.ts";
import { type Bus, type BusState, createLocalBus, createRedisBus } from "./bus.ts";
import { DocumentWatch, type PersonalWatchRequest } from "./document-watch.ts";
import { createGroups, type Groups } from "./group.ts";
import { createHub } from "./hub.ts";
import { insist } from "./insist.ts";
import { isOlderThan, readLog, revisionsOf } from "./log.ts";

/** How often the log is asked whether a message was missed, and rights whether they still hold; ms. */
const SWEEP = 800;

export interface Live {
  /**
   * Changes of a layer above a revision, for as long as the person may read the document.
   * @throws REVISION_GONE when the log does not reach from there
   */
  watch(request: PersonalWatchRequest): Promise<DocumentWatch>;
  /** Who is handed the same messages; see group.ts. */
  groups: Groups;
  /** What is read for watchers is read through this. */
  db: Database;
  /** Open subscriptions. */
  watcherCount(): number;
  busState(): BusState;
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
  logDays,
  log,
}: {
  db: Database;
  redisUrl: string | null;
  /** Changes older than this are history, and not replayed; null replays all. */
  logDays: number | null;
  log: FastifyBaseLogger;
}): Live {
  const watches = new Set<DocumentWatch>();
  const checks: (() => Promise<void>)[] = [];
  const hub = createHub({
    read: (layerId, after, upTo) => insist(() => readLog(db.prisma, layerId, after, upTo)),
  });

  async function catchUp(): Promise<void> {
    const watched = hub.watchedLayers();
    if (watched.length === 0) return;
    for (const [layerId, revision] of await revisionsOf(db.prisma, watched)) hub.advanced(layerId, revision);
  }

  /** Ends the subscriptions of people who may no longer read what they watch. */
  async function checkAccess(): Promise<void> {
    if (watches.size === 0) return;
    // Asked before the query: who comes later was let in later.
    const byPlace = Map.groupBy(
      watches,
      ({ request: { documentId, personId } }) => `${documentId} ${personId}`,
    );
    const asked = [...byPlace.values()].flatMap(([first]) => (first ? [first.request] : []));
    const lost = await db.prisma.$queryRaw<{ documentId: string; personId: string; exists: boolean }[]>`
      select w.document_id as "documentId", w.person_id as "personId",
        (d.id is not null and p.id is not null) as exists
      from unnest(${asked.map((w) => w.documentId)}::uuid[], ${asked.map((w) => w.personId)}::uuid[]) as w(document_id, person_id)
      left join document d on d.id = w.document_id and d.deleted_at is null
      left join project p on p.id = d.project_id and p.deleted_at is null
      left join membership m on m.project_id = d.project_id and m.person_id = w.person_id
      where d.id is null or p.id is null or m.person_id is null`;
    for (const { documentId, personId, exists } of lost) {
      for (const watch of byPlace.get(`${documentId} ${personId}`) ?? [])
        watch.onRefused(
          exists ? forbidden("You are no longer a member of this project.") : notFound("document"),
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

  const bus: Bus = redisUrl === null ? createLocalBus(hear) : createRedisBus(redisUrl, hear, log);
  function hear(message: Parameters<Bus["publish"]>[0]): void {
    if ("accessChanged" in message) void sweep();
    else hub.advanced(message.layerId, message.revision);
  }

  return {
    async watch(request) {
      const { layerId, afterRevision } = request;
      // Holds before it asks how far the log has come: what is committed in between is heard of, not missed.
      const release = hub.hold(layerId);
      try {
        const head = (await revisionsOf(db.prisma, [layerId])).get(layerId);
        if (head === undefined) throw notFound("document");
        if (afterRevision > head) {
          throw revisionGone(
            `The document is at revision ${head}; there is none ${afterRevision}. Read the document again.`,
          );
        }
        if (logDays !== null && (await isOlderThan(db.prisma, layerId, afterRevision, logDays))) {
          throw revisionGone(
            `What came after revision ${afterRevision} is more than ${logDays} days old. Read the document again.`,
          );
        }
        hub.advanced(layerId, head);
      } catch (error) {
        release();
        throw error;
      }
      const watch = new DocumentWatch(request, () => {
        watches.delete(watch);
        release();
      });
      watches.add(watch);
      return watch;
    },
    groups: createGroups(hub),
    db,
    watcherCount: () => watches.size,
    busState: bus.state,
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
