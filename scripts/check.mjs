// `pnpm check`: types, style, import arrows, words outside of the catalogue, unused code and the committed schema; one line a check.
// `npm test` runs the same list and counts each check as a test.
import { pathToFileURL } from "node:url";
import { orExplain, prepare } from "./prepare.mjs";
import { commandFile, projectNode, run, seconds } from "./toolbox.mjs";

/** @typedef {{ name: string, passed: boolean }} CheckResult */

/** @param {string} script @param {string[]} args */
const tool = (script, ...args) => run(projectNode(), [script, ...args]);
const tsc = () => commandFile("typescript", ".", "tsc");

/** @type {[name: string, check: () => Promise<{ code: number, output: string }>][]} */
const checks = [
  [
    "types: packages and server",
    () => tool(tsc(), "-b", "packages/core", "packages/formats", "packages/cli", "apps/server"),
  ],
  ["types: web", () => tool(tsc(), "--noEmit", "-p", "apps/web")],
  ["types: tests", () => tool(tsc(), "--noEmit", "-p", "tests")],
  // They run in a browser, by a bundler.
  ["types: benchmark pages", () => tool(tsc(), "--noEmit", "-p", "tests/bench/render/pages")],
  ["types: scripts", () => tool(tsc(), "--noEmit", "-p", "scripts")],
  [
    "format and lint",
    () => tool(commandFile("@biomejs/biome", ".", "biome"), "check", "--error-on-warnings", "."),
  ],
  ["import arrows", importArrows],
  ["words in the catalogue", wordsInCatalogue],
  ["unused code", () => tool(commandFile("knip"), "--no-progress")],
  // Needs the compiled server, which the first check has just made.
  ["committed schema", () => tool("apps/server/dist/emit-schema.js", "--check")],
];

/** @returns {Promise<CheckResult[]>} */
export async function runChecks() {
  const results = [];
  for (const [name, check] of checks) {
    const start = performance.now();
    const { code, output } = await check();
    process.stdout.write(`${code === 0 ? "✓" : "✗"} ${name} (${seconds(start)})\n`);
    if (code !== 0) process.stdout.write(`${output.trimEnd()}\n`);
    results.push({ name, passed: code === 0 });
  }
  return results;
}

async function importArrows() {
  // Loaded late: its parser is there only once the project is installed.
  const { boundaryProblems } = await import("./boundaries.mjs");
  return listed(boundaryProblems());
}

async function wordsInCatalogue() {
  const { looseWords } = await import("./loose-words.mjs");
  return listed(looseWords());
}

/** @param {string[]} problems */
function listed(problems) {
  return { code: problems.length === 0 ? 0 : 1, output: problems.join("\n") };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await orExplain(() => prepare(["generate"]));
  const results = await runChecks();
  process.exitCode = results.every((result) => result.passed) ? 0 : 1;
}
