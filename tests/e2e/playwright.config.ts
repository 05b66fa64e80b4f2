// The browser tests: two files at a time, each with a Chromium and servers of its own; no second tries.
import { defineConfig } from "@playwright/test";

/** Set by `npm test`; when running Playwright yourself, set it, or have Playwright's own browser installed. */
const executablePath = process.env.CONCORD_BROWSER;
const report = process.env.CONCORD_TEST_REPORT;

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  // One picture for all systems: what is compared holds no text.
  snapshotPathTemplate: "{testDir}/pictures/{arg}{ext}",
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  // What is waited for comes or does not; how soon is for the machine.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: report ? [["list"], ["json", { outputFile: report }]] : [["list"]],
  use: {
    browserName: "chromium",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // Chromium's sandbox does not start for root.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ],
    },
  },
});
