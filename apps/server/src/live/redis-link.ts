/** The connections to the Redis between servers: text on named channels. Health is watched; what is lost stays lost. */
import type { FastifyBaseLogger } from "fastify";
import { Redis } from "ioredis";

export interface RedisLink {
  /** Hears what is said on a channel, by this server too. */
  listen(channel: string, hear: (text: string) => void): void;
  /** Says it without waiting; lost while Redis is away. */
  say(channel: string, text: string): void;
  state(): "ok" | "away";
  dispose(): Promise<void>;
}

/** How often Redis is asked whether it is there, and how long it may take to answer; ms. */
const PING_EVERY = 1_000;
const ANSWER_WITHIN = 2_000;

export function connectRedis(url: string, log: FastifyBaseLogger): RedisLink {
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
  const hearers = new Map<string, (text: string) => void>();
  const state = () => (connections.every(({ status }) => status === "ready") ? "ok" : "away");
  let said: "ok" | "away" = "ok";
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
  receiver.on("message", (channel, text) => {
    try {
      hearers.get(channel)?.(text);
    } catch (error) {
      log.warn({ err: error, channel }, "a message between servers could not be read");
    }
  });

  return {
    listen(channel, hear) {
      hearers.set(channel, hear);
      receiver
        .subscribe(channel)
        .catch((error: unknown) => log.warn({ err: error, channel }, "could not listen to a channel"));
    },
    say(channel, text) {
      sender.publish(channel, text).catch((error: unknown) => {
        log.debug({ err: error, channel }, "a message did not reach the other servers");
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
