/** Tells every server on one database how far a layer has come. Losing a message costs time, never data. */

import type { FastifyBaseLogger } from "fastify";
import { Redis } from "ioredis";

/** What travels between servers. */
export type BusMessage = { layerId: string; revision: number } | { accessChanged: true };

/** Whether other servers hear what is said: there are none, they do, or the log alone tells them. */
export type BusState = "local" | "ok" | "away";

/** A place to say and to hear. */
export interface Bus {
  publish(message: BusMessage): void;
  state(): BusState;
  dispose(): Promise<void>;
}

const CHANNEL = "concord:live";

/** How often Redis is asked whether it is there, and how long it may take to answer; ms. */
const PING_EVERY = 1_000;
const ANSWER_WITHIN = 2_000;

/** For one server: whatever is said is heard at once. */
export function createLocalBus(hear: (message: BusMessage) => void): Bus {
  return { publish: hear, state: () => "local", dispose: async () => {} };
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
    // One that hangs is as good as gone: the connection is given up and made anew.
    socketTimeout: ANSWER_WITHIN,
    retryStrategy: (tries: number) => Math.min(tries * 100, 1_000),
  };
  const sender = new Redis(url, options);
  const receiver = new Redis(url, { ...options, enableOfflineQueue: true, maxRetriesPerRequest: null });
  const connections = [sender, receiver];
  const state = () => (connections.every(({ status }) => status === "ready") ? "ok" : "away");
  let said: BusState = "ok";
  let lastError: unknown = null;
  const sayChange = () => {
    if (state() === said) return;
    said = state();
    if (said === "ok") log.info("Redis is there again");
    else log.warn({ err: lastError }, "Redis is away; other servers' changes come from the log meanwhile");
  };
  for (const connection of connections) {
    connection.on("error", (error) => {
      lastError = error;
    });
    connection.on("close", sayChange);
    connection.on("ready", sayChange);
  }
  const pinging = setInterval(() => {
    for (const connection of connections)
      if (connection.status === "ready") connection.ping().catch((error: unknown) => (lastError = error));
  }, PING_EVERY);
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
    state,
    async dispose() {
      clearInterval(pinging);
      for (const connection of connections) {
        connection.off("close", sayChange);
        connection.disconnect();
      }
    },
  };
}
