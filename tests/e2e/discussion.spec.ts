// What people say to each other about an annotation, and what has become of it: live, offline, over a reload.
import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import {
  becomeOwner,
  type Concord,
  clickWords,
  joinAs,
  listed,
  newPage,
  startConcord,
  status,
  tag,
} from "./concord.ts";

const TEXT =
  "Two harbour boards met on 4 May after a winter of wrong soundings. The pilot Runa Aske said that the channel has moved east.";

test.describe.configure({ mode: "serial" });

let concord: Concord;
let mira: Page;
let dov: Page;
let address = "";

async function open(page: Page): Promise<void> {
  await page.goto(address);
  await expect(page.getByTestId("text")).toBeVisible();
  await expect(status(page)).toHaveText("Saved");
}

const field = (page: Page): Locator => page.getByRole("textbox", { name: "Comment" });
const thread = (page: Page): Locator => page.getByRole("list", { name: "Discussion" }).getByRole("listitem");
const toList = (page: Page) => page.getByRole("button", { name: "Back to all annotations" }).click();

async function say(page: Page, words: string): Promise<void> {
  await field(page).fill(words);
  await page.keyboard.press("Control+Enter");
  await expect(field(page)).toHaveValue("");
}

async function expectThemesAccessible(page: Page, screen: string): Promise<void> {
  await expectAccessible(page, screen);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page, `${screen}, dark`, "of colour");
  await page.emulateMedia({ colorScheme: "light" });
}

test.beforeAll(async ({ browser }) => {
  concord = await startConcord();
  mira = await newPage(browser, concord);
  dov = await newPage(browser, concord);
  await becomeOwner(mira, concord);
  const { createProject } = await concord.ask<{ createProject: { project: { id: string } } }>(
    `mutation { createProject(input: { name: "Tide tables" }) { project { id } } }`,
  );
  const projectId = createProject.project.id;
  const { importDocuments } = await concord.ask<{ importDocuments: { documents: { id: string }[] } }>(
    `mutation ($input: ImportDocumentsInput!) { importDocuments(input: $input) { documents { id } } }`,
    { input: { projectId, documents: [{ title: "A report", text: TEXT }] } },
  );
  address = `/documents/${importDocuments.documents[0]?.id}`;
  await joinAs(dov, concord, projectId, "CURATOR");
  await open(mira);
  await tag(mira, "wrong soundings", "c");
  await tag(mira, "Runa Aske", "s");
  await expect(status(mira)).toHaveText("Saved");
  await open(dov);
});

test.afterAll(async () => {
  await mira.context().close();
  await dov.context().close();
  await concord.stop();
});

test("a comment names a member, is answered and settled, and everybody sees it at once", async () => {
  await clickWords(mira, "wrong soundings");
  await mira.keyboard.press("Shift+C");
  await expect(field(mira)).toBeFocused();
  await mira.keyboard.type("What does @lin");
  await expect(mira.getByRole("option", { name: "Dov Lindqvist" })).toHaveAttribute("aria-selected", "true");
  await mira.keyboard.press("Enter");
  await mira.keyboard.type("say?");
  await mira.keyboard.press("Enter");
  await mira.keyboard.type("See https://example.org/tides.");
  await mira.keyboard.press("Control+Enter");
  await expect(thread(mira)).toContainText("What does @Dov Lindqvist say?");

  await expect(listed(dov, "wrong soundings")).toContainText("1 comment, open");
  await expect(listed(dov, "Runa Aske")).not.toContainText("comment");
  await clickWords(dov, "wrong soundings");
  await expect(thread(dov).locator("[data-self]")).toHaveText("@Dov Lindqvist");
  await expect(thread(dov).getByRole("link")).toHaveAttribute("href", "https://example.org/tides");
  await expect(field(dov)).toHaveAttribute("placeholder", "Answer Mira Sandoval");
  await say(dov, "They moved the buoy.");
  await expect(thread(mira).nth(1)).toContainText("They moved the buoy.");
  await expect(mira.getByText("Dov Lindqvist has commented.")).toBeAttached();
  await field(mira).fill("@");
  await expect(mira.getByRole("option")).toHaveCount(2);
  await expectThemesAccessible(mira, "a discussion");
  await field(mira).fill("");

  await mira.getByRole("button", { name: "Resolve" }).click();
  await expect(dov.getByRole("button", { name: "Reopen" })).toBeVisible();
  await dov.getByRole("button", { name: "Reopen" }).click();
  await expect(mira.getByRole("button", { name: "Resolve" })).toBeVisible();
});

test("one's own comment is changed, deleted and brought back; nobody changes another's", async () => {
  const own = thread(dov).filter({ hasText: "They moved the buoy." });
  await own.hover();
  await own.getByRole("button", { name: "Edit the comment" }).click();
  await expect(dov.getByRole("textbox", { name: "Edit the comment" })).toBeFocused();
  await dov.keyboard.type(" In March.");
  await dov.keyboard.press("Control+Enter");
  await expect(thread(mira).nth(1)).toContainText("They moved the buoy. In March.");
  await expect(thread(dov).nth(0).getByRole("button", { name: "Edit the comment" })).toHaveCount(0);

  await own.hover();
  await own.getByRole("button", { name: /^Delete the comment/ }).click();
  await expect(thread(mira)).toHaveCount(1);
  await dov.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(thread(mira)).toHaveCount(2);
  await expect(thread(mira).nth(1)).toContainText("They moved the buoy. In March.");

  // What was said first comes back before what was answered.
  await thread(mira).nth(0).hover();
  await thread(mira)
    .nth(0)
    .getByRole("button", { name: /^Delete the comment/ })
    .click();
  await expect(thread(dov)).toHaveCount(1);
  await mira.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(thread(dov)).toHaveCount(2);
  await expect(thread(dov).nth(1)).toContainText("They moved the buoy. In March.");
});

