/** What `npm run backup` and `npm run restore` have in common: a file's name, signals, and one line at the end. */
import { constants } from "node:os";
import { resolve } from "node:path";
import { mendJsonParse } from "@concord/core";
import { DatabaseError } from "../database/database-error.ts";
import { SettingError, type Settings, settingsOfProcess } from "../env.ts";
import { BackupError, type RowCounts } from "./backup-format.ts";
import { createProgress, grouped, type Progress } from "./progress.ts";

export interface CommandOptions {
  /** Absolute. */
  file: string;
  settings: Settings;
  progress: Progress;
  /** Aborted by Ctrl-C, by SIGTERM, or when the terminal hangs up. */
  signal: AbortSignal;
  warn(message: string): void;
}

/** Everything must have ended by then, ms; the embedded database needs a few seconds to stop. */
const STOP_WITHIN = 15_000;

/** Runs a command to its end and exits: 0 when it is done, 1 when it failed, 128 + the signal's number when it was broken off. */
export async function runCommand(
  name: "backup" | "restore",
  work: (options: CommandOptions) => Promise<string>,
): Promise<never> {
  const [file, ...more] = process.argv.slice(2);
  if (file === undefined || more.length > 0) {
    process.stderr.write(`Usage: npm run ${name} -- FILE\n`);
    process.exit(1);
  }
  mendJsonParse();
  const abort = new AbortController();
  let exitCode = 1;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      exitCode = 128 + constants.signals[signal];
      setTimeout(() => process.exit(exitCode), STOP_WITHIN).unref();
      abort.abort();
    });
  }
  const progress = createProgress(process.stderr);
  const warn = (message: string) => void process.stderr.write(`${message}\n`);
  try {
    const settings = settingsOfProcess();
    const summary = await work({ file: resolve(file), settings, progress, signal: abort.signal, warn });
    progress.end();
    process.stdout.write(`${summary}\n`);
    process.exit(0);
  } catch (error) {
    progress.end();
    warn(abort.signal.aborted ? `The ${name} was broken off; nothing of it is left.` : explain(error));
    process.exit(exitCode);
  }
}

/** One line for what people can put right, the whole stack for what they can't. */
function explain(error: unknown): string {
  if (error instanceof SettingError || error instanceof DatabaseError || error instanceof BackupError)
    return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What was carried, as people count it. */
export function summaryOf(counts: RowCounts): string {
  const count = (table: string, one: string, many: string) => {
    const rows = counts[table] ?? 0;
    return `${grouped(rows)} ${rows === 1 ? one : many}`;
  };
  return [
    count("project", "project", "projects"),
    count("document", "document", "documents"),
    count("annotation", "annotation", "annotations"),
    count("person", "person", "people"),
  ].join(", ");
}
