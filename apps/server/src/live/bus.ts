/** Tells every server on one database how far a layer, or a project, has come. Losing a message costs time, never data. */
import type { RedisLink } from "./redis-link.ts";

/** What travels between servers. `layerId` is a project's id where its own data has changed. */
export type BusMessage = { layerId: string; revision: number } | { accessChanged: true };

/** Whether other servers hear what is said: there are none, they do, or the log alone tells them. */
export type BusState = "local" | "ok" | "away";

/** A place to say and to hear. */
export interface Bus {
  publish(message: BusMessage): void;
  state(): BusState;
}

const CHANNEL = "concord:live";

function parseMessage(text: string): BusMessage | null {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) return null;
  if ("accessChanged" in value) return { accessChanged: true };
  if (
    "layerId" in value &&
    typeof value.layerId === "string" &&
    "revision" in value &&
    typeof value.revision === "number"
  ) {
    return { layerId: value.layerId, revision: value.revision };
  }
  return null;
}

/**
 * What this server says it also hears at once and directly, so that its own watchers don't depend on Redis.
 * @param redis null for one server
 */
export function createBus(redis: RedisLink | null, hear: (message: BusMessage) => void): Bus {
  redis?.listen(CHANNEL, (text) => {
    const message = parseMessage(text);
    if (message) hear(message);
  });
  return {
    publish(message) {
      hear(message);
      redis?.say(CHANNEL, JSON.stringify(message));
    },
    state: () => redis?.state() ?? "local",
  };
}
