// Tests that need a Redis: at REDIS_URL, or the usual port of this machine. Without one they are skipped by name.
import { describe, inject } from "vitest";

export const redisUrl: string | undefined = inject("redisUrl");

/** `describe` for what needs `redisUrl`. */
export function describeWithRedis(name: string, tests: () => void): void {
  describe.skipIf(redisUrl === undefined)(redisUrl ? name : `${name} (no Redis at 127.0.0.1:6379)`, tests);
}
