// `npm test`: prepares the checkout, then runs checks, unit, integration and browser tests, going on after failures.
// Its last line sums up all of them: `N passed, N failed, N skipped`. `npm test -- unit integration` runs parts.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { getBrowser } from "./browser.mjs";
import { runChecks } from "./check.mjs";
import { prepare, StepError } from "./prepare.mjs";
import { commandFile, projectNode, run, stateFolder } from "./toolbox.mjs";

/** @typedef {import("./vitest-report.mjs").TestReport} TestReport */

/** What `npm test -- PART` takes. */
const parts = ["checks", "unit", "integration", "e2e"];

/** The projects of vitest.config.ts by part. @type {Record<string, string[]>} */
const projects = {
  unit: ["core", "formats", "sdk", "cli", "server", "web"],
  integration: ["integration-embedded", "integration-external"],
};

/** Compiled once for the many processes that tests start. */
const compileCache = { NODE_COMPILE_CACHE: join(stateFolder, "compile-cache") };

/** @returns {Promise<TestReport[]>} */
async function runChecksAsTests() {
  const checks = await runChecks();
  return checks.map(({ name, passed }) => ({ name, state: passed ? "passed" : "failed" }));
}

/** @param {string[]} wanted parts; together, so that a slow file of one is not waited for @returns {Promise<TestReport[]>} */
async function runVitest(wanted) {
  const name = wanted.join("-");
  const report = reportFile(name);
  const args = ["run", "--reporter=default", "--reporter=./scripts/vitest-report.mjs"];
  const { code } = await run(
    projectNode(),
    [
      commandFile("vitest"),
      ...args,
      ...wanted.flatMap((part) => projects[part] ?? []).map((project) => `--project=${project}`),
    ],
    { show: true, env: { ...compileCache, CONCORD_TEST_REPORT: report } },
  );
  return withExitCode(name, code, existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : []);
}

/** @returns {Promise<TestReport[]>} */
async function runPlaywright() {
  const browser = await getBrowser();
  if ("problem" in browser) {
    process.stdout.write(`${browser.problem}\n`);
    return [{ name: "e2e: no browser", state: "failed" }];
  }
  const report = reportFile("e2e");
  const { code } = await run(
    projectNode(),
    [
      commandFile("@playwright/test", "tests", "playwright"),
      "test",
      "--config",
      "tests/e2e/playwright.config.ts",
    ],
    { show: true, env: { ...compileCache, CONCORD_TEST_REPORT: report, CONCORD_BROWSER: browser.path } },
  );
  const tests = existsSync(report)
    ? JSON.parse(readFileSync(report, "utf8")).suites.flatMap(playwrightTests)
    : [];
  return withExitCode("e2e", code, tests);
}

/** @param {any} suite of Playwright's JSON report @returns {TestReport[]} */
function playwrightTests(suite) {
  const own = suite.specs.flatMap((/** @type {any} */ spec) =>
    spec.tests.map((/** @type {any} */ test) => ({
      name: `e2e ${spec.file} > ${spec.title}`,
      state: test.status === "expected" ? "passed" : test.status === "skipped" ? "skipped" : "failed",
      reason: test.annotations.find((/** @type {any} */ note) => note.type === "skip")?.description,
    })),
  );
  return [...own, ...(suite.suites ?? []).flatMap(playwrightTests)];
}

/** A runner that failed without naming a failed test has failed all the same. @param {string} name @param {number} code @param {TestReport[]} tests */
function withExitCode(name, code, tests) {
  const explained = code === 0 || tests.some((test) => test.state === "failed");
  /** @type {TestReport} */
  const itself = { name: `${name}: the runner itself (exit code ${code})`, state: "failed" };
  return explained ? tests : [...tests, itself];
}

/** @param {string} name */
function reportFile(name) {
  const file = join(stateFolder, `${name}-report.json`);
  rmSync(file, { force: true });
  return file;
}

/** @param {string} name @param {Parameters<typeof prepare>} phases @returns {Promise<TestReport[]>} what went wrong */
async function prepared(name, ...phases) {
  try {
    await prepare(...phases);
    return [];
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    process.stdout.write(`${error.message}\n`);
    return [{ name, state: "failed" }];
  }
}

/** @param {string[]} wanted @returns {Promise<TestReport[]>} */
async function runAll(wanted) {
  const unprepared = await prepared("install", ["generate"]);
  if (unprepared.length > 0) return unprepared;
  // Unit and integration tests run on the sources, so they can tell more even when the build fails.
  const tests = await prepared("build");
  const underVitest = wanted.filter((part) => part in projects);
  /** @type {[string, boolean, () => Promise<TestReport[]>][]} */
  const suites = [
    ["checks", wanted.includes("checks"), runChecksAsTests],
    [underVitest.join(" and "), underVitest.length > 0, () => runVitest(underVitest)],
    ["e2e", wanted.includes("e2e"), runPlaywright],
  ];
  for (const [name, isWanted, runSuite] of suites) {
    if (!isWanted) continue;
    process.stdout.write(`\n── ${name} ──\n`);
    try {
      tests.push(...(await runSuite()));
    } catch (error) {
      process.stdout.write(`${error instanceof Error ? error.stack : error}\n`);
      tests.push({ name: `${name}: could not be run`, state: "failed" });
    }
  }
  return tests;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !parts.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`concord: ${unknown.join(" ")}: the parts are ${parts.join(", ")}\n`);
  process.exit(2);
}

const tests = await runAll(parts.filter((part) => asked.length === 0 || asked.includes(part)));
const inState = (/** @type {TestReport["state"]} */ state) => tests.filter((test) => test.state === state);
const [passed, failed, skipped] = [inState("passed"), inState("failed"), inState("skipped")];
process.stdout.write("\n");
for (const test of skipped)
  process.stdout.write(`skipped: ${test.name}${test.reason ? `: ${test.reason}` : ""}\n`);
for (const test of failed) process.stdout.write(`failed: ${test.name}\n`);
process.exitCode = failed.length > 0 || passed.length === 0 ? 1 : 0;
process.stdout.write(`${passed.length} passed, ${failed.length} failed, ${skipped.length} skipped\n`);
