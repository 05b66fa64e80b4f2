// `npm run bench -- faults [--seed=1] [--seconds=90] [--writers=8] [--watchers=40]`: the fault test at length, on the
// PostgreSQL of DATABASE_URL and the Redis of REDIS_URL, both this machine's own by default.
import { parseArgs } from "node:util";
import { makeStore } from "../support/concord-process.ts";
import { runFaults } from "./run.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    seconds: { type: "string", default: "90" },
    writers: { type: "string", default: "8" },
    watchers: { type: "string", default: "40" },
  },
});
process.env.DATABASE_URL ||= "postgres://postgres@127.0.0.1:5432/postgres";
process.stdout.write(`seed ${values.seed}\n`);
const store = await makeStore();
try {
  const report = await runFaults({
    seed: Number(values.seed),
    seconds: Number(values.seconds),
    writers: Number(values.writers),
    watchers: Number(values.watchers),
    databaseUrl: store.env.DATABASE_URL ?? "",
    redisUrl: process.env.REDIS_URL || "redis://127.0.0.1:6379",
  });
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  const { gaps, repeats, losses, doubles } = report;
  if (gaps + repeats + losses + doubles > 0) process.exitCode = 1;
} finally {
  await store.drop();
}
