/** Presence on one server: the store, those who are told of it, and the other servers. Nothing of it is ever written down. */
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyBaseLogger } from "fastify";
import type { Live } from "../live/live.ts";
import type { RedisLink } from "../live/redis-link.ts";
import { SharedWatch } from "../live/shared-watch.ts";
import { type Admissions, createAdmissions } from "./admissions.ts";
import { createAudiences } from "./audience.ts";
import { createPresenceBus, type PresenceMessage } from "./presence-bus.ts";
import {
  createPresenceStore,
  type PresenceCounts,
  type PresentTab,
  SILENCE,
  type TabPlace,
} from "./presence-store.ts";

/** How often those who have fallen silent are looked for; ms. */
const LOOK_EVERY = 1_000;

/**
 * How long a tab waits for its answer, ms: a tab says no more before it is answered, so all of a document's say at most
 * some 500 things a second, which is also how often its watchers are told. The few that a page shows never wait.
 */
const pauseOf = (tabs: number) => (tabs <= 100 ? 0 : Math.min(tabs * 2, 2_000));

export interface Presence {
  admissions: Admissions;
  /**
   * Keeps a tab's latest word and tells it.
   * @returns when it is forgotten; settles when the tab may say more
   */
  put(documentId: string, tab: PresentTab): Promise<Date>;
  leave(place: TabPlace): void;
  /** Who is at a document, for as long as the person may read it. */
  watch(documentId: string, personId: string): SharedWatch;
  /** Everybody who is known to be somewhere, at whichever server. */
  counts(): PresenceCounts;
  dispose(): Promise<void>;
}

/**
 * @param redis null for one server
 * @param wait for so many ms
 */
export function createPresence({
  guard,
  redis,
  log,
  wait = sleep,
}: {
  guard: Live["guard"];
  redis: RedisLink | null;
  log: FastifyBaseLogger;
  wait?: (time: number) => Promise<void>;
}): Presence {
  const store = createPresenceStore((documentId) => audiences.changed(documentId));
  const audiences = createAudiences(store);
  const bus = createPresenceBus(redis, hear, log);
  const admissions = createAdmissions(guard, (documentId, personId) => {
    for (const tabId of store.tabsOf(documentId, personId)) leave({ documentId, personId, tabId });
  });
  const looking = setInterval(() => {
    store.expire();
    admissions.expire();
  }, LOOK_EVERY);

  function hear(message: PresenceMessage): void {
    if ("left" in message) store.remove(message.left);
    else store.put(message.documentId, message.tab);
  }

  function leave(left: TabPlace): void {
    store.remove(left);
    bus.say({ left });
  }

  return {
    admissions,
    async put(documentId, tab) {
      store.put(documentId, tab);
      bus.say({ documentId, tab });
      const expiresAt = new Date(Date.now() + SILENCE);
      const pause = pauseOf(store.tabCount(documentId));
      if (pause > 0) await wait(pause);
      return expiresAt;
    },
    leave,
    watch(documentId, personId) {
      const watch = new SharedWatch(
        personId,
        (subscriber) => audiences.follow(documentId, subscriber),
        () => release(),
      );
      const release = guard.hold({ documentId, personId }, (error) => watch.onRefused(error));
      return watch;
    },
    counts: store.counts,
    async dispose() {
      clearInterval(looking);
      admissions.dispose();
      bus.dispose();
    },
  };
}
