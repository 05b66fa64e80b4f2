// Brings a checkout up to date: installs what is missing, generates and builds what is stale.
// Everything goes by content hashes kept in stamps, so that a second run costs next to nothing.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { acquireLock } from "./lock.mjs";
import {
  commandFile,
  endSignals,
  exitCode,
  projectNode,
  root,
  run,
  seconds,
  stateFolder,
} from "./toolbox.mjs";

const pnpm = "pnpm@10.34.8";

/** A step that failed; its message is meant for the person in front of the terminal. */
export class StepError extends Error {}

/**
 * @typedef {object} Part something made from sources
 * @property {string} name
 * @property {"generate" | "build"} phase tests run on sources and need only what is generated
 * @property {string[]} inputs files and folders whose content it depends on
 * @property {string[]} outputs files that must be there
 * @property {() => [string, string[], import("./toolbox.mjs").RunOptions?]} command
 */

/** @type {Part[]} in the order they are made */
const parts = [
  {
    name: "database client",
    phase: "generate",
    inputs: ["prisma/schema.prisma"],
    outputs: ["apps/server/src/generated/prisma/client.ts"],
    command: () => [
      projectNode(),
      [commandFile("prisma"), "generate", "--schema", "prisma/schema.prisma"],
      // Generating needs no engine. Prisma would download one all the same, unless it is told that there is one.
      {
        env: {
          PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
          CHECKPOINT_DISABLE: "1",
          PRISMA_HIDE_UPDATE_MESSAGE: "1",
        },
      },
    ],
  },
  {
    name: "web operations",
    phase: "generate",
    inputs: ["apps/server/schema.graphql", "apps/web/codegen.ts", "apps/web/src"],
    outputs: ["apps/web/src/gql/graphql.ts"],
    command: () => [
      projectNode(),
      [commandFile("@graphql-codegen/cli", "apps/web", "graphql-codegen"), "--config", "codegen.ts"],
      { cwd: "apps/web" },
    ],
  },
  {
    name: "client operations",
    phase: "generate",
    inputs: ["apps/server/schema.graphql", "packages/sdk/codegen.ts", "packages/sdk/src/operations"],
    outputs: ["packages/sdk/src/generated/operations.ts"],
    command: () => [
      projectNode(),
      [commandFile("@graphql-codegen/cli", "packages/sdk", "graphql-codegen"), "--config", "codegen.ts"],
      { cwd: "packages/sdk" },
    ],
  },
  {
    name: "server",
    phase: "build",
    inputs: [
      "tsconfig.base.json",
      "prisma/schema.prisma",
      "packages/core",
      "packages/formats",
      "apps/server",
    ],
    outputs: ["packages/core/dist/index.js", "packages/formats/dist/index.js", "apps/server/dist/main.js"],
    command: () => [projectNode(), [commandFile("typescript", ".", "tsc"), "-b", "apps/server"]],
  },
  {
    name: "command line",
    phase: "build",
    inputs: [
      "tsconfig.base.json",
      "apps/server/schema.graphql",
      "packages/core",
      "packages/sdk",
      "packages/cli",
    ],
    outputs: ["packages/sdk/dist/index.js", "packages/cli/dist/main.js"],
    command: () => [projectNode(), [commandFile("typescript", ".", "tsc"), "-b", "packages/cli"]],
  },
  {
    name: "web client",
    phase: "build",
    inputs: ["tsconfig.base.json", "packages/core", "apps/server/schema.graphql", "apps/web"],
    outputs: ["apps/web/dist/index.html"],
    command: () => [
      projectNode(),
      [commandFile("vite", "apps/web"), "build", "--logLevel", "warn"],
      { cwd: "apps/web", env: { NODE_ENV: "production" } },
    ],
  },
];

const notSources = new Set(["node_modules", "dist", "generated", "gql", ".vite"]);

/**
 * Installs, then makes the stale parts of these phases, alone in this checkout.
 * @param {Part["phase"][]} phases
 */
