// Unit tests beside the code, and integration tests twice: on the embedded PostgreSQL and on one of your own.
// Everything runs on the sources (the packages' `source` condition); nothing has to be built first.
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

/** A test database costs a start; what follows must not be called hung on a busy machine. */
const patience = { testTimeout: 30_000, hookTimeout: 60_000 };

const unit = (name: string, folder: string) => ({
  ...shared,
  root: folder,
  test: { name, include: ["src/**/*.test.{ts,tsx}"], passWithNoTests: true },
});

const integration = (database: "embedded" | "external") => ({
  ...shared,
  root: "tests",
  test: {
    ...patience,
    name: `integration-${database}`,
    include: ["integration/**/*.test.ts"],
    provide: { database },
    globalSetup: [fromHere("tests/support/global-setup.ts")],
    runner: fromHere("tests/support/skipping-runner.ts"),
  },
});

export default defineConfig({
  test: {
    projects: [
      unit("core", "packages/core"),
      unit("formats", "packages/formats"),
      { ...unit("server", "apps/server"), test: { ...unit("server", "apps/server").test, ...patience } },
      "apps/web",
      integration("embedded"),
      integration("external"),
    ],
  },
});
