// Finds a Chromium for the browser tests, and gets one if the machine has none.
import { accessSync, constants, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { commandFile, projectNode, root, run } from "./toolbox.mjs";

const names = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "microsoft-edge"];

const usualPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ...[process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, "Google/Chrome/Application/chrome.exe"),
      join(folder, "Microsoft/Edge/Application/msedge.exe"),
    ]),
];

/** @returns {string | undefined} the path of a browser that is there already */
export function findBrowser() {
  const wanted = process.env.CHROME_PATH;
  if (wanted) {
    if (!isExecutable(wanted)) throw new Error(`CHROME_PATH is ${wanted}, and no program is there`);
    return wanted;
  }
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...usualPlaces].find(isExecutable) ?? playwrightsOwn();
}

/**
 * Finds a browser, downloads Playwright's, or installs Debian's.
 * @returns {Promise<{ path: string } | { problem: string }>}
 */
export async function getBrowser() {
  const found = findBrowser();
  if (found) return { path: found };
  /** @type {[string, string[], NodeJS.ProcessEnv?][]} */
  const ways = [
    [
      projectNode(),
      [commandFile("@playwright/test", "tests", "playwright"), "install", "chromium"],
      { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "10000" },
    ],
  ];
  if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    ways.push([
      "sh",
      ["-c", "apt-get update && apt-get install -y chromium"],
      { DEBIAN_FRONTEND: "noninteractive" },
    ]);
  }
  const outputs = [];
  for (const [command, args, env] of ways) {
    process.stderr.write(`concord: no browser here; trying: ${[...args].slice(-2).join(" ")}\n`);
    const { output } = await run(command, args, { env: env ?? {} });
    const path = findBrowser();
    if (path) return { path };
    outputs.push(output.trim());
  }
  const advice = "No Chromium was found and none could be installed; install one, or name it in CHROME_PATH.";
  return { problem: `${outputs.join("\n\n")}\n\n${advice}` };
}

function playwrightsOwn() {
  const { chromium } = createRequire(join(root, "tests/package.json"))("@playwright/test");
  const path = chromium.executablePath();
  return isExecutable(path) ? path : undefined;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
