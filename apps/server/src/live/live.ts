/** Live collaboration of one server: the hub, the bus that joins servers, and the guards of open subscriptions. */
import type { FastifyBaseLogger } from "fastify";
import { type AccessQuestion, type DocumentAccess, documentAccesses } from "../access/access.service.ts";
import type { Database } from "../database/database.ts";
import { gather } from "../database/gather.ts";
import { notFound, revisionGone } from "../errors.ts";
import { type AccessGuard, createAccessGuard } from "./access-guard.ts";
import { type Bus, type BusState, createBus } from "./bus.ts";
import { createGroups, type Groups } from "./group.ts";
import { createHub, type WatchRequest } from "./hub.ts";
import { insist } from "./insist.ts";
import { isOlderThan, readLog, revisionsOf } from "./log.ts";
import { createProjectFeed, type ProjectFeed } from "./project-feed.ts";
import type { RedisLink } from "./redis-link.ts";
import { SharedWatch } from "./shared-watch.ts";

/** How often the log is asked whether a message was missed, and rights whether they still hold; ms. */
const SWEEP = 800;

/** What is watched, from where, and by whom. */
export interface PersonalWatchRequest extends WatchRequest {
  personId: string;
}

export interface Live {
  /** Where a document is and how somebody stands there; null for what they may not know of. Cheap for crowds. */
  accessOf(question: AccessQuestion): Promise<DocumentAccess | null>;
  /**
   * Changes of a layer above a revision, for as long as the person may read the document.
   * @throws REVISION_GONE when the log does not reach from there
   */
  watch(request: PersonalWatchRequest): Promise<SharedWatch>;
  /** Changes of projects' own data. */
  projects: ProjectFeed;
  /** For what else is open to those who may read a document. */
  guard: AccessGuard;
  /** Who is handed the same messages; see group.ts. */
  groups: Groups;
  /** What is read for watchers is read through this. */
  db: Database;
  /** Open subscriptions. */
  watcherCount(): number;
  busState(): BusState;
  /** A layer, or a project, has come this far; call it after the commit. */
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
  redis,
  logDays,
  log,
}: {
  db: Database;
  /** Null: there is one server. */
  redis: RedisLink | null;
  /** Changes older than this are history, and not replayed; null replays all. */
  logDays: number | null;
  log: FastifyBaseLogger;
}): Live {
  let watching = 0;
  const guard = createAccessGuard(db);
  const checks: (() => Promise<void>)[] = [];
  const hub = createHub({
    read: (layerId, after, upTo) => insist(() => readLog(db.sql, layerId, after, upTo)),
  });

  const headOf = gather(async (layerIds: readonly string[]) => {
    const heads = await revisionsOf(db.prisma, [...new Set(layerIds)]);
    return layerIds.map((layerId) => heads.get(layerId));
  });
  const projects = createProjectFeed(db, logDays);

  async function catchUp(): Promise<void> {
    const watched = hub.watchedLayers();
    if (watched.length === 0) return;
    for (const [layerId, revision] of await revisionsOf(db.prisma, watched)) hub.advanced(layerId, revision);
  }

  const sweepOnce = async () => {
    await catchUp();
    await guard.check();
    await projects.sweep();
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

  const bus: Bus = createBus(redis, hear);
  function hear(message: Parameters<Bus["publish"]>[0]): void {
    if ("accessChanged" in message) void sweep();
    else {
      // An id is a layer's or a project's; who does not know it does not mind.
      hub.advanced(message.layerId, message.revision);
      projects.advanced(message.layerId, message.revision);
    }
  }

  const groups = createGroups(hub);

  return {
    accessOf: gather((questions: readonly AccessQuestion[]) => documentAccesses(db, questions)),
    async watch(request) {
      const { layerId, afterRevision, documentId, personId } = request;
      // Holds before it asks how far the log has come: what is committed in between is heard of, not missed.
      const release = hub.hold(layerId);
      try {
        const head = await headOf(layerId);
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
      watching++;
      const join: SharedWatch["join"] = (subscriber) => groups.follow(request, subscriber);
      const watch = new SharedWatch(personId, join, () => {
        watching--;
        leave();
        release();
      });
      const leave = guard.hold({ documentId, personId }, (error) => watch.onRefused(error));
      return watch;
    },
    projects,
    guard,
    groups,
    db,
    watcherCount: () => watching + projects.watcherCount(),
    busState: bus.state,
    published: (layerId, revision) => bus.publish({ layerId, revision }),
    accessChanged: () => bus.publish({ accessChanged: true }),
    onSweep: (check) => void checks.push(check),
    async dispose() {
      disposed = true;
      clearTimeout(timer);
      hub.dispose();
      projects.dispose();
      await sweeping;
    },
  };
}
