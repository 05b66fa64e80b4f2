// Unit tests beside the code, and integration tests on the embedded PostgreSQL; those that depend on the database run
// again on one of your own. docs/decisions/0014-tests.md says which, and why.
// Everything runs on the sources (the packages' `source` condition); nothing has to be built first.
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const shared = {
  resolve: {
    // Tools reach graphql by two paths; two module instances refuse each other's schemas.
    alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }],
    conditions: ["source", "node", "module", "default"],
  },
  ssr: { resolve: { conditions: ["source", "node", "module", "default"] } },
};

/** On a busy machine, what takes a moment must not be called hung; and a test database costs a start. */
const patience = { testTimeout: 60_000, hookTimeout: 120_000 };

const unit = (name: string, folder: string) => ({
  ...shared,
  root: folder,
  test: { ...patience, name, include: ["src/**/*.test.{ts,tsx}"], passWithNoTests: true },
});

/** What asks no question of the database that the others don't, or is about something else altogether. */
const onOneDatabase = [
  "api-docs",
  "audits",
  "bus",
  "client",
  "command-line",
  "contract",
  "faults",
  "graphiql",
  "import-killed",
  "input",
  "lost-passwords",
  "rights",
  "rights-edges",
  "session-ends",
  "sessions",
].map((name) => `integration/${name}.test.ts`);

const integration = (database: "embedded" | "external", exclude: string[] = []) => ({
  ...shared,
  root: "tests",
  test: {
    ...patience,
    name: `integration-${database}`,
    include: ["integration/**/*.test.ts"],
    exclude,
    provide: { database },
    // A server's modules take longer to load than most files to run, and V8 has compiled them only after a while.
    isolate: false,
    setupFiles: [fromHere("tests/support/after-each.ts")],
    globalSetup: [fromHere("tests/support/global-setup.ts")],
    runner: fromHere("tests/support/skipping-runner.ts"),
  },
});

export default defineConfig({
  test: {
    projects: [
      unit("core", "packages/core"),
      unit("formats", "packages/formats"),
      unit("sdk", "packages/sdk"),
      unit("cli", "packages/cli"),
      unit("server", "apps/server"),
      "apps/web",
      integration("embedded"),
      integration("external", onOneDatabase),
    ],
    // A file waits for its database and its timers half of the time, so two cores carry three; vitest would take one.
    maxWorkers: availableParallelism() + 1,
  },
});
