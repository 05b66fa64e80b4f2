// The command `concord` as a process, on the sources, with a home of its own.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Ended } from "./backup-command.ts";
import { disposeLater } from "./disposals.ts";

const MAIN = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));

/** A folder of one's own to run commands in: signed in or not, as the test has it. */
export interface Desk {
  folder: string;
  /** Starts a command; `input` is its whole standard input. */
  start(args: string[], input?: string): RunningConcord;
  /** Runs a command to its end. */
  run(args: string[], input?: string): Promise<Ended>;
  /** Runs a command that must succeed; what it printed. */
  must(args: string[], input?: string): Promise<string>;
}

export interface RunningConcord {
  child: ChildProcessWithoutNullStreams;
  ended: Promise<Ended>;
  /** Resolves when standard output (or, on the other side, standard error) has that many lines. */
  untilLines(count: number, side?: "stdout" | "stderr"): Promise<string[]>;
}

/** @param login null for nobody signed in */
export async function openDesk(login: { url: string; token: string } | null): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), "concord-desk-"));
  await disposeLater(() => rm(folder, { recursive: true, force: true }));
  const { CONCORD_URL: _url, CONCORD_TOKEN: _token, ...rest } = process.env;
  const env = {
    ...rest,
    XDG_CONFIG_HOME: join(folder, "config"),
    ...(login === null ? {} : { CONCORD_URL: login.url, CONCORD_TOKEN: login.token }),
  };

  function start(args: string[], input?: string): RunningConcord {
    const child = spawn(process.execPath, ["--conditions=source", MAIN, ...args], { cwd: folder, env });
    const said = { stdout: "", stderr: "" };
    const waiting = new Set<() => void>();
    for (const side of ["stdout", "stderr"] as const)
      child[side].setEncoding("utf8").on("data", (text: string) => {
        said[side] += text;
        for (const check of waiting) check();
      });
    // A command may end before it has read all of it.
    child.stdin.on("error", () => {});
    child.stdin.end(input ?? "");
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, ...said }));
    });
    void disposeLater(() => void child.kill("SIGKILL"));
    const linesOf = (side: "stdout" | "stderr") => said[side].split("\n").slice(0, -1);
    return {
      child,
      ended,
      untilLines: (count, side = "stdout") =>
        new Promise((resolve, reject) => {
          const check = () => {
            if (linesOf(side).length < count) return;
            waiting.delete(check);
            resolve(linesOf(side));
          };
          waiting.add(check);
          void ended.then((end) => reject(new Error(`concord has ended: ${JSON.stringify(end)}`)));
          check();
        }),
    };
  }

  const run = (args: string[], input?: string) => start(args, input).ended;
  return {
    folder,
    start,
    run,
    async must(args, input) {
      const { code, stdout, stderr } = await run(args, input);
      if (code !== 0) throw new Error(`concord ${args.join(" ")} ended with ${code}: ${stderr}`);
      return stdout;
    },
  };
}
