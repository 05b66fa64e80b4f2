// The browser tests: one Chromium, one test at a time, no second tries.
import { defineConfig } from "@playwright/test";

/** Set by `npm test`; when running Playwright yourself, set it, or have Playwright's own browser installed. */
const executablePath = process.env.CONCORD_BROWSER;
const report = process.env.CONCORD_TEST_REPORT;

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
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
