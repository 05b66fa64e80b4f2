// A real server process of a test's own, and the gestures of a person at the page.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import { serverFlags } from "../../scripts/toolbox.mjs";

const MAIN = fileURLToPath(new URL("../../apps/server/dist/main.js", import.meta.url));

/** Acts as the first owner, for what a test only needs to look up. */
export const ADMIN_TOKEN = "an-access-token-of-the-first-owner-for-tests";

/** What people in tests choose as their password. */
export const PASSWORD = "a long enough sentence";

export interface Concord {
  url: string;
  dataDir: string;
  /** The first owner's one-time link. */
  setUpLink: string;
  /** Ends the process at once, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port. */
  restart(): Promise<void>;
  /** Asks the API as the first owner. */
  ask<Data>(query: string, variables?: object): Promise<Data>;
  stop(): Promise<void>;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

/** Starts the server's own entry point and waits for its line; what it says on stderr when it ends before. */
export async function launch(
  port: number,
  dataDir: string,
  env: Record<string, string>,
): Promise<{ child: ChildProcess; output: string }> {
  const child = spawn(process.execPath, [...serverFlags, MAIN], {
    env: {
      ...process.env,
      PORT: String(port),
      HOST: "127.0.0.1",
      DATA_DIR: dataDir,
      ADMIN_TOKEN,
      LOG_LEVEL: "warn",
      DATABASE_URL: "",
      REDIS_URL: "",
      PUBLIC_URL: "",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let problems = "";
  child.stderr.on("data", (chunk: Buffer) => {
    problems += chunk.toString();
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (/^Concord is at /m.test(output)) resolve();
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${problems}`)));
  });
  return { child, output };
}

/** Ends a server and waits until it is gone. */
export async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}

/** Starts a server for one test file. */
export async function startConcord(env: Record<string, string> = {}): Promise<Concord> {
  const dataDir = await mkdtemp(join(tmpdir(), "concord-e2e-"));
  // Started as root, PostgreSQL runs as another user, who has to walk to the cluster.
  await chmod(dataDir, 0o711);
  const port = await freePort();
  let { child, output } = await launch(port, dataDir, env);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    dataDir,
    setUpLink: /^http\S+\/start#\S+$/m.exec(output)?.[0] ?? "",
    kill: () => stop(child, "SIGKILL"),
    async restart() {
      ({ child, output } = await launch(port, dataDir, env));
    },
    async ask<Data>(query: string, variables: object = {}): Promise<Data> {
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${ADMIN_TOKEN}` },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors }: { data: Data; errors?: unknown } = await response.json();
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    },
    async stop() {
      await stop(child, "SIGTERM");
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A page in a browser context of its own, without motion. */
export async function newPage(browser: Browser, concord: Concord): Promise<Page> {
  const context = await browser.newContext({
    baseURL: concord.url,
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
  });
  return context.newPage();
}

/** Sets the first owner up by the one-time link; ends in the demo project. */
export async function becomeOwner(page: Page, concord: Concord, name = "Mira Sandoval"): Promise<void> {
  await page.goto(concord.setUpLink);
  await fillAccount(page, name, "mira@sarn-study.example");
  await page.getByRole("button", { name: "Start reading" }).click();
  await page.waitForURL(/\/projects\/[0-9a-f-]{36}$/);
}

/** Fills in the form of a new account. */
export async function fillAccount(page: Page, name: string, email: string): Promise<void> {
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
}

/** The link of a new invitation into a project. */
export async function invite(concord: Concord, projectId: string, role: string): Promise<string> {
  const { createInvitation } = await concord.ask<{ createInvitation: { url: string } }>(
    "mutation ($i: CreateInvitationInput!) { createInvitation(input: $i) { url } }",
    { i: { projectId, role } },
  );
  return createInvitation.url;
}

/** Invites somebody who has no account yet, and lets them join. */
export async function joinAs(
  page: Page,
  concord: Concord,
  projectId: string,
  role = "ANNOTATOR",
  [name, email]: readonly [name: string, email: string] = ["Dov Lindqvist", "dov@sarn-study.example"],
): Promise<void> {
  await page.goto(await invite(concord, projectId, role));
  await fillAccount(page, name, email);
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await page.waitForURL(/\/projects\//);
}

/** The reading pane. */
export function textOf(page: Page): Locator {
  return page.getByTestId("text");
}

/** Where words stand on the page: the first and the last line's rectangles. */
async function placeOf(
  page: Page,
  words: string,
): Promise<{ from: { x: number; y: number }; to: { x: number; y: number } }> {
  return textOf(page).evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      node.parentElement?.scrollIntoView({ block: "center" });
      const rects = [...range.getClientRects()].filter(({ width }) => width > 0);
      const [first] = rects;
      const last = rects.at(-1);
      if (!first || !last) throw new Error(`“${wanted}” is not shown`);
      return {
        from: { x: first.left + 1, y: first.top + first.height / 2 },
        to: { x: last.right - 1, y: last.top + last.height / 2 },
      };
    }
    throw new Error(`“${wanted}” is not in the text`);
  }, words);
}

/** The rectangle of words that stand on one line. */
export async function rectOf(
  page: Page,
  words: string,
): Promise<{ x: number; y: number; width: number; height: number }> {
  return textOf(page).evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      const { x, y, width, height } = range.getClientRects()[0] ?? new DOMRect();
      return { x, y, width, height };
    }
    throw new Error(`“${wanted}” is not in the text`);
  }, words);
}

/** Drags the mouse over words, as a person selects them. */
export async function selectWords(page: Page, words: string): Promise<void> {
  const { from, to } = await placeOf(page, words);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

/** Clicks on words in the text. */
export async function clickWords(page: Page, words: string): Promise<void> {
  const { from, to } = await placeOf(page, words);
  await page.mouse.click(from.y === to.y ? (from.x + to.x) / 2 : from.x + 4, from.y);
}

/** Selects words, presses a label's key, and goes back to the list of all annotations. */
export async function tag(page: Page, words: string, key: string): Promise<void> {
  await selectWords(page, words);
  await expect(page.getByRole("dialog", { name: "Label the selection" })).toBeVisible();
  await page.keyboard.press(key);
  await page.keyboard.press("Escape");
}

/** What the annotations panel lists for words. */
export function listed(page: Page, words: string | RegExp): Locator {
  return page
    .getByRole("complementary", { name: "Annotations" })
    .getByRole("button")
    .filter({ hasText: words });
}

/** The status word. */
export function status(page: Page): Locator {
  return page.getByRole("banner").getByRole("status");
}
