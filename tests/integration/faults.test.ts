// The fault test, short and with one seed; `npm run bench -- faults` runs it at length.
import { expect, it } from "vitest";
import { runFaults } from "../bench/faults/run.ts";
import { createScratchDatabase } from "../support/database.ts";
import { describeWithRedis, redisUrl } from "../support/redis.ts";

describeWithRedis("everybody sees every revision once, and no acknowledged write is lost", () => {
  it("while servers are killed and Redis, the database and sockets come and go", {
    timeout: 150_000,
  }, async () => {
    const database = await createScratchDatabase();
    try {
      const report = await runFaults({
        seed: 5,
        seconds: 12,
        writers: 3,
        watchers: 10,
        databaseUrl: database.url,
        redisUrl: redisUrl ?? "",
      });
      expect(report).toMatchObject({ gaps: 0, repeats: 0, losses: 0, doubles: 0 });
      expect(report.writes).toBeGreaterThan(0);
      expect(report.returns).toBeGreaterThan(0);
    } finally {
      await database.drop();
    }
  });
});
