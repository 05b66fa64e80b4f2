// Where the project is, which Node and which tools it uses, and how a script runs one of them.
// Only Node's own modules here: `npm start` loads this before anything is installed.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What this project keeps about itself in a checkout: the lock, build stamps, test reports. */
export const stateFolder = join(root, ".concord");

export const endSignals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * The file behind a package's command, so that it runs on our Node and without a shell in between.
 * @param {string} packageName
 * @param {string} [from] the workspace that depends on it, relative to the root
 * @param {string} [command]
 */
export function commandFile(packageName, from = ".", command = packageName) {
  const folder = join(root, from, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}

/** The Node that the server, the tools and the tests run on, whatever Node runs this script. */
export const projectNode = () => commandFile("node");

/**
 * How Node runs the server: by itself it lets new objects fill up to 134 MB before it looks which are still used
 * (docs/decisions/0002-server.md).
 */
export const serverFlags = ["--max-semi-space-size=8"];

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] relative to the root
 * @property {NodeJS.ProcessEnv} [env] added to this process's own
 * @property {boolean} [show] let the output through as it comes; otherwise it is only returned
 * @property {(child: import("node:child_process").ChildProcess) => void} [onStart]
 */

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { cwd = ".", env = {}, show = false, onStart } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: join(root, cwd),
      env: { ...process.env, ...env },
      stdio: show ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32" && !command.endsWith(".exe"),
    });
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk) => (output += chunk));
    child.stderr?.setEncoding("utf8").on("data", (chunk) => (output += chunk));
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code: exitCode(code, signal), output }));
    onStart?.(child);
  });
}

/**
 * What a shell would report: the code, or 128 + the number of the signal that ended the process.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCode(code, signal) {
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}

/** @param {number} since a `performance.now()` */
export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
