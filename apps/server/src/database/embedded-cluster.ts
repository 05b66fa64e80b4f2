// One cluster of the embedded PostgreSQL on disk: made by initdb, started and stopped by pg_ctl, found again by its
// postmaster.pid. Knows nothing of who may use it; that is embedded.ts.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, link, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseError } from "./database-error.ts";
import type { Binaries } from "./embedded-binaries.ts";
import { exists, findBinaries, isCode } from "./embedded-binaries.ts";
import type { SystemUser } from "./embedded-user.ts";
import { chooseUser, prepareDataDir } from "./embedded-user.ts";

/** The cluster's superuser and the database Concord keeps its data in. */
export const roleName = "concord";

export interface Cluster {
  dataDir: string;
  /** PGDATA. */
  folder: string;
  logFile: string;
  password: string;
  binaries: Binaries;
  user: SystemUser | null;
}

/** A started log is put aside when it has grown to this. */
const logLimitBytes = 10 * 1024 * 1024;

const postmasterFile = "postmaster.pid";
/** It is written at once; empty for longer than this it was left so. */
const emptyFileMs = 10_000;

/** Finds the cluster in `dataDir`, or makes one. A crash half-way leaves nothing that looks like a cluster. */
export async function prepareCluster(
  dataDir: string,
  log: { info(message: string): void },
): Promise<Cluster> {
  const owner = (await exists(dataDir)) ? await ownerOf(join(dataDir, "postgres")) : null;
  const user = await chooseUser(owner);
  const real = await prepareDataDir(dataDir, user);
  const folder = join(real, "postgres");
  if (owner !== null && user === null && owner.uid !== process.geteuid?.() && process.geteuid !== undefined) {
    throw new DatabaseError(
      `${folder} belongs to another user (uid ${owner.uid}); start Concord as that user or as root, or choose another DATA_DIR.`,
    );
  }
  const binaries = await findBinaries(real, user);
  const passwordFile = join(real, "postgres.password");
  if (owner === null) {
    log.info("Making the embedded database; this happens once.");
    await removeLeftovers(real);
    await makePassword(passwordFile);
    await makeCluster(folder, await readPassword(passwordFile), binaries, user);
  }
  await checkVersion(folder, binaries.major);
  return {
    dataDir: real,
    folder,
    logFile: join(real, "postgres.log"),
    password: await readPassword(passwordFile),
    binaries,
    user,
  };
}

/** A name beside `path` to make something under before it is renamed; tells whose it is if that one dies. */
function draftOf(path: string): string {
  return `${path}.new-${process.pid}-${randomBytes(4).toString("hex")}`;
}

async function ownerOf(folder: string): Promise<{ uid: number; gid: number } | null> {
  if (!(await exists(folder))) return null;
  const { uid, gid } = await stat(folder);
  return { uid, gid };
}

async function checkVersion(folder: string, major: string): Promise<void> {
  const found = (await readFile(join(folder, "PG_VERSION"), "utf8")).trim();
  if (found === major) return;
  throw new DatabaseError(
    `${folder} was made by PostgreSQL ${found}, and this Concord brings PostgreSQL ${major}. To move, run \`npm run backup -- FILE\` in the Concord that made it, then here, with a new DATA_DIR, \`npm run restore -- FILE\`.`,
  );
}

