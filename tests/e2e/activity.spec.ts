// Who did what, and how far people are: what one does shows to the other, on every screen that tells of it.
import { type Browser, expect, type Page, test } from "@playwright/test";
import { becomeOwner, type Concord, joinAs, startConcord, status, tag, textOf } from "./concord.ts";

const TITLES = ["Harbour boards agree", "The pilot’s memory", "Soundings of the winter"];
const TEXT =
  "Two harbour boards met on 4 May. The pilot Runa Aske said the channel has moved. Nobody drew it.";

test.describe.configure({ mode: "serial" });

let concord: Concord;
let mira: Page;
let dov: Page;
let projectId = "";
let documentIds: string[] = [];

async function newPerson(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: concord.url, viewport: { width: 1440, height: 900 } });
  return context.newPage();
}

/** As when the person comes back to the window. */
const comeBack = (page: Page) => page.evaluate(() => dispatchEvent(new Event("focus")));

test.beforeAll(async ({ browser }) => {
  concord = await startConcord();
  mira = await newPerson(browser);
  dov = await newPerson(browser);
  await becomeOwner(mira, concord);
  const { createProject } = await concord.ask<{ createProject: { project: { id: string } } }>(
    "mutation ($i: CreateProjectInput!) { createProject(input: $i) { project { id } } }",
    { i: { name: "Tide tables" } },
  );
  projectId = createProject.project.id;
  const { importDocuments } = await concord.ask<{ importDocuments: { documents: { id: string }[] } }>(
    "mutation ($i: ImportDocumentsInput!) { importDocuments(input: $i) { documents { id } } }",
    { i: { projectId, documents: TITLES.map((title) => ({ title, text: TEXT, language: "en" })) } },
  );
  documentIds = importDocuments.documents.map(({ id }) => id);
  await joinAs(dov, concord, projectId);
});

test.afterAll(async () => {
  await mira.context().close();
  await dov.context().close();
  await concord.stop();
});

const rows = (page: Page) => page.getByRole("main").getByRole("listitem");
const rowOf = (page: Page, title: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name: title }) });

test("what one does is offered to the other, in runs, and leads to where it was done", async () => {
  await mira.goto(`/projects/${projectId}`);
  await mira.getByRole("link", { name: "Activity" }).click();
  await expect(mira.getByRole("heading", { name: "Today" })).toBeVisible();
  await expect(rows(mira).filter({ hasText: "added 3 documents" })).toBeVisible();
  await expect(rows(mira).filter({ hasText: /Dov Lindqvist is in the team as an annotator/ })).toBeVisible();

  await dov.goto(`/documents/${documentIds[0]}`);
  await tag(dov, "The pilot Runa Aske", "s");
  await tag(dov, "the channel has moved", "c");
  await expect(status(dov)).toHaveText(/Saved/);
  await comeBack(mira);
  // Nothing moves by itself.
  await mira.getByRole("button", { name: "Show 2 new" }).click();
  const run = rows(mira).filter({ hasText: `Dov Lindqvist marked 2 passages in ${TITLES[0]}` });
  await run.getByRole("button", { name: /Show each/ }).click();
  await run.getByRole("link", { name: /The pilot Runa Aske/ }).click();
  await mira.waitForURL(/\/documents\/.*annotation=/);
  await expect(mira.getByRole("complementary").getByRole("blockquote")).toHaveText("The pilot Runa Aske");
});

test("a filter narrows it down, stands in the address, and can be taken away", async () => {
  await mira.goto(`/projects/${projectId}/activity`);
  await expect(rows(mira).filter({ hasText: "added 3 documents" })).toBeVisible();
  await mira.getByRole("combobox", { name: "Person" }).click();
  await mira.getByRole("option", { name: "Dov Lindqvist" }).click();
  await mira.getByRole("combobox", { name: "Kind" }).click();
  await mira.getByRole("option", { name: "Annotations" }).click();
  await expect(rows(mira).filter({ hasText: "marked 2 passages" })).toBeVisible();
  await expect(rows(mira).filter({ hasText: "added 3 documents" })).toHaveCount(0);
  await expect(mira).toHaveURL(/person=[0-9a-f-]{36}&kind=annotations$/);

  await mira.reload();
  await expect(mira.getByRole("combobox", { name: "Person" })).toHaveValue("Dov Lindqvist");
  await expect(rows(mira).filter({ hasText: "marked 2 passages" })).toBeVisible();
  await mira.getByRole("combobox", { name: "Document" }).fill("soundings");
  await mira.getByRole("option", { name: "Soundings of the winter" }).click();
  await expect(mira.getByRole("heading", { name: "Nothing like that was done" })).toBeVisible();
  await mira.getByRole("button", { name: "Show all activity" }).click();
  await expect(rows(mira).filter({ hasText: "added 3 documents" })).toBeVisible();
  await expect(mira).toHaveURL(/\/activity$/);
});

