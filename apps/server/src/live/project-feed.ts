/**
 * Feeds those who watch a project's own data. The same replay and tail as for documents, by a hub over the projects'
 * logs; each subscriber has an execution of its own, since such changes are rare.
 */
import type { Database } from "../database/database.ts";
import { forbidden, notFound, revisionGone } from "../errors.ts";
import { createHub } from "./hub.ts";
import { insist } from "./insist.ts";
import type { LoggedProjectChange, ProjectChangeBatch } from "./project-change.ts";
import { projectRevisionsOf, readProjectLog, timeOfChange } from "./project-log.ts";
import { createProjectWatch, type ProjectWatch, type ProjectWatchRequest } from "./project-watch.ts";

const DAY = 24 * 3_600_000;

export interface ProjectFeed {
  /**
   * A project's changes above a revision, for as long as the person may read it.
   * @throws REVISION_GONE when the log does not reach from there
   */
  watch(request: ProjectWatchRequest): Promise<AsyncIterableIterator<ProjectChangeBatch>>;
  /** The log of a project has come this far. */
  advanced(projectId: string, revision: number): void;
  /** Asks the logs whether a message was missed, and ends the watches of people who may no longer read. */
  sweep(): Promise<void>;
  watcherCount(): number;
  dispose(): void;
}

/** @param logDays changes older than this are history, and not replayed; null replays all */
export function createProjectFeed(db: Database, logDays: number | null): ProjectFeed {
  const watches = new Set<ProjectWatch<ProjectChangeBatch>>();
  const hub = createHub<LoggedProjectChange>({
    read: (projectId, after, upTo) => insist(() => readProjectLog(db.prisma, projectId, after, upTo)),
  });

  /** Refuses a place from which the log does not lead on. */
  async function requireReplayable(projectId: string, afterRevision: number, head: number): Promise<void> {
    if (afterRevision === head) return;
    if (afterRevision > head) {
      throw revisionGone(
        `The project is at revision ${head}; there is none ${afterRevision}. Read the project again.`,
      );
    }
    const at = await timeOfChange(db.prisma, projectId, afterRevision + 1);
    if (at === null)
      throw revisionGone(`The log does not reach back to revision ${afterRevision}. Read the project again.`);
    if (logDays !== null && at.getTime() < Date.now() - logDays * DAY) {
      throw revisionGone(
        `What came after revision ${afterRevision} is more than ${logDays} days old. Read the project again.`,
      );
    }
  }

  async function catchUp(): Promise<void> {
    const watched = hub.watchedLayers();
    if (watched.length === 0) return;
    for (const [projectId, revision] of await projectRevisionsOf(db.prisma, watched))
      hub.advanced(projectId, revision);
  }

  async function checkAccess(): Promise<void> {
    if (watches.size === 0) return;
    // Asked before the query: who comes later was let in later.
    const byPlace = Map.groupBy(
      watches,
      ({ request: { projectId, personId } }) => `${projectId} ${personId}`,
    );
    const asked = [...byPlace.values()].flatMap(([first]) => (first ? [first.request] : []));
    const lost = await db.prisma.$queryRaw<{ projectId: string; personId: string; exists: boolean }[]>`
      select w.project_id as "projectId", w.person_id as "personId", p.id is not null as exists
      from unnest(${asked.map((w) => w.projectId)}::uuid[], ${asked.map((w) => w.personId)}::uuid[]) as w(project_id, person_id)
      left join project p on p.id = w.project_id and p.deleted_at is null
      left join membership m on m.project_id = w.project_id and m.person_id = w.person_id
      where p.id is null or m.person_id is null`;
    for (const { projectId, personId, exists } of lost) {
      for (const watch of byPlace.get(`${projectId} ${personId}`) ?? [])
        watch.refuse(exists ? forbidden("You are no longer a member of this project.") : notFound("project"));
    }
  }

  return {
    async watch(request) {
      const { projectId, afterRevision } = request;
      // Holds before it asks how far the log has come: what is committed in between is heard of, not missed.
      const release = hub.hold(projectId);
      try {
        const head = (await projectRevisionsOf(db.prisma, [projectId])).get(projectId);
        if (head === undefined) throw notFound("project");
        await requireReplayable(projectId, afterRevision, head);
        hub.advanced(projectId, head);
        const batches = hub.watch({ layerId: projectId, documentId: projectId, afterRevision });
        const watch = createProjectWatch(request, ofProject(projectId, batches), () => watches.delete(watch));
        watches.add(watch);
        return watch;
      } finally {
        // From here on the watch itself holds the project.
        release();
      }
    },
    advanced: hub.advanced,
    async sweep() {
      await catchUp();
      await checkAccess();
    },
    watcherCount: () => watches.size,
    dispose: hub.dispose,
  };
}

/** The hub's batches under the project's name. */
function ofProject(
  projectId: string,
  tail: ReturnType<ReturnType<typeof createHub<LoggedProjectChange>>["watch"]>,
): AsyncIterableIterator<ProjectChangeBatch> {
  return {
    async next() {
      const result = await tail.next();
      if (result.done) return { done: true, value: undefined };
      const { fromRevision, toRevision, changes } = result.value;
      return { done: false, value: { projectId, fromRevision, toRevision, changes } };
    },
    async return() {
      await tail.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
