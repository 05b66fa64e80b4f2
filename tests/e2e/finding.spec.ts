// Finding one's way in a text and among its annotations, by keys and by address.
import { expect, type Page, test } from "@playwright/test";
import {
  becomeOwner,
  type Concord,
  joinAs,
  listed,
  selectWords,
  startConcord,
  status,
  textOf,
} from "./concord.ts";

const TEXT = [
  "Two boards, one tide table 🙂🙂",
  "",
  "The tide turned at noon. Runa Aske read the tide table aloud; the TIDE TABLE of Lindholm was older.",
  "",
  "“A tide table is a promise,” said Aske. Nobody in Lindholm keeps one tide table for both shores.",
  "",
  ...Array.from({ length: 60 }, (_, line) => `Sounding ${line + 1}: nothing to report, and the pilot slept.`),
  "",
  "The last tide table hangs in the harbour office.",
].join("\n");

test.describe.configure({ mode: "serial" });

let concord: Concord;
let page: Page;
let projectId = "";
let documentId = "";

test.beforeAll(async ({ browser }) => {
  concord = await startConcord();
  const context = await browser.newContext({ baseURL: concord.url, viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  await becomeOwner(page, concord);
  projectId = new URL(page.url()).pathname.split("/")[2] ?? "";
  const { importDocuments } = await concord.ask<{ importDocuments: { documents: { id: string }[] } }>(
    "mutation ($i: ImportDocumentsInput!) { importDocuments(input: $i) { documents { id } } }",
    { i: { projectId, documents: [{ title: "Tide tables", text: TEXT, language: "en" }] } },
  );
  documentId = importDocuments.documents[0]?.id ?? "";
  await page.goto(`/documents/${documentId}`);
  await expect(textOf(page)).toContainText("A tide table is a promise");
});

test.afterAll(async () => {
  await page.context().close();
  await concord.stop();
});

const bar = () => page.getByRole("search", { name: "Find in the text" });

test("a text is found as it is typed, and hits are marked where they stand", async () => {
  await page.keyboard.press("/");
  await page.keyboard.type("tide table");
  await expect(bar().getByRole("status")).toHaveText("1 of 6");
  await page.keyboard.press("Shift+Enter");
  await expect(bar().getByRole("status")).toHaveText("6 of 6");
  await expect(page.getByText("hangs in the harbour office")).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await expect(bar().getByRole("status")).toHaveText("2 of 6");
  await bar().getByRole("button", { name: "Match case" }).click();
  await expect(bar().getByRole("status")).toHaveText("2 of 5");
  // A label's key marks the hit; in the field it is a letter.
  await bar().getByRole("button", { name: "Next hit" }).focus();
  await page.keyboard.press("c");
  await expect(page.getByRole("complementary").getByRole("blockquote")).toHaveText("tide table");
  await page.keyboard.press("Escape");
  await expect(bar()).toHaveCount(0);
  const { document } = await concord.ask<{ document: { annotations: { nodes: { span: object }[] } } }>(
    "query ($id: ID!) { document(id: $id) { annotations { nodes { span { start end quote } } } } }",
    { id: documentId },
  );
  const start = [...TEXT].join("").slice(0, TEXT.indexOf("tide table aloud"));
  expect(document.annotations.nodes).toEqual([
    { span: { start: [...start].length, end: [...start].length + 10, quote: "tide table" } },
  ]);
});

test("what else says the same is marked at a stroke, and taken back at another", async () => {
  await page.keyboard.press("Shift+A");
  const dialog = page.getByRole("dialog", { name: "Mark all occurrences" });
  await expect(dialog.getByRole("status")).toHaveText("5 places; 1 more marked as Claim already");
  await dialog.getByRole("checkbox", { name: /hangs in the harbour/ }).uncheck();
  await dialog.getByRole("button", { name: "Mark 4 as Claim" }).click();
  await page.getByRole("button", { name: "Back to all annotations" }).click();
  await expect(listed(page, /tide table/i)).toHaveCount(5);
  await expect(status(page)).toHaveText(/Saved/);
  await page.keyboard.press("Control+z");
  await expect(listed(page, /tide table/i)).toHaveCount(1);
  await selectWords(page, "Lindholm was");
  await page
    .getByRole("dialog", { name: "Label the selection" })
    .getByRole("button", { name: /All occ/ })
    .click();
  await expect(dialog.getByRole("status")).toHaveText("1 place");
  await page.keyboard.press("Escape");
});

test("the palette does what it is told and goes where it is told, by keyboard alone", async () => {
  const palette = page.getByRole("dialog", { name: "Commands" });
  await selectWords(page, "The tide turned");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("mark claim");
  await expect(palette.getByRole("option", { selected: true })).toHaveText(/Mark as Claim/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary").getByRole("blockquote")).toHaveText("The tide turned");
  await page.keyboard.press("Control+k");
  // What was chosen lately comes first.
  await expect(palette.getByRole("option").first()).toHaveText(/Mark as Claim/);
  await page.keyboard.type("hospital");
  await expect(palette.getByRole("group", { name: "Documents" }).getByRole("option")).not.toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(new RegExp(documentId));
  await expect(textOf(page)).not.toContainText("The tide turned");
  await page.keyboard.press("Control+k");
  await expect(palette).toBeVisible();
  await page.keyboard.type("tide tables");
  await expect(palette.getByRole("option", { name: "Tide tables" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(documentId));
  await expect(listed(page, "The tide turned")).toBeVisible();
});

test("one document leads to the next, and to the next that I am not done with", async () => {
  const ids = await documentIds();
  const here = ids.indexOf(documentId);
  await page.keyboard.press("Shift+N");
  await expect(page.getByRole("status").getByText("This is the last document.")).toBeAttached();
  await page.keyboard.press("Shift+P");
  await expect(page).toHaveURL(new RegExp(`/documents/${ids[here - 1]}`));
  await expect(textOf(page)).toBeVisible();
  // Begun and not said to be done: the walk does not pass it.
  await page.keyboard.press("Shift+U");
  await expect(page).toHaveURL(new RegExp(`/documents/${documentId}`));
  await expect(textOf(page)).toContainText("The tide turned");
});

async function documentIds(): Promise<string[]> {
  const { project } = await concord.ask<{ project: { documents: { nodes: { id: string }[] } } }>(
    "query ($id: ID!) { project(id: $id) { documents { nodes { id } } } }",
    { id: projectId },
  );
  return project.documents.nodes.map(({ id }) => id);
}

test("the list is filtered by an address, and what passes is changed in one act", async ({ browser }) => {
  const { project } = await concord.ask<{ project: { labels: { id: string; name: string }[] } }>(
    "query ($id: ID!) { project(id: $id) { labels { id name } } }",
    { id: projectId },
  );
  const claim = project.labels.find(({ name }) => name === "Claim")?.id ?? "";
  const speaker = project.labels.find(({ name }) => name === "Speaker")?.id ?? "";
  const annotate = async (start: number, end: number, labelId: string): Promise<string> => {
    const { createAnnotation } = await concord.ask<{ createAnnotation: { annotation: { id: string } } }>(
      "mutation ($i: CreateAnnotationInput!) { createAnnotation(input: $i) { annotation { id } } }",
      { i: { documentId, labelId, fragments: [{ start, end }] } },
    );
    return createAnnotation.annotation.id;
  };
  const first = await annotate(0, 3, speaker);
  for (const start of [4, 12, 16, 21]) await annotate(start, start + 3, claim);
  await concord.ask("mutation ($i: CreateCommentInput!) { createComment(input: $i) { comment { id } } }", {
    i: { annotationId: first, body: "Really?" },
  });

  await page.goto(`/documents/${documentId}?label=${claim}`);
  const panel = page.getByRole("complementary", { name: "Annotations" });
  const rows = panel.getByRole("listitem");
  await expect(rows).toHaveCount(6);
  await panel.getByRole("searchbox", { name: "Words in quotes and notes" }).fill("tide");
  await expect(rows).toHaveCount(2);
  await expect(page).toHaveURL(/q=tide/);
  await panel.getByRole("searchbox").fill("no such words");
  await panel.getByRole("button", { name: "Show all 7" }).click();
  await expect(rows).toHaveCount(7);
  await panel.getByRole("checkbox", { name: "Discussion open" }).check();
  await expect(rows).toHaveCount(1);
  await page.goto(`/documents/${documentId}?label=${claim}`);

  // Shift takes a range, and what the filter hides stays as it is.
  await panel.getByRole("button", { name: "Pick several annotations" }).click();
  await rows.first().getByRole("button").click();
  await rows
    .nth(2)
    .getByRole("button")
    .click({ modifiers: ["Shift"] });
  const tools = panel.getByRole("toolbar");
  await expect(tools.getByRole("status")).toHaveText("3 of 6 picked");
  await tools.getByRole("button", { name: "All 6" }).click();
  await tools.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete 6" }).click();
  await expect(rows).toHaveCount(0);
  await expect(status(page)).toHaveText(/Saved/);
  await page.keyboard.press("Control+z");
  await expect(rows).toHaveCount(6);
  await tools.getByRole("button", { name: "All 6" }).click();
  await tools.getByRole("button", { name: "Label" }).click();
  await page.getByRole("menuitem", { name: "Forecast" }).click();
  await expect(rows).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(rows).toHaveCount(6);
  await expect(status(page)).toHaveText(/Saved/);

  // Somebody else may pick them all, and is told whose they are.
  const context = await browser.newContext({ baseURL: concord.url, viewport: { width: 1440, height: 900 } });
  const colleague = await context.newPage();
  await joinAs(colleague, concord, projectId);
  await colleague.goto(`/documents/${documentId}?label=${claim}`);
  await colleague.getByRole("button", { name: "Pick several annotations" }).click();
  const theirs = colleague.getByRole("toolbar");
  await theirs.getByRole("button", { name: "All 6" }).click();
  await expect(theirs.getByRole("status")).toHaveText(/6 stay as they are: .* by Mira Sandoval/);
  await expect(theirs.getByRole("button", { name: "Delete" })).toBeDisabled();
  await context.close();
});

test("a link leads to an annotation, or says that it is gone", async () => {
  const { document } = await concord.ask<{ document: { annotations: { nodes: { id: string }[] } } }>(
    "query ($id: ID!) { document(id: $id) { annotations { nodes { id } } } }",
    { id: documentId },
  );
  const id = document.annotations.nodes.at(-1)?.id ?? "";
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`/documents/${documentId}?annotation=${id}`);
  await expect(page.getByRole("complementary").getByRole("blockquote")).toBeVisible();
  await page.keyboard.press("Shift+L");
  await expect(page.getByRole("status").getByText("Link copied.")).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `${concord.url}/documents/${documentId}?annotation=${id}`,
  );
  await page.goto(`/documents/${documentId}?annotation=0190a0a0-0000-7000-8000-000000000000`);
  await expect(page.getByText("it has been deleted, or the link is wrong")).toBeVisible();
  await page.getByRole("button", { name: "Go on without it" }).click();
  await expect(page).not.toHaveURL(/annotation=/);
});

test("single keys can be switched off, and never fire while typing", async () => {
  await page.keyboard.press("Shift+J");
  await expect(page.getByRole("complementary").getByRole("blockquote")).toBeVisible();
  const note = page.getByRole("textbox", { name: "Note" });
  await note.click();
  await page.keyboard.type("J?/c");
  await expect(note).toHaveValue("J?/c");
  await expect(bar()).toHaveCount(0);
  await note.fill("");
  await page.getByRole("button", { name: "Back to all annotations" }).click();
  await page.keyboard.press("?");
  await page.getByRole("switch", { name: /one character/ }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("/");
  await page.keyboard.press("Shift+J");
  await page.keyboard.press("c");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Commands" });
  await expect(palette.getByRole("option", { name: /^Find in the text/ })).not.toContainText("/");
  await expect(bar()).toHaveCount(0);
  await expect(page.getByRole("complementary").getByRole("blockquote")).toHaveCount(0);
  await page.keyboard.type("find in");
  await page.keyboard.press("Enter");
  await expect(bar()).toBeVisible();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(textOf(page)).toBeVisible();
  await page.keyboard.press("/");
  await page.getByRole("button", { name: "Keys" }).click();
  await expect(page.getByRole("switch", { name: /one character/ })).not.toBeChecked();
  await page.getByRole("switch", { name: /one character/ }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(bar()).toHaveCount(0);
  // A Kazakh layout writes № on the key of the slash.
  await page.evaluate(() =>
    dispatchEvent(new KeyboardEvent("keydown", { key: "№", code: "Slash", bubbles: true, cancelable: true })),
  );
  await expect(bar()).toBeVisible();
});
