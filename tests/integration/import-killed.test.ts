// A server that is killed in the middle of an import, at any moment: the next one goes on, and nothing is made twice. And
// a reader that gets stuck or is killed: its file doesn't come in, and the server goes on.
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import pg from "pg";
import { expect, it } from "vitest";
import { ADMIN_TOKEN, startConcord } from "../bench/support/concord-process.ts";
import { createScratchDatabase } from "../support/database.ts";
import { disposeLater } from "../support/server.ts";
import {
  ended,
  importFile,
  type Job,
  type JobServer,
  readJob,
  request,
  untilJob,
  upload,
  zipOf,
} from "./importing.ts";

const COUNT = 2_000;
const TEXTS = Array.from({ length: COUNT }, (_, index) => `${index} ${"word ".repeat(60)}`);

/** Two files of another tool's, which says its labels nowhere. */
function bundle(): Promise<Uint8Array<ArrayBuffer>> {
  const lines = TEXTS.map((text) => `${JSON.stringify({ text, label: [[0, 1, "X"]] })}\n`);
  return zipOf({
    "a.jsonl": lines.slice(0, COUNT / 2).join(""),
    "b.jsonl": lines.slice(COUNT / 2).join(""),
  });
}

it("every document is made once, in the file's order", { timeout: 120_000 }, async () => {
  const database = await createScratchDatabase();
  await disposeLater(() => database.drop());
  const client = new pg.Client({ connectionString: database.url });
  // The database may go before the connection does.
  client.on("error", () => {});
  await client.connect();
  await disposeLater(() => client.end().catch(() => {}));
  const start = () => startConcord({ DATABASE_URL: database.url });
  let running = await start();
  await disposeLater(() => running.kill());
  const server = (): JobServer => ({ url: running.url, adminToken: ADMIN_TOKEN });
  const { createProject } = await running.ask<{ createProject: { project: { id: string } } }>(
    'mutation { createProject(input: { name: "Killed" }) { project { id } } }',
  );
  const { id } = await upload(server(), createProject.project.id, await bundle(), "?name=a.zip");
  const moments = fc.sample(fc.integer({ min: 0, max: COUNT - 400 }), { seed: 11, numRuns: 3 });
  for (const moment of moments.sort((a, b) => a - b)) {
    const isThere = ({ state, documentCount }: Job) => state !== "queued" && documentCount >= moment;
    while (!isThere(await readJob(server(), id)));
    await running.kill();
    // Nobody waits for the dead server's lease here.
    await client.query("update import_job set lease_until = now() where lease_holder is not null");
    running = await start();
  }
  const job = await ended(server(), id);
  expect(job).toMatchObject({ state: "done", documentCount: COUNT, annotationCount: COUNT });
  expect(job.problems).toMatchObject([
    { message: expect.stringContaining("New labels in the codebook: X.") },
  ]);
  const half = { documentCount: COUNT / 2, annotationCount: COUNT / 2, errorCount: 0 };
  expect(job.files).toMatchObject([half, half]);
  expect(job.preview?.labels).toMatchObject([{ key: "X", annotationCount: COUNT }]);
  const { rows } = await client.query<{ text: string }>("select text from document order by position");
  expect(rows.map(({ text }) => text)).toEqual(TEXTS);
});

it("a reader that is stuck can be called off, and one that falls fails its file", async () => {
  const database = await createScratchDatabase();
  await disposeLater(() => database.drop());
  const running = await startConcord({ DATABASE_URL: database.url });
  await disposeLater(() => running.kill());
  const server: JobServer = { url: running.url, adminToken: ADMIN_TOKEN };
  const { createProject } = await running.ask<{ createProject: { project: { id: string } } }>(
    'mutation { createProject(input: { name: "Stuck" }) { project { id } } }',
  );
  const project = createProject.project.id;

  /** A job whose reader, the one of the file before, does nothing. */
  async function stuck(): Promise<{ id: string; reader: number }> {
    expect(await importFile(server, project, "Words.", "?name=a.txt&dryRun=1")).toMatchObject({
      state: "done",
    });
    const reader = await onlyChildOf(running.pid);
    process.kill(reader, "SIGSTOP");
    const { id } = await upload(server, project, "Words.", "?name=b.txt");
    await untilJob(server, id, ({ state }) => state === "running");
    return { id, reader };
  }

  const calledOff = await stuck();
  expect((await request(server, `/jobs/${calledOff.id}`, { method: "DELETE" })).status).toBe(204);
  expect(await ended(server, calledOff.id)).toMatchObject({ state: "cancelled", problems: [] });

  const fallen = await stuck();
  process.kill(fallen.reader, "SIGKILL");
  expect(await ended(server, fallen.id)).toMatchObject({
    state: "failed",
    documentCount: 0,
    problems: [{ message: expect.stringContaining("its reader ran out of memory"), severity: "error" }],
  });

  expect(await importFile(server, project, "Words.", "?name=c.txt")).toMatchObject({ state: "done" });
});

/** By /proc, so on Linux. */
async function onlyChildOf(pid: number | undefined): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  return Number(children);
}
