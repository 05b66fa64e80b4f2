// Tests that need a Redis: at REDIS_URL, or the usual port of this machine. Without one they are skipped by name.
import { once } from "node:events";
import { connect } from "node:net";
import { describe, inject } from "vitest";

export const redisUrl: string | undefined = inject("redisUrl");

/** `describe` for what needs `redisUrl`. */
export function describeWithRedis(name: string, tests: () => void): void {
  describe.skipIf(redisUrl === undefined)(redisUrl ? name : `${name} (no Redis at 127.0.0.1:6379)`, tests);
}

/** Says texts on a channel as anybody with access to the Redis could. */
export async function publishAll(channel: string, texts: readonly string[]): Promise<void> {
  const { hostname, port } = new URL(redisUrl ?? "");
  const socket = connect(Number(port || 6379), hostname);
  await once(socket, "connect");
  const word = (text: string) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
  for (const text of texts) {
    socket.write(`*3\r\n${word("PUBLISH")}${word(channel)}${word(text)}`);
    await once(socket, "data");
  }
  socket.destroy();
}