/** Written elsewhere and linked, so that of two first starts both read the same one, whole. */
async function makePassword(file: string): Promise<void> {
  const draft = draftOf(file);
  await writeFile(draft, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx", flush: true });
  try {
    await link(draft, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function readPassword(file: string): Promise<string> {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    throw new DatabaseError(
      `The embedded database's password can't be read from ${file}: restore that file, or choose another DATA_DIR.`,
      { cause: error },
    );
  }
}

/** Folders of starts that ended in the middle of initdb. */
async function removeLeftovers(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const pid = /^postgres(?:-[^/]*|\.password)?\.new-(\d+)-[\da-f]+$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(join(dataDir, name), { recursive: true, force: true });
  }
}

async function makeCluster(
  folder: string,
  password: string,
  binaries: Binaries,
  user: SystemUser | null,
): Promise<void> {
  const draft = draftOf(folder);
  try {
    await mkdir(draft, { mode: 0o700 });
    const passwordFile = join(draft, "password");
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (user !== null) for (const path of [draft, passwordFile]) await chown(path, user.uid, user.gid);
    const made = join(draft, "cluster");
    await runInitdb(made, passwordFile, binaries, user);
    await rename(made, folder);
  } catch (error) {
    if (!isCode(error, "ENOTEMPTY", "EEXIST", "EPERM") || !(await exists(folder))) throw error;
    // Another start was faster; whether it may be shared is for the lock to decide.
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/**
 * The text of every script needs a UTF-8 character type. C.UTF-8 has one and is on every recent Linux; elsewhere
 * PostgreSQL's own is used, with a locale of the system for the few places that ask that.
 */
const locales = [
  ["--locale=C.UTF-8"],
  ["--locale=en_US.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
  ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
];

async function runInitdb(
  folder: string,
  passwordFile: string,
  binaries: Binaries,
  user: SystemUser | null,
): Promise<void> {
  const flags = [
    "-D",
    folder,
    "-U",
    roleName,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--lc-messages=C",
  ];
  const failures: string[] = [];
  for (const locale of locales) {
    const { code, output } = await runProgram(binaries.initdb, [...flags, ...locale], user);
    if (code === 0) return;
    failures.push(output);
    if (!/locale/i.test(output)) break;
  }
  throw new DatabaseError(`The embedded database can't be made: ${complaintIn(failures.at(-1) ?? "")}`);
}

/** Why the postmaster did not start; null when it accepts connections. */
export async function startPostmaster(cluster: Cluster, port: number): Promise<string | null> {
  const { binaries, folder, logFile, user } = cluster;
  const logStart = await prepareLog(logFile, user);
  // The values are ours and free of blanks: pg_ctl hands them to a shell.
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c timezone=UTC -c log_timezone=UTC`;
  const { code, output } = await runProgram(
    binaries.pgCtl,
    ["start", "-w", "-t", "60", "-D", folder, "-l", logFile, "-o", settings],
    user,
  );
  if (code === 0) return null;
  const logged = (await readFile(logFile)).subarray(logStart).toString();
  return complaintIn(`${output}\n${logged}`);
}

/** Ends it within a few seconds, if need be without a checkpoint, which costs the next start a recovery and nobody any data. */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  const { binaries, folder, user } = cluster;
  const attempts = [
    ["fast", "5"],
    ["immediate", "2"],
  ];
  let complaint = "";
  for (const [mode, limit] of attempts) {
    const { code, output } = await runProgram(
      binaries.pgCtl,
      ["stop", "-w", "-D", folder, "-m", `${mode}`, "-t", `${limit}`],
      user,
    );
    if (code === 0 || (await readPostmaster(folder)) === null) return;
    complaint = complaintIn(output);
  }
  throw new DatabaseError(`The embedded database in ${folder} did not stop: ${complaint}`);
}

async function prepareLog(file: string, user: SystemUser | null): Promise<number> {
  if ((await exists(file)) && (await stat(file)).size > logLimitBytes) await rename(file, `${file}.old`);
  const handle = await open(file, "a", 0o600);
  try {
    if (user !== null) await handle.chown(user.uid, user.gid);
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}

/** Where the cluster's postmaster listens, by its own account; null when there is none that lives. */
export async function readPostmaster(folder: string): Promise<{ port: number } | null> {
  const lines = await readPostmasterFile(folder);
  const pid = Number(lines?.[0] ?? 0);
  if (lines === null || !(await isPostgres(pid))) return null;
  // The port is missing for a moment while a postmaster starts.
  return { port: Number(lines[3] ?? 0) };
}

async function readPostmasterFile(folder: string): Promise<string[] | null> {
  try {
    return (await readFile(join(folder, postmasterFile), "utf8")).split("\n");
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

/**
 * PostgreSQL puts a stale file aside by itself, except where the number in it is another process's of the same user
 * by now, or where a machine went down before there was one. Leaves alone what another start may just be writing.
 */
export async function removeStalePostmasterFile(folder: string): Promise<void> {
  const lines = await readPostmasterFile(folder);
  if (lines === null) return;
  const file = join(folder, postmasterFile);
  const pid = Number(lines[0]);
  const isStale =
    pid > 0
      ? isAlive(pid) && !(await isPostgres(pid))
      : Date.now() - (await stat(file)).mtimeMs > emptyFileMs;
  if (isStale) await rm(file, { force: true });
}

/** After a crash of the whole machine or container the number in postmaster.pid may be any other process's. */
async function isPostgres(pid: number): Promise<boolean> {
  if (!(pid > 0) || !isAlive(pid)) return false;
  if (process.platform !== "linux") return true;
  try {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8")).includes("postgres");
  } catch (error) {
    if (isCode(error, "ENOENT", "ESRCH")) return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, "EPERM");
  }
}

async function runProgram(
  program: string,
  args: string[],
  user: SystemUser | null,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: "/",
      // Nothing of ours: PGDATA, PGPORT or LC_ALL would change what these programs do.
      env: { PATH: "/usr/local/bin:/usr/bin:/bin", LANG: "C.UTF-8", LC_MESSAGES: "C", TZ: "UTC" },
      // In a session of its own: a terminal's Ctrl-C reaches the whole group, and half an initdb or stop helps nobody.
      detached: true,
      windowsHide: true,
      stdio: ["ignore", "pipe", "pipe"],
      ...(user === null ? {} : { uid: user.uid, gid: user.gid }),
    });
    let output = "";
    const collect = (part: Buffer) => {
      output += part.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) =>
      reject(new DatabaseError(`${program} can't be run: ${error.message}`, { cause: error })),
    );
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** The line that says what is wrong, out of all that a program said. */
function complaintIn(output: string): string {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return (
    lines.findLast((line) => /FATAL|PANIC/.test(line)) ??
    lines.find((line) => /error/i.test(line)) ??
    lines.at(-1) ??
    "no reason given"
  );
}
