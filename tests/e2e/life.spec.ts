// The life of projects and documents: renamed, put away, deleted and brought back, replaced by a corrected text, carried
// to another server and back; with what axe says of these screens.
import { readFile } from "node:fs/promises";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import { becomeOwner, type Concord, joinAs, listed, startConcord, status, tag, textOf } from "./concord.ts";

const TITLE = "Harbour boards agree on one tide table";
const REPORT = [
  TITLE,
  "",
  "Two harbour boards met on 4 May after a winter of wrong soundings, Coast Service reported.",
  "",
  "According to the pilot Runa Aske, the channel has moved east 🙂 since the storm.",
].join("\n");
const OTHER = "The board of Lindholm prints its own chart";

const LOOKS = [
  { name: "light", colorScheme: "light", width: 1440, height: 900 },
  { name: "dark", colorScheme: "dark", width: 1440, height: 900 },
  { name: "light on a phone", colorScheme: "light", width: 390, height: 844 },
] as const;

test.describe.configure({ mode: "serial" });

let concord: Concord;
let mira: Page;
let dov: Page;
let projectId = "";
let documentId = "";

async function newPerson(browser: Browser, baseURL = concord.url): Promise<Page> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
  });
  return context.newPage();
}

/** axe's findings on the page as it is, in every look. */
async function expectLooksAccessible(page: Page, screen: string): Promise<void> {
  for (const { name, colorScheme, width, height } of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height });
    await expectAccessible(page, `${screen}, ${name}`, colorScheme === "dark" ? "of colour" : "all");
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect.soft(overflow, `${screen}, ${name}, scrolls sideways`).toBeLessThanOrEqual(0);
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width: 1440, height: 900 });
}

async function openRowMenu(page: Page, title: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `More about “${title}”` }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
  await expect(page.getByRole("menu")).toHaveCount(0);
}

async function show(page: Page, view: string): Promise<void> {
  await page.getByRole("button", { name: /^Documents shown/ }).click();
  await page.getByRole("menuitemradio", { name: view }).click();
  await expect(page.getByRole("menu")).toHaveCount(0);
}

const notice = (page: Page, words: RegExp) => page.getByRole("status").getByText(words);
const undo = (page: Page) => page.getByRole("button", { name: "Undo" });
const row = (page: Page, title: string) => page.getByRole("row").filter({ hasText: title });
/** The words of the annotation that is open. */
const quote = (page: Page) => page.getByRole("complementary", { name: "Annotations" }).locator("blockquote");

/** The export as the page itself reads it. */
async function exportOf(page: Page, id: string): Promise<string> {
  return page.evaluate(async (address) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(await response.text());
    return response.text();
  }, `/projects/${id}/export?format=json`);
}

test.beforeAll(async ({ browser }) => {
  concord = await startConcord();
  mira = await newPerson(browser);
  dov = await newPerson(browser);
  await becomeOwner(mira, concord);
  const { createProject } = await concord.ask<{ createProject: { project: { id: string } } }>(
    'mutation { createProject(input: { name: "Tides" }) { project { id } } }',
  );
  projectId = createProject.project.id;
  const { importDocuments } = await concord.ask<{ importDocuments: { documents: { id: string }[] } }>(
    "mutation ($i: ImportDocumentsInput!) { importDocuments(input: $i) { documents { id } } }",
    {
      i: {
        projectId,
        documents: [
          { title: TITLE, text: REPORT, metadata: { source: "Coast Service", pages: 2 } },
          { title: OTHER, text: `${OTHER}.` },
        ],
      },
    },
  );
  documentId = importDocuments.documents[0]?.id ?? "";
  await joinAs(dov, concord, projectId);
});

test.afterAll(async () => {
  await mira.context().close();
  await dov.context().close();
  await concord.stop();
});

test("a project is renamed", async () => {
  await mira.goto(`/projects/${projectId}/settings`);
  await mira.getByRole("textbox", { name: "Name" }).fill("Tide tables");
  await mira.getByRole("button", { name: "Save" }).click();
  await expect(mira.getByRole("heading", { level: 1 })).toHaveText("Tide tables");
  await expectLooksAccessible(mira, "settings");
});

