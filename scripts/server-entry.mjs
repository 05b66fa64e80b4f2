// Runs one of the server's entry points on the project's own Node, in a checkout that is up to date, until it ends.
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { orExplain, prepare } from "./prepare.mjs";
import { endSignals, exitCode, projectNode, root, serverFlags } from "./toolbox.mjs";

/**
 * Ends this process with the entry point's own exit code.
 * @param {string} entry its file's name in apps/server/dist
 * @param {string[]} [args]
 */
export async function runServerEntry(entry, args = []) {
  await orExplain(() => prepare());

  const child = spawn(projectNode(), [...serverFlags, `apps/server/dist/${entry}`, ...args], {
    cwd: root,
    stdio: "inherit",
  });

  // A terminal signals the whole group, a supervisor perhaps only this process. It can't be told which, so the
  // first signal is always passed on; the child takes the second one it may thus get for what it is.
  let passedOn = false;
  for (const signal of endSignals) {
    process.on(signal, () => {
      if (!passedOn) child.kill(signal);
      passedOn = true;
    });
  }

  child.once("error", (error) => {
    process.stderr.write(`concord: ${entry} could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.once("exit", (code, signal) => process.exit(exitCode(code, signal)));
}

/** What follows `--` on npm's command line, file names as the caller meant them: npm changes to the project's folder first. */
export function filesOfCaller() {
  const from = process.env.INIT_CWD ?? process.cwd();
  return process.argv.slice(2).map((name) => resolve(from, name));
}
