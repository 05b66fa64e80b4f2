/** Tells the other servers what the tabs of this one say. What is lost is said again by the tab's next sign of life. */
import { randomUUID } from "node:crypto";
import type { FastifyBaseLogger } from "fastify";
import { z } from "zod";
import type { RedisLink } from "../live/redis-link.ts";
import type { PresentTab, TabPlace } from "./presence-store.ts";

/** A tab's word, or that it has left. */
export type PresenceMessage = { documentId: string; tab: PresentTab } | { left: TabPlace };

export interface PresenceBus {
  /** Tells it soon; of one tab's words that come together only the last is told. */
  say(message: PresenceMessage): void;
  dispose(): void;
}

const CHANNEL = "concord:presence";

/** Between two tellings, ms: a tab that is said to move a hundred times a second is told of ten times. */
const WINDOW = 100;

const fragment = z.strictObject({ start: z.int().nonnegative(), end: z.int().nonnegative() });

const envelope = z.strictObject({
  from: z.uuid(),
  message: z.union([
    z.strictObject({
      documentId: z.uuid(),
      tab: z.strictObject({
        tabId: z.uuid(),
        user: z.strictObject({ id: z.uuid(), name: z.string() }),
        reading: fragment.nullable(),
        selection: z.array(fragment).max(100),
        annotationId: z.uuid().nullable(),
        editing: z.boolean(),
      }),
    }),
    z.strictObject({
      left: z.strictObject({ documentId: z.uuid(), personId: z.uuid(), tabId: z.uuid() }),
    }),
  ]),
});

const keyOf = (message: PresenceMessage): string =>
  "left" in message
    ? `${message.left.documentId} ${message.left.personId} ${message.left.tabId}`
    : `${message.documentId} ${message.tab.user.id} ${message.tab.tabId}`;

/**
 * @param redis null for one server, which has nobody to tell
 * @param hear called with what other servers say
 */
export function createPresenceBus(
  redis: RedisLink | null,
  hear: (message: PresenceMessage) => void,
  log: FastifyBaseLogger,
): PresenceBus {
  if (redis === null) return { say: () => {}, dispose: () => {} };
  // What this server hears of itself may be older than what it knows by then.
  const from = randomUUID();
  const waiting = new Map<string, PresenceMessage>();
  let timer: NodeJS.Timeout | null = null;

  function tell(): void {
    timer = null;
    if (waiting.size === 0) return;
    for (const message of waiting.values()) redis?.say(CHANNEL, JSON.stringify({ from, message }));
    waiting.clear();
    timer = setTimeout(tell, WINDOW);
  }

  redis.listen(CHANNEL, (text) => {
    const parsed = envelope.safeParse(JSON.parse(text));
    if (!parsed.success) log.warn({ err: parsed.error }, "a message about who is present could not be read");
    else if (parsed.data.from !== from) hear(parsed.data.message);
  });

  return {
    say(message) {
      waiting.set(keyOf(message), message);
      if (timer === null) tell();
    },
    dispose() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