test("archived, it stands still for a colleague who has it open, and loses nothing", async () => {
  await dov.goto(`/documents/${documentId}`);
  await tag(dov, "the channel has moved east", "c");
  await tag(dov, "Coast Service", "s");
  await expect(status(dov)).toHaveText("Saved");
  await dov.context().setOffline(true);
  await tag(dov, "Runa Aske", "s");
  await mira.getByRole("button", { name: "Archive project" }).click();
  await expect(mira.getByText(/^Archived .* nothing here changes/)).toBeVisible();
  await expectLooksAccessible(mira, "an archived project");

  // He could not know; what he has marked meanwhile is refused, kept, and says why.
  await dov.context().setOffline(false);
  await expect(dov.getByText("The project is archived: nothing here changes.")).toBeVisible();
  await listed(dov, "Runa Aske").click();
  await expect(dov.getByRole("alert")).toContainText(/archived/);
  await expect(dov.getByRole("button", { name: "Delete the annotation" })).toHaveCount(0);
  await expectLooksAccessible(dov, "an archived text");

  await mira.getByRole("banner").getByRole("link", { name: "Concord" }).click();
  await mira.getByText("Archived (1)").click();
  await mira.getByRole("link", { name: "Tide tables" }).click();
  await expect(mira.getByRole("button", { name: "Add documents" })).toHaveCount(0);
  await mira.getByRole("button", { name: "Take out" }).click();
  await expect(mira.getByRole("button", { name: "Add documents" })).toBeVisible();

  // The page that was open all the time is told.
  await expect(dov.getByText("The project is archived: nothing here changes.")).toHaveCount(0);
  await dov.getByRole("button", { name: "Try again" }).click();
  await expect(dov.getByRole("alert")).toHaveCount(0);
  await dov.reload();
  await expect(dov.getByText("The project is archived")).toHaveCount(0);
  await expect(quote(dov)).toHaveText("Runa Aske");
});

test("a document's metadata is edited name by name", async () => {
  await openRowMenu(mira, TITLE, "Edit details");
  await expect(mira.getByLabel("Value of pages")).toHaveValue("2");
  await mira.getByLabel("Value of pages").fill("[2, ");
  await expect(mira.getByText(/^Not JSON/)).toBeVisible();
  await expectLooksAccessible(mira, "details");
  await mira.getByLabel("Value of pages").fill("[2, 3]");
  await mira.getByRole("button", { name: "Remove source" }).click();
  await mira.getByRole("button", { name: "Add a field" }).click();
  await mira.keyboard.type("date");
  await mira.getByLabel("Value of date").fill("2026-05-04");
  await mira.getByRole("button", { name: "Save" }).click();
  await expect(mira.getByRole("dialog")).toHaveCount(0);
  const { document } = await concord.ask<{ document: { metadata: unknown } }>(
    "query ($id: ID!) { document(id: $id) { metadata } }",
    { id: documentId },
  );
  expect(document.metadata).toEqual({ pages: [2, 3], date: "2026-05-04" });
});

test("a document is archived, taken out, deleted and brought back", async () => {
  await openRowMenu(mira, OTHER, "Archive");
  await expect(row(mira, OTHER)).toHaveCount(0);
  await show(mira, "Archived");
  await expect(row(mira, OTHER)).toBeVisible();
  await openRowMenu(mira, OTHER, "Take out of the archive");
  await expect(mira.getByText("Nothing archived")).toBeVisible();
  await show(mira, "In use");

  await openRowMenu(mira, TITLE, "Delete");
  await expect(mira.getByRole("dialog")).toContainText("3 annotations");
  await mira.getByRole("button", { name: "Delete document" }).click();
  await expect(notice(mira, /is deleted/)).toBeVisible();
  await expect(row(mira, TITLE)).toHaveCount(0);
  await undo(mira).click();
  await expect(row(mira, TITLE)).toBeVisible();

  await openRowMenu(mira, TITLE, "Delete");
  await mira.getByRole("button", { name: "Delete document" }).click();
  await expect(row(mira, TITLE)).toHaveCount(0);
  await show(mira, "Recently deleted");
  await expect(mira.getByRole("list", { name: "Recently deleted" })).toContainText(
    /3 annotations.*Deleted now by Mira Sandoval, kept until/,
  );
  await expectLooksAccessible(mira, "deleted documents");
  await mira.getByRole("button", { name: `Restore “${TITLE}”` }).click();
  await expect(mira.getByText("Nothing deleted")).toBeVisible();
  await show(mira, "In use");
  await expect(row(mira, TITLE)).toContainText("3");
});