test("the list narrows down to what is open and to where one is named", async () => {
  await toList(dov);
  await dov.getByRole("button", { name: "Filter the annotations" }).click();
  await dov.getByRole("checkbox", { name: "Mentions me" }).check();
  await expect(listed(dov, "wrong soundings")).toHaveCount(1);
  await expect(listed(dov, "Runa Aske")).toHaveCount(0);
  await dov.getByRole("checkbox", { name: "Mentions me" }).uncheck();
  await dov.getByRole("checkbox", { name: "Discussion open" }).check();
  await expect(listed(dov, "wrong soundings")).toHaveCount(1);
  await mira.getByRole("button", { name: "Resolve" }).click();
  await expect(listed(dov, "wrong soundings")).toHaveCount(0);
  await dov.getByRole("button", { name: "Show all", exact: true }).click();
  await dov.getByRole("button", { name: "Filter the annotations" }).click();
});

test("a comment written offline survives the closed tab and arrives once; a half-written one a reload", async () => {
  await mira.context().setOffline(true);
  await say(mira, "Said at sea.");
  await expect(thread(mira).filter({ hasText: "Said at sea." })).toContainText("waiting");
  await expect(status(mira)).toHaveText("Offline, 1 waiting");
  const context = mira.context();
  await mira.close();
  await context.setOffline(false);
  mira = await context.newPage();
  await open(mira);
  await expect(listed(mira, "wrong soundings")).toHaveCount(1);
  await clickWords(dov, "wrong soundings");
  await expect(thread(dov).filter({ hasText: "Said at sea." })).toHaveCount(1);

  await clickWords(mira, "wrong soundings");
  await expect(thread(mira).filter({ hasText: "Said at sea." })).toHaveCount(1);
  await field(mira).fill("Half a th");
  await say(dov, "Meanwhile.");
  await expect(thread(mira).last()).toContainText("Meanwhile.");
  await expect(field(mira)).toHaveValue("Half a th");
  await mira.reload();
  await expect(field(mira)).toHaveValue("Half a th");
});

test("what is being said about something that is deleted meanwhile is asked about", async () => {
  await dov.getByRole("button", { name: "Delete the annotation" }).click();
  await expect(status(mira)).toHaveText("Conflict");
  await mira.getByRole("button", { name: "Conflict" }).click();
  const dialog = mira.getByRole("dialog", { name: "What needs a decision" });
  await expect(dialog).toContainText("Dov Lindqvist deleted the annotation that you comment on.");
  await expect(dialog).toContainText("Half a th");
  await dialog.getByRole("button", { name: "Restore it with my comment" }).click();
  await mira.keyboard.press("Escape");
  await expect(status(mira)).toHaveText("Saved");
  await clickWords(dov, "wrong soundings");
  await expect(thread(dov)).toHaveCount(5);
  await expect(thread(dov).last()).toContainText("Half a th");
});

test("the history tells what changed, goes on while it is open, and leads back", async () => {
  await clickWords(mira, "Runa Aske");
  await mira.getByRole("button", { name: "All changes" }).click();
  const history = mira.getByRole("list", { name: "History" }).getByRole("listitem");
  await expect(history).toHaveText([/^You made it/]);
  await clickWords(dov, "Runa Aske");
  await dov.getByRole("textbox", { name: "Note" }).fill("The pilot.");
  await dov.keyboard.press("Control+Enter");
  await expect(history).toHaveCount(2);
  await expect(history.first()).toContainText("Dov Lindqvist changed it");
  await expect(history.first()).toContainText("none → The pilot.");

  await history.last().getByRole("button", { name: "Restore this version" }).click();
  await expect(dov.getByRole("textbox", { name: "Note" })).toHaveValue("");
  await expect(history).toHaveCount(3);
  await mira.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(dov.getByRole("textbox", { name: "Note" })).toHaveValue("The pilot.");
  await expectThemesAccessible(mira, "a history");
});

test("what somebody deleted long ago is found and brought back", async () => {
  await dov.getByRole("button", { name: "Delete the annotation" }).click();
  await expect(listed(mira, "Runa Aske")).toHaveCount(0);
  await mira.reload();
  await mira.getByRole("button", { name: "Recently deleted" }).click();
  const dialog = mira.getByRole("dialog", { name: "Recently deleted" });
  await expect(dialog).toContainText("Dov Lindqvist deleted it");
  await dialog.getByRole("button", { name: "Restore “Runa Aske”" }).click();
  await expect(mira.getByRole("textbox", { name: "Note" })).toHaveValue("The pilot.");
  await expect(listed(dov, "Runa Aske")).toHaveCount(1);
  await mira.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(listed(dov, "Runa Aske")).toHaveCount(0);
});