test("a list that is longer than a page goes on, and says where it begins", async () => {
  const [, , long = ""] = documentIds;
  const { project } = await concord.ask<{ project: { labels: { id: string; key: string }[] } }>(
    "query ($id: ID!) { project(id: $id) { labels { id key } } }",
    { id: projectId },
  );
  const label = project.labels[0]?.id;
  const create = "mutation ($i: CreateAnnotationInput!) { createAnnotation(input: $i) { revision } }";
  const fragments = (start: number) => [{ start, end: start + 3 }];
  for (let place = 0; place < 90; place++)
    await concord.ask(create, { i: { documentId: long, labelId: label, fragments: fragments(place) } });
  for (let place = 0; place < 20; place++)
    await concord.ask(create, {
      i: { documentId: documentIds[1], labelId: label, fragments: fragments(place) },
    });
  await mira.goto(`/projects/${projectId}/activity`);
  await expect(rows(mira).filter({ hasText: "marked 20 passages" })).toBeVisible();
  await expect(rows(mira).filter({ hasText: "marked 80 passages" })).toBeVisible();
  await mira.getByRole("button", { name: "Show earlier" }).click();
  await expect(rows(mira).filter({ hasText: "marked 90 passages" })).toBeVisible();
  await expect(mira.getByText("This is where the project’s activity begins.")).toBeVisible();
  await expect(mira.getByRole("button", { name: "Show earlier" })).toHaveCount(0);
});

test("a status that is set in the workbench shows in the other's table and on the cards", async () => {
  await mira.goto(`/projects/${projectId}`);
  await expect(
    rowOf(mira, TITLES[0] ?? "").getByRole("img", { name: "Dov Lindqvist: In progress" }),
  ).toBeVisible();
  await dov.goto(`/documents/${documentIds[0]}`);
  await expect(textOf(dov)).toBeVisible();
  const own = (name: string) => dov.getByRole("button", { name: `Your progress: ${name}` });
  await own("In progress").click();
  await dov.getByRole("menuitemradio", { name: "Done" }).click();
  await expect(own("Done")).toBeVisible();
  await expect(rowOf(mira, TITLES[0] ?? "").getByRole("img", { name: "Dov Lindqvist: Done" })).toBeVisible();
  await expect(rowOf(mira, TITLES[0] ?? "")).toContainText("1 done");
  await mira.getByRole("button", { name: "1 of 3 done" }).click();
  const picture = mira.getByRole("dialog", { name: "1 of 3 done" });
  await expect(picture.getByRole("listitem").filter({ hasText: "Dov Lindqvist" })).toContainText(
    "1 done, 0 in progress",
  );
  await expect(picture.getByRole("listitem").filter({ hasText: "Mira Sandoval" })).toContainText(
    "0 done, 2 in progress",
  );
  await mira.keyboard.press("Escape");
  await mira.goto("/");
  await expect(mira.getByRole("listitem").filter({ hasText: "Tide tables" })).toContainText("1 of 3 done");
});

test("the table shows what is left to do, and puts most done first", async () => {
  await dov.goto(`/projects/${projectId}`);
  await expect(dov.getByRole("row")).toHaveCount(4);
  await dov.getByRole("button", { name: "Progress: Any progress" }).click();
  await dov.getByRole("menuitemradio", { name: "Not done by me" }).click();
  await expect(dov.getByRole("row")).toHaveCount(3);
  await expect(dov).toHaveURL(/progress=notMine/);
  await expect(dov.getByText("2 of 3", { exact: true })).toBeVisible();
  await dov.goto(`/projects/${projectId}?sort=-progress`);
  await expect(dov.getByRole("row").nth(1)).toContainText(TITLES[0] ?? "");
});

test("by keys: done, on to what is unfinished, and no further when all is done", async () => {
  await dov.goto(`/documents/${documentIds[1]}`);
  await expect(dov.getByRole("button", { name: "Your progress: New" })).toBeVisible();
  await dov.keyboard.press("Shift+D");
  await expect(dov.getByRole("button", { name: "Your progress: Done" })).toBeVisible();
  // Past the first, which is done, to the third.
  await dov.keyboard.press("Shift+U");
  await dov.waitForURL(new RegExp(documentIds[2] ?? ""));
  await expect(dov.getByRole("button", { name: "Your progress: New" })).toBeVisible();
  await dov.keyboard.press("Control+k");
  await dov.keyboard.type("done with this");
  await dov.keyboard.press("Enter");
  await expect(dov.getByRole("button", { name: "Your progress: Done" })).toBeVisible();
  await dov.keyboard.press("Shift+U");
  await expect(dov.getByRole("status").getByText("You are done with every other document.")).toBeAttached();
  await dov.keyboard.press("Shift+D");
  await expect(dov.getByRole("button", { name: "Your progress: In progress" })).toBeVisible();
  await dov.keyboard.press("?");
  await expect(dov.getByRole("dialog", { name: "Keys" })).toContainText("Done with this document");
});
