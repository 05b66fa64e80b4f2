// `npm run backup` and `npm run restore` as processes, on the sources, with a database of a test's own.
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a command said and how it ended. */
export interface Ended {
  /** Null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A command that may be running still. */
export interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
}

/** Starts a command's entry point. */
export function startCommand(name: "backup" | "restore", databaseUrl: string, ...args: string[]): Running {
  const entry = fileURLToPath(new URL(`../../apps/server/src/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ["--conditions=source", entry, ...args], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

/** Runs a command to its end; what it says of its progress is left out of `stderr`. */
export async function runCommand(
  name: "backup" | "restore",
  databaseUrl: string,
  ...args: string[]
): Promise<Ended> {
  const { code, stdout, stderr } = await startCommand(name, databaseUrl, ...args).ended;
  const progress = /^(Writing|Checking|Loading|Making|Bringing)[^\n]*( …|\d rows, [^\n]*)\n/gm;
  return { code, stdout, stderr: stderr.replaceAll(progress, "") };
}

/** Runs a command that must succeed; its one line. */
export async function succeed(
  name: "backup" | "restore",
  databaseUrl: string,
  file: string,
): Promise<string> {
  const { code, stdout, stderr } = await runCommand(name, databaseUrl, file);
  if (code !== 0 || stderr !== "") throw new Error(`${name} ended with ${code}: ${stderr}`);
  return stdout;
}

/** Runs a command that must be refused with one line; that line. */
export async function refuse(name: "backup" | "restore", databaseUrl: string, file: string): Promise<string> {
  const { code, stdout, stderr } = await runCommand(name, databaseUrl, file);
  if (code !== 1 || stdout !== "" || !/^[^\n]+\n$/.test(stderr))
    throw new Error(`${name} was not refused in one line: ${JSON.stringify({ code, stdout, stderr })}`);
  return stderr.trim();
}
