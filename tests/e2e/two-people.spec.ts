// The main job: two people, one report, live; then export.
import { readFile } from "node:fs/promises";
import { type Browser, expect, type Page, test } from "@playwright/test";
import {
  becomeOwner,
  type Concord,
  clickWords,
  fillAccount,
  listed,
  rectOf,
  selectWords,
  startConcord,
  status,
  tag,
} from "./concord.ts";

const TITLE = "Harbour boards agree on one tide table";
const REPORT = [
  TITLE,
  "",
  "OSTEREY – Two harbour boards met on 4 May after a winter of wrong soundings, Coast Service reported.",
  "",
  "According to the pilot Runa Aske, the channel has moved east 🙂 since the storm. “We should print one tide table for both shores,” said Aske.",
  "",
  "She and the board of Lindholm signed a paper on shared soundings.",
].join("\n");

test.describe.configure({ mode: "serial" });

let concord: Concord;
let mira: Page;
let dov: Page;
let documentUrl = "";
let projectId = "";

async function newPerson(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: concord.url, viewport: { width: 1440, height: 900 } });
  return context.newPage();
}

test.beforeAll(async ({ browser }) => {
  concord = await startConcord();
  mira = await newPerson(browser);
  dov = await newPerson(browser);
});

test.afterAll(async () => {
  await mira.context().close();
  await dov.context().close();
  await concord.stop();
});

test("the one-time link makes the owner and leads into the demo project", async () => {
  await becomeOwner(mira, concord);
  await expect(mira.getByRole("heading", { level: 1 })).toContainText("Lower Sarn");
  await expect(mira.getByRole("region", { name: "First steps" })).toBeVisible();
  await mira.getByRole("button", { name: "Put the first steps away" }).click();
  await expect(mira.getByRole("region", { name: "First steps" })).toHaveCount(0);
  // It works once.
  await dov.goto(concord.setUpLink);
  await expect(dov.getByText(/used already|no longer works|was used/i)).toBeVisible();
});

