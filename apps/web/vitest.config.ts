// Unit tests of the web client: pure parts, without a browser.
import { defaultClientConditions } from "vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    conditions: ["source", ...defaultClientConditions],
    // One copy of graphql, or two module instances refuse each other's schemas.
    alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }],
  },
  // a busy machine takes its time
  test: { name: "web", include: ["src/**/*.test.{ts,tsx}"], testTimeout: 60_000 },
});
