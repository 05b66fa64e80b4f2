// `npm run backup` and `npm run restore` on the database that comes along, beside a running server and without one.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { ADMIN_TOKEN, type Concord, freePort, launch, startConcord, stop } from "./concord.ts";

test.describe.configure({ mode: "serial" });

let concord: Concord;
let folder: string;
let projectId: string;
/** The project's export on the server that is destroyed. */
let before: string;

test.beforeAll(async () => {
  concord = await startConcord({ DEMO: "0" });
  folder = await mkdtemp(join(tmpdir(), "concord-backup-"));
  const { createProject } = await concord.ask<{ createProject: { project: { id: string } } }>(
    'mutation { createProject(input: { name: "Borders" }) { project { id } } }',
  );
  projectId = createProject.project.id;
  await concord.ask(
    `mutation ($i: ImportDocumentsInput!) { importDocuments(input: $i) { documents { id } } }`,
    { i: { projectId, documents: [{ title: "A report", text: "The river rose. 🙂" }] } },
  );
  before = await exported(concord.url);
});

test.afterAll(async () => {
  await concord.stop();
  for (const path of [folder, `${concord.dataDir}-new`]) await rm(path, { recursive: true, force: true });
});

async function exported(url: string): Promise<string> {
  const response = await fetch(`${url}/projects/${projectId}/export?format=json`, {
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
  });
  expect(response.status).toBe(200);
  return response.text();
}

function start(name: "backup" | "restore", dataDir: string, file: string): ChildProcess {
  const entry = fileURLToPath(new URL(`../../apps/server/dist/${name}.js`, import.meta.url));
  return spawn(process.execPath, [entry, join(folder, file)], {
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** What a command said besides its progress, after its code. */
async function run(name: "backup" | "restore", dataDir: string, file: string): Promise<string> {
  const child = start(name, dataDir, file);
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  const [code] = await once(child, "close");
  return `${code} ${said.replaceAll(/^.*( …| rows, .*B)\n/gm, "")}`;
}

const runs = (dataDir: string) => existsSync(join(dataDir, "postgres", "postmaster.pid"));

test("a backup is made beside the running server, which goes on", async ({ request }) => {
  expect(await run("backup", concord.dataDir, "running")).toMatch(/^0 Wrote .*: 1 project, 1 document, /);
  expect((await request.get(`${concord.url}/readyz`)).status()).toBe(200);
  expect(await run("restore", concord.dataDir, "running")).toMatch(
    /^1 Another Concord is running on DATA_DIR .*; stop it first/,
  );
});

test("a backup is made without a server, and the database is stopped again", async () => {
  await concord.kill();
  expect(await run("backup", concord.dataDir, "stopped")).toMatch(/^0 Wrote /);
  expect(runs(concord.dataDir)).toBe(false);
  expect(await run("backup", `${concord.dataDir}-none`, "none")).toMatch(
    /^1 There is no database in DATA_DIR/,
  );
  expect(existsSync(`${concord.dataDir}-none`)).toBe(false);
});

test("a signal stops what a restore has started", async () => {
  const dataDir = `${concord.dataDir}-new`;
  const child = start("restore", dataDir, "running");
  await expect.poll(() => runs(dataDir), { timeout: 60_000, intervals: [10] }).toBe(true);
  await stop(child, "SIGINT");
  // Done already, on a fast machine.
  expect([0, 130]).toContain(child.exitCode);
  expect(runs(dataDir)).toBe(false);
  await rm(dataDir, { recursive: true, force: true });
});

test("a restore makes the server again in a new DATA_DIR, once", async () => {
  const dataDir = `${concord.dataDir}-new`;
  expect(await run("restore", dataDir, "running")).toMatch(/^0 Restored 1 project, 1 document, /);
  expect(runs(dataDir)).toBe(false);
  const port = await freePort();
  const { child } = await launch(port, dataDir, {});
  try {
    expect(await exported(`http://127.0.0.1:${port}`)).toBe(before);
  } finally {
    await stop(child, "SIGTERM");
  }
  expect(await run("restore", dataDir, "running")).toMatch(
    /^1 The database of DATA_DIR .* is not empty: somebody has worked in it \(people 1, projects 1, documents 1\)\./,
  );
  expect(runs(dataDir)).toBe(false);
});

test("a DATA_DIR of another PostgreSQL stops the start and both commands with one line that says how to move", async () => {
  const version = join(concord.dataDir, "postgres", "PG_VERSION");
  const own = await readFile(version, "utf8");
  await writeFile(version, "17\n");
  try {
    const line =
      /(^|ended with )1:? .* was made by PostgreSQL 17, and this Concord brings PostgreSQL \d+\. To move, run `npm run backup -- FILE` in the Concord that made it, then here, with a new DATA_DIR, `npm run restore -- FILE`\.\n$/;
    await expect(launch(await freePort(), concord.dataDir, {})).rejects.toThrow(line);
    expect(await run("backup", concord.dataDir, "other")).toMatch(line);
    expect(await run("restore", concord.dataDir, "running")).toMatch(line);
  } finally {
    await writeFile(version, own);
  }
});