test("the owner makes a project, pastes a report and invites a colleague", async () => {
  await mira.goto("/");
  await mira.getByRole("button", { name: "New project" }).click();
  await mira.getByLabel("Name").fill("Tide tables");
  await mira.getByRole("button", { name: /^Create/ }).click();
  await mira.waitForURL(/\/projects\//);
  projectId = new URL(mira.url()).pathname.split("/")[2] ?? "";

  await mira.getByRole("button", { name: "Add documents" }).first().click();
  await mira.getByLabel(/^Text/).fill(REPORT);
  await mira.getByRole("button", { name: /^Add/ }).last().click();
  await mira.getByRole("link", { name: TITLE }).first().click();
  await mira.waitForURL(/\/documents\//);
  documentUrl = mira.url();
  await expect(mira.getByTestId("text")).toContainText("one tide table for both shores");

  await mira.goto(`/projects/${projectId}/team`);
  await mira.getByRole("button", { name: "Invite" }).click();
  await mira.getByRole("button", { name: /link/i }).click();
  const link = await mira.getByRole("textbox", { name: /link/i }).inputValue();
  expect(link).toContain(`${concord.url}/join#`);

  await dov.goto(link);
  await expect(dov.getByText("Tide tables")).toBeVisible();
  await fillAccount(dov, "Dov Lindqvist", "dov@sarn-study.example");
  await dov.getByRole("button", { name: /join/i }).click();
  await dov.waitForURL(/\/projects\//);
  await dov.getByRole("link", { name: TITLE }).click();
  await mira.goto(documentUrl);
  await expect(mira.getByTestId("text")).toBeVisible();
  await expect(dov.getByTestId("text")).toBeVisible();
});

test("both mark the same sentence, and each sees the other's at once", async () => {
  await tag(mira, "We should print one tide table for both shores", "i");
  await expect(listed(dov, "We should print one tide table")).toBeVisible();
  await tag(dov, "We should print one tide table for both shores", "c");
  await expect(listed(mira, "We should print one tide table")).toHaveCount(2);
  await tag(dov, "the channel has moved east 🙂 since the storm", "c");
  await expect(listed(mira, "the channel has moved east 🙂 since the storm")).toBeVisible();
  await expect(status(mira)).toHaveText(/Saved/);
  await expect(status(dov)).toHaveText(/Saved/);
});

test("each sees where the other is, what they select and edit, and that they leave", async () => {
  const faces = mira.getByRole("banner").getByRole("list", { name: "Also here" });
  const dovsFace = (activity: string) => faces.getByRole("button", { name: `Dov Lindqvist, ${activity}` });
  await expect(dovsFace("reading")).toBeVisible();
  // Nobody sees themselves, and it is told of no one twice.
  await expect(faces.getByRole("button")).toHaveCount(1);
  await expect(dov.getByRole("button", { name: "Mira Sandoval, reading" })).toBeVisible();

  const words = "one tide table for both shores";
  await selectWords(dov, words);
  const outline = mira.locator('[data-other="Dov Lindqvist"] i');
  await expect(outline.first()).toBeVisible();
  await expect(dovsFace("selecting")).toBeVisible();
  const isAroundTheWords = async () => {
    const box = await outline.first().boundingBox();
    const place = await rectOf(mira, words);
    if (box === null) return "nowhere";
    const distances = [box.x - place.x, box.y - place.y, box.width - place.width, box.height - place.height];
    return distances.every((distance) => Math.abs(distance) < 4) ? "around the words" : distances.join(" ");
  };
  await expect.poll(isAroundTheWords).toBe("around the words");
  await mira.setViewportSize({ width: 390, height: 844 });
  await mira.getByTestId("text").evaluate((text) => text.scrollIntoView({ block: "end" }));
  await expect.poll(isAroundTheWords).toBe("around the words");
  await mira.setViewportSize({ width: 1440, height: 900 });
  await dov.keyboard.press("Escape");
  await expect(outline).toHaveCount(0);

  for (const page of [mira, dov]) await clickWords(page, "the channel has moved east");
  await dov.getByRole("textbox", { name: "Note" }).focus();
  const warning = mira.getByText("Dov Lindqvist is editing this annotation");
  await expect(warning).toBeVisible();
  await expect(dovsFace("editing Claim")).toBeVisible();
  await dov.getByRole("button", { name: "Back to all annotations" }).click();
  await expect(warning).toHaveCount(0);
  await mira.getByRole("button", { name: "Back to all annotations" }).click();

  await dov.goto(`/projects/${projectId}`);
  await expect(faces).toHaveCount(0);
  await dov.goto(documentUrl);
  await expect(dovsFace("reading")).toBeVisible();
  await expect(listed(dov, "the channel has moved east")).toBeVisible();
});

test("a note and a new label travel too, and undo takes back only one's own last step", async () => {
  await clickWords(dov, "the channel has moved east");
  await dov.getByRole("textbox", { name: "Note" }).fill("Check the chart.");
  await dov.keyboard.press("Control+Enter");
  await expect(status(dov)).toHaveText(/Saved/);
  await clickWords(mira, "the channel has moved east");
  await expect(mira.getByRole("textbox", { name: "Note" })).toHaveValue("Check the chart.");
  for (const page of [mira, dov]) await page.getByRole("button", { name: "Back to all annotations" }).click();

  await tag(mira, "Runa Aske", "s");
  await expect(listed(dov, "Runa Aske")).toBeVisible();
  await mira.keyboard.press("Control+z");
  await expect(listed(dov, "Runa Aske")).toHaveCount(0);
  await expect(listed(mira, "the channel has moved east")).toBeVisible();
});

test("what is marked offline waits, is said so, and arrives once", async () => {
  await dov.context().setOffline(true);
  await tag(dov, "signed a paper on shared soundings", "a");
  await expect(status(dov)).toHaveText(/Offline, 1 waiting/);
  await tag(mira, "Coast Service", "s");
  await expect(listed(mira, "signed a paper")).toHaveCount(0);
  await dov.context().setOffline(false);
  await expect(listed(mira, "signed a paper on shared soundings")).toHaveCount(1);
  await expect(listed(dov, "Coast Service")).toHaveCount(1);
  await expect(status(dov)).toHaveText(/Saved/);
});

test("a server that is killed and started again loses nothing", async () => {
  await concord.kill();
  await tag(mira, "a winter of wrong soundings", "c");
  await expect(status(mira)).toHaveText(/waiting|Reconnecting/);
  await concord.restart();
  await expect(listed(dov, "a winter of wrong soundings")).toHaveCount(1, { timeout: 30_000 });
  await expect(status(mira)).toHaveText(/Saved/, { timeout: 30_000 });
});

test("a server in trouble is asked again, and what happened meanwhile arrives", async ({ browser }) => {
  const context = await browser.newContext({
    baseURL: concord.url,
    storageState: await mira.context().storageState(),
  });
  const page = await context.newPage();
  let refusals = 0;
  await page.routeWebSocket(/\/graphql$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const { id, type }: { id?: string; type: string } = JSON.parse(String(message));
      if (type !== "subscribe" || refusals >= 2) {
        server.send(message);
        return;
      }
      refusals++;
      const extensions = { code: "INTERNAL_SERVER_ERROR" };
      socket.send(JSON.stringify({ id, type: "error", payload: [{ message: "No.", extensions }] }));
    });
    server.onMessage((message) => socket.send(message));
  });
  await page.goto(documentUrl);
  await expect.poll(() => refusals).toBeGreaterThan(0);
  await tag(dov, "Two harbour boards", "s");
  await expect(listed(page, "Two harbour boards")).toHaveCount(1, { timeout: 15_000 });
  expect(refusals).toBe(2);
  await dov.keyboard.press("Control+z");
  await expect(listed(page, "Two harbour boards")).toHaveCount(0);
  await context.close();
});

test("the export equals what was done", async () => {
  await mira.goto(`/projects/${projectId}/download`);
  const downloading = mira.waitForEvent("download");
  await mira
    .getByRole("button", { name: /^Download/ })
    .or(mira.getByRole("link", { name: /^Download/ }))
    .first()
    .click();
  const corpus: {
    offsets: string;
    documents: {
      title: string;
      text: string;
      annotations: { label: string; fragments: [number, number][]; quote: string; createdBy: string }[];
    }[];
    users: { id: string; name: string }[];
  } = JSON.parse(await readFile(await (await downloading).path(), "utf8"));
  expect(corpus.offsets).toBe("code-points");
  const [document] = corpus.documents;
  const name = (id: string) => corpus.users.find((user) => user.id === id)?.name;
  const codePoints = [...(document?.text ?? "")];
  const made = document?.annotations
    .map(({ label, quote, createdBy }) => `${name(createdBy)} ${label} ${quote}`)
    .sort();
  expect(made).toEqual(
    [
      "Mira Sandoval speaker Coast Service",
      "Mira Sandoval claim a winter of wrong soundings",
      "Dov Lindqvist claim the channel has moved east 🙂 since the storm",
      "Mira Sandoval initiative We should print one tide table for both shores",
      "Dov Lindqvist claim We should print one tide table for both shores",
      "Dov Lindqvist agreement signed a paper on shared soundings",
    ].sort(),
  );
  for (const { fragments, quote } of document?.annotations ?? []) {
    expect(fragments.map(([start, end]) => codePoints.slice(start, end).join("")).join(" ")).toBe(quote);
  }
});