test("a corrected text takes along what it holds, and lists the rest", async () => {
  await openRowMenu(mira, TITLE, "New version");
  await mira.getByRole("button", { name: "start from the present text" }).click();
  const field = mira.getByLabel("Corrected text");
  await expect(field).toHaveValue(REPORT);
  await field.fill(REPORT.replace("has moved east", "has shifted to the east"));
  await mira.getByRole("button", { name: "See what carries over" }).click();
  await expect(mira.getByText("2 of 3 annotations keep their place; 1 doesn’t.")).toBeVisible();
  await expect(mira.getByRole("dialog").getByText("the channel has moved east")).toBeVisible();
  await expectLooksAccessible(mira, "a new version");
  await mira.getByRole("button", { name: "Create version" }).click();
  await mira.waitForURL(
    (url) => url.pathname.startsWith("/documents/") && !url.pathname.includes(documentId),
  );
  await expect(textOf(mira)).toContainText("has shifted to the east");
  await expect(mira.getByText("Version 2")).toBeVisible();
  await expect(listed(mira, "Runa Aske")).toBeVisible();

  await mira.getByRole("button", { name: "1 annotation not carried over" }).click();
  await expectLooksAccessible(mira, "not carried over");
  await mira.getByRole("dialog").getByRole("link", { name: "the channel has moved east" }).click();
  await mira.waitForURL(new RegExp(`${documentId}\\?annotation=`));
  await expect(mira.getByText("Archived: nothing here changes.")).toBeVisible();
  await expect(quote(mira)).toContainText("the channel has moved east");
  await mira.getByRole("link", { name: "There is a newer version" }).click();
  await expect(textOf(mira)).toContainText("has shifted to the east");
});

test("an archived document can be left out of the export", async () => {
  await mira.goto(`/projects/${projectId}/download`);
  await mira.getByLabel("Leave out 1 archived document").check();
  const downloading = mira.waitForEvent("download");
  await mira.getByRole("button", { name: "Download JSON" }).click();
  const file = await (await downloading).path();
  const corpus: { documents: { title: string }[] } = JSON.parse(await readFile(file, "utf8"));
  expect(corpus.documents.map(({ title }) => title)).toEqual([OTHER, TITLE]);
});

test("a project is deleted and brought back, at once and later", async () => {
  const before = await exportOf(mira, projectId);
  const remove = async () => {
    await mira.goto(`/projects/${projectId}/settings`);
    await mira.getByRole("button", { name: "Delete project" }).click();
    await expect(mira.getByRole("dialog")).toContainText("3 documents and 5 annotations");
    await expect(mira.getByRole("dialog")).toContainText("1 other member");
    await mira.getByRole("textbox", { name: /to confirm/ }).fill("Tide tables");
    await mira.getByRole("dialog").getByRole("button", { name: "Delete project" }).click();
    await expect(notice(mira, /“Tide tables” is deleted/)).toBeVisible();
  };
  await remove();
  await undo(mira).click();
  await expect(mira.getByRole("link", { name: "Tide tables" })).toBeVisible();
  await remove();
  await expect(mira.getByRole("link", { name: "Tide tables" })).toHaveCount(0);
  await mira.getByText("Recently deleted (1)").click();
  await expectLooksAccessible(mira, "deleted projects");
  await mira.getByRole("button", { name: "Restore “Tide tables”" }).click();
  await expect(mira.getByRole("link", { name: "Tide tables" })).toBeVisible();
  expect(await exportOf(mira, projectId)).toBe(before);
});

test("a corpus goes to another server and is the same there", async ({ browser }) => {
  const exported = await exportOf(mira, projectId);
  const second = await startConcord();
  const noor = await newPerson(browser, second.url);
  try {
    await becomeOwner(noor, second, "Noor Vance");
    const { createProject } = await second.ask<{ createProject: { project: { id: string } } }>(
      'mutation { createProject(input: { name: "Empty" }) { project { id } } }',
    );
    const { id } = createProject.project;
    await noor.goto(`/projects/${id}`);
    const drop = (name: string, text: string) =>
      noor.evaluate(
        ([fileName, content]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([content], fileName));
          window.dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
        },
        [name, text] as const,
      );

    await expect(noor.getByRole("button", { name: "Add documents" })).toBeVisible();
    await drop("broken.json", exported.replace(`"title":"${OTHER}"`, '"title":12'));
    await expect(noor.getByRole("list", { name: "Problems" })).toContainText(
      /line 1, column \d[\d,]*.*title/s,
    );
    await expectLooksAccessible(noor, "a broken corpus");
    await noor.getByRole("button", { name: "Cancel" }).click();

    await drop("tides.json", exported);
    await expect(noor.getByText("It holds 3 documents, 5 annotations.")).toBeVisible();
    await noor.getByRole("button", { name: "Import 3 documents" }).click();
    const panel = noor.getByRole("region", { name: "Importing files" });
    await expect(panel).toContainText("3 documents, 5 annotations imported");
    await expect(noor.getByRole("heading", { level: 1 })).toHaveText("Tide tables");
    await panel.getByRole("button", { name: "Open a document" }).click();
    await expect(panel.getByRole("link", { name: OTHER })).toBeVisible();
    await expectLooksAccessible(noor, "an imported corpus");
    expect(await exportOf(noor, id)).toBe(exported);
  } finally {
    await noor.context().close();
    await second.stop();
  }
});
