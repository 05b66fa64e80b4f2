/** Presence on one server: the store, those who are told of it, and the other servers. Nothing of it is ever written down. */
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

export interface Presence {
  admissions: Admissions;
  /**
   * Keeps a tab's latest word and tells it.
   * @returns when it is forgotten
   */
  put(documentId: string, tab: PresentTab): Date;
  leave(place: TabPlace): void;
  /** Who is at a document, for as long as the person may read it. */
  watch(documentId: string, personId: string): SharedWatch;
  /** Everybody who is known to be somewhere, at whichever server. */
  counts(): PresenceCounts;
  dispose(): Promise<void>;
}

/** @param redis null for one server */
export function createPresence({
  guard,
  redis,
  log,
}: {
  guard: Live["guard"];
  redis: RedisLink | null;
  log: FastifyBaseLogger;
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
    put(documentId, tab) {
      store.put(documentId, tab);
      bus.say({ documentId, tab });
      return new Date(Date.now() + SILENCE);
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