export async function prepare(phases = ["generate", "build"]) {
  const lock = await acquireLock(() =>
    report("another start or test is preparing this checkout; waiting for it\n"),
  );
  /** @type {import("node:child_process").ChildProcess | undefined} */
  let running;
  /** @param {NodeJS.Signals} signal */
  const interrupt = (signal) => {
    running?.kill(signal);
    process.exit(exitCode(null, signal));
  };
  for (const signal of endSignals) process.on(signal, interrupt);
  /** @param {string} name @param {string} command @param {string[]} args @param {import("./toolbox.mjs").RunOptions} [options] */
  const step = async (name, command, args, options) => {
    const start = performance.now();
    report(`${name} … `);
    /** @type {import("./toolbox.mjs").RunOptions["onStart"]} */
    const onStart = (child) => {
      running = child;
      if (child.pid) lock.include(child.pid);
    };
    const { code, output } = await run(command, args, { ...options, onStart });
    running = undefined;
    process.stderr.write(`${code === 0 ? "" : "failed after "}${seconds(start)}\n`);
    if (code !== 0) throw new StepError(`${output.trim()}\n\nconcord: ${name} failed (exit code ${code})`);
  };
  try {
    const installed = await install(step);
    for (const part of parts) if (phases.includes(part.phase)) await make(part, installed, step);
  } finally {
    for (const signal of endSignals) process.off(signal, interrupt);
    lock.release();
  }
}

/** Does `work`; a failed step ends this process with its output and code 1. @param {() => Promise<void>} work */
export async function orExplain(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** @typedef {(name: string, command: string, args: string[], options?: import("./toolbox.mjs").RunOptions) => Promise<void>} Step */

/** @param {Step} step @returns {Promise<string>} the hash of what is installed */
async function install(step) {
  const workspaces = [".", ...foldersIn("apps"), ...foldersIn("packages"), "tests"];
  const hash = hashOf([
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    ...workspaces.map((folder) => `${folder}/package.json`),
  ]);
  const stamp = join(root, "node_modules/.concord-installed");
  const isComplete = workspaces.every((folder) => existsSync(join(root, folder, "node_modules")));
  if (isComplete && read(stamp) === hash) return hash;
  // --prod=false: with NODE_ENV=production pnpm would leave out what builds the project.
  const options = ["--frozen-lockfile", "--prod=false", "--config.confirmModulesPurge=false"];
  await step("install", "npx", ["--yes", pnpm, "install", ...options]);
  writeFileSync(stamp, hash);
  return hash;
}

/** @param {Part} part @param {string} installed @param {Step} step */
async function make(part, installed, step) {
  const hash = hashOf(part.inputs, installed);
  const stamp = join(stateFolder, `${part.name.replace(" ", "-")}.made`);
  if (read(stamp) === hash && part.outputs.every((file) => existsSync(join(root, file)))) return;
  rmSync(stamp, { force: true });
  await step(part.name, ...part.command());
  mkdirSync(stateFolder, { recursive: true });
  writeFileSync(stamp, hash);
}

/** @param {string[]} paths @param {string} [seed] */
function hashOf(paths, seed = "") {
  const hash = createHash("sha256").update(seed);
  for (const path of paths) {
    for (const file of filesBelow(path)) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

/** @param {string} path @returns {string[]} the file itself, or the sources in the folder, sorted */
function filesBelow(path) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stats) return [];
  if (!stats.isDirectory()) return [path];
  const names = readdirSync(join(root, path)).filter((name) => !notSources.has(name));
  return names.sort().flatMap((name) => filesBelow(`${path}/${name}`));
}

/** @param {string} folder */
const foldersIn = (folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);

/** @param {string} file */
const read = (file) => (existsSync(file) ? readFileSync(file, "utf8") : undefined);

/** @param {string} text */
const report = (text) => process.stderr.write(`concord: ${text}`);
