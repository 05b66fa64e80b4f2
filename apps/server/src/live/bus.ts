/** Tells every server on one database how far a layer has come. Losing a message costs time, never data. */

import type { FastifyBaseLogger } from "fastify";
import { Redis } from "ioredis";

/** What travels between servers. */
export type BusMessage = { layerId: string; revision: number } | { accessChanged: true };

/** A place to say and to hear. */
export interface Bus {
  publish(message: BusMessage): void;
  dispose(): Promise<void>;
}

const CHANNEL = "concord:live";

/** For one server: whatever is said is heard at once. */
export function createLocalBus(hear: (message: BusMessage) => void): Bus {
  return { publish: hear, dispose: async () => {} };
}

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
 * For several servers: Redis pub/sub. What this server says it also hears at once and directly, so that its own
 * watchers don't depend on Redis.
 */
export function createRedisBus(
  url: string,
  hear: (message: BusMessage) => void,
  log: FastifyBaseLogger,
): Bus {
  const options = {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    retryStrategy: (tries: number) => Math.min(tries * 100, 2_000),
  };
  const sender = new Redis(url, options);
  const receiver = new Redis(url, { ...options, enableOfflineQueue: true, maxRetriesPerRequest: null });
  for (const connection of [sender, receiver]) {
    connection.on("error", (error) =>
      log.warn({ err: error }, "Redis is away; other servers' changes come from the log meanwhile"),
    );
  }
  receiver.on("message", (_channel, text) => {
    try {
      const message = parseMessage(text);
      if (message) hear(message);
    } catch (error) {
      log.warn({ err: error }, "a message on the bus could not be read");
    }
  });
  const subscribed = receiver.subscribe(CHANNEL);
  subscribed.catch((error: unknown) => log.warn({ err: error }, "could not listen to the bus"));
  return {
    publish(message) {
      hear(message);
      sender.publish(CHANNEL, JSON.stringify(message)).catch((error: unknown) => {
        log.debug({ err: error }, "a message did not reach the bus");
      });
    },
    async dispose() {
      sender.disconnect();
      receiver.disconnect();
    },
  };
}
