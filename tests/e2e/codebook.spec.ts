// The codebook under the hands of two people, and in front of a third who is marking a text meanwhile.
import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import {
  becomeOwner,
  type Concord,
  joinAs,
  listed,
  newPage,
  selectWords,
  startConcord,
  status,
  tag,
} from "./concord.ts";

const REPORT =
  "The pilot Runa Aske said that the channel has moved east. Lindholm signed a paper on shared soundings, and a tide table for both shores is to be printed.";

test.describe.configure({ mode: "serial" });

let concord: Concord;
let mira: Page;
let dov: Page;
/** An annotator, in the workbench all the time. */
let ada: Page;
let projectId = "";

const tree = (page: Page): Locator => page.getByTestId("labels");
const inTree = (page: Page, name: string): Locator => tree(page).getByRole("button", { name });
const namesIn = (page: Page) =>
  tree(page)
    .getByRole("button")
    .evaluateAll((buttons) => buttons.map((button) => button.querySelector("[dir]")?.textContent));
const field = (page: Page, name: string): Locator => page.getByRole("textbox", { name, exact: true });

async function openLabel(page: Page, name: string): Promise<void> {
  await inTree(page, name).click();
  await expect(page.getByRole("heading", { level: 2, name, exact: true })).toBeVisible();
}

test.beforeAll(async ({ browser }) => {
  concord = await startConcord();
  [mira, dov, ada] = [
    await newPage(browser, concord),
    await newPage(browser, concord),
    await newPage(browser, concord),
  ];
  await becomeOwner(mira, concord);
  const { createProject } = await concord.ask<{ createProject: { project: { id: string } } }>(
    `mutation { createProject(input: { name: "Tide tables" }) { project { id } } }`,
  );
  projectId = createProject.project.id;
  const { importDocuments } = await concord.ask<{ importDocuments: { documents: { id: string }[] } }>(
    `mutation ($input: ImportDocumentsInput!) { importDocuments(input: $input) { documents { id } } }`,
    { input: { projectId, documents: [{ title: "Report", text: REPORT }] } },
  );
  await joinAs(dov, concord, projectId, "CURATOR");
  await joinAs(ada, concord, projectId, "ANNOTATOR", ["Ada Moreau", "ada@sarn-study.example"]);
  await ada.goto(`/documents/${importDocuments.documents[0]?.id}`);
  await expect(status(ada)).toHaveText("Saved");
  for (const page of [mira, dov]) await page.goto(`/projects/${projectId}/codebook`);
  await expect(inTree(dov, "Claim")).toBeVisible();
});

test.afterAll(async () => {
  for (const page of [mira, dov, ada]) await page.context().close();
  await concord.stop();
});

test("a label is made, renamed, recoloured and described, and the others see it as it happens", async () => {
  await mira.getByRole("button", { name: "New label" }).click();
  await mira.getByRole("dialog").getByLabel("Name").fill("Place");
  await expect(mira.getByRole("dialog").getByLabel("Letter and key")).toHaveValue("P");
  await mira.getByRole("button", { name: "Create" }).click();
  await openLabel(dov, "Place");

  await field(mira, "Name").fill("Whereabouts");
  await field(mira, "Name").press("Enter");
  await mira.getByRole("radio", { name: "Teal" }).check({ force: true });
  await field(mira, "What it is").fill("Where something happens.");
  await field(mira, "What it is").blur();
  await expect(inTree(dov, "Whereabouts")).toBeVisible();
  await expect(dov.getByRole("radio", { name: "Teal" })).toBeChecked();
  await expect(field(dov, "What it is")).toHaveValue("Where something happens.");

  // In the open text it can be used at once, under the hand of whoever was about to choose.
  await tag(ada, "both shores", "p");
  await expect(listed(ada, "both shores")).toContainText("both shores");
  await expectAccessible(mira, "the codebook");
});

test("labels move by drag and by keys, and one goes below another", async () => {
  await expect
    .poll(() => namesIn(dov))
    .toEqual(["Speaker", "Claim", "Initiative", "Agreement", "Whereabouts"]);
  await inTree(mira, "Whereabouts").focus();
  await mira.keyboard.press("Alt+ArrowUp");
  await expect
    .poll(() => namesIn(dov))
    .toEqual(["Speaker", "Claim", "Initiative", "Whereabouts", "Agreement"]);
  await mira.keyboard.press("Alt+ArrowRight");
  await expect(mira.getByRole("combobox", { name: "Under" })).toBeVisible();
  await openLabel(dov, "Whereabouts");
  await expect(dov.getByRole("combobox", { name: "Under" })).toHaveValue("Initiative");

  const row = (name: string) => tree(mira).getByRole("listitem").filter({ hasText: name });
  await row("Agreement").hover();
  const grip = await row("Agreement").getByTestId("grip").boundingBox();
  const target = await row("Speaker").boundingBox();
  if (grip === null || target === null) throw new Error("nothing to drag");
  await mira.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await mira.mouse.down();
  await mira.mouse.move(target.x + 80, target.y + 3, { steps: 6 });
  await mira.mouse.up();
  await expect
    .poll(() => namesIn(dov))
    .toEqual(["Agreement", "Speaker", "Claim", "Initiative", "Whereabouts"]);
});

test("a key has one holder: the clash names it, and nothing is sent", async () => {
  await openLabel(mira, "Claim");
  await field(mira, "Letter and key").fill("S");
  await expect(mira.getByText("S belongs to “Speaker”.")).toBeVisible();
  await field(mira, "Letter and key").blur();
  await expect(field(mira, "Letter and key")).toHaveValue("C");
  await field(mira, "Letter and key").fill("K");
  await openLabel(dov, "Claim");
  await expect(field(dov, "Letter and key")).toHaveValue("K");
  await field(mira, "Letter and key").fill("C");
  await expect(field(dov, "Letter and key")).toHaveValue("C");
});

test("half-written words survive a reload and another's change, which waits beside them", async () => {
  await field(mira, "What it is").fill("Mira's half");
  await mira.reload();
  await expect(field(mira, "What it is")).toHaveValue("Mira's half");
  await field(dov, "What it is").fill("Dov's words");
  await field(dov, "What it is").press("Control+Enter");
  await expect(mira.getByText("Dov Lindqvist changed this meanwhile:")).toBeVisible();
  await expect(mira.getByText("Dov's words")).toBeVisible();
  await expect(field(mira, "What it is")).toHaveValue("Mira's half");
  await expectAccessible(mira, "a conflict");
  await mira.getByRole("button", { name: "Save mine" }).click();
  await expect(field(dov, "What it is")).toHaveValue("Mira's half");
  await expect(mira.getByRole("button", { name: "Save mine" })).toHaveCount(0);
});

test("attributes and relation types reach the open text", async () => {
  await mira.getByRole("button", { name: "New attribute" }).click();
  const dialog = mira.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Certainty");
  await dialog.getByRole("combobox", { name: "Kind" }).click();
  await mira.getByRole("option", { name: "one of" }).click();
  await dialog.getByRole("combobox", { name: "Values" }).fill("likely");
  await mira.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dov.getByRole("cell", { name: "Certainty", exact: true })).toBeVisible();

  await mira.getByRole("button", { name: "New relation" }).click();
  await mira.getByRole("dialog").getByLabel("Name").fill("made at");
  await mira.getByRole("button", { name: "Create" }).click();
  await expect(dov.getByTestId("relations")).toContainText("made at");

  await tag(ada, "the channel has moved east", "c");
  await listed(ada, "the channel has moved east").click();
  await expect(ada.getByRole("combobox", { name: "Certainty" })).toBeVisible();
  await ada.getByRole("button", { name: "Add a relation" }).click();
  await ada.getByRole("combobox", { name: "Kind of relation" }).click();
  await expect(ada.getByRole("option", { name: "→ made at" })).toBeVisible();
  await ada.keyboard.press("Escape");
  await ada.getByRole("button", { name: "Back to all annotations" }).click();
});

test("a label in use is not deleted but merged, after saying what that does", async () => {
  // Ada is about to choose when it happens: nothing moves under her hand, and the label that goes can't be chosen.
  await selectWords(ada, "a tide table");
  const palette = ada.getByRole("dialog", { name: "Label the selection" });
  const before = await palette.getByRole("button").allTextContents();

  await openLabel(mira, "Whereabouts");
  await mira.getByRole("button", { name: "More about Whereabouts" }).click();
  await mira.getByRole("menuitem", { name: "Delete…" }).click();
  await expect(mira.getByText("1 annotation has it, so it can’t be deleted.")).toBeVisible();
  await mira.getByRole("dialog").getByRole("button", { name: "Merge into…" }).click();
  const dialog = mira.getByRole("dialog", { name: "Merge “Whereabouts”" });
  await dialog.getByRole("combobox", { name: "Into" }).click();
  await mira.getByRole("option", { name: "Initiative" }).click();
  await expect(dialog.getByText("1 annotation becomes Initiative.")).toBeVisible();
  await expectAccessible(mira, "a merge");
  await dialog.getByRole("button", { name: "Merge" }).click();

  await expect(inTree(dov, "Whereabouts")).toHaveCount(0);
  await expect(inTree(mira, "Initiative")).toContainText("1 annotation");
  await expect(dov.getByText("Archived (1)")).toBeVisible();
  await expect(palette.getByRole("button", { name: "Whereabouts" })).toBeDisabled();
  expect(await palette.getByRole("button").allTextContents()).toEqual(before);
  await ada.keyboard.press("Escape");
  await ada.keyboard.press("Escape");
  await expect(listed(ada, "both shores")).toBeVisible();
  await listed(ada, "both shores").click();
  await expect(ada.getByRole("complementary", { name: "Annotations" })).toContainText("Initiative");
});

test("a label that nothing has is archived, taken out by undo, and deleted", async () => {
  // Ada marks with it, label first; her next selection must not fall silently.
  await ada.keyboard.press("Escape");
  await ada.keyboard.press("a");
  await expect(ada.getByText("Each selection becomes Agreement").first()).toBeVisible();
  await openLabel(mira, "Agreement");
  await mira.getByRole("button", { name: "More about Agreement" }).click();
  await mira.getByRole("menuitem", { name: "Archive" }).click();
  await expect(inTree(dov, "Agreement")).toHaveCount(0);
  await expect(ada.getByText(/Agreement was archived or deleted/).first()).toBeVisible();
  await mira.getByRole("button", { name: "Undo" }).click();
  await expect(inTree(dov, "Agreement")).toBeVisible();

  // A relation type stands on it alone, and would take any label without it.
  const relation = (page: Page) => page.getByTestId("relations").getByRole("button", { name: "party to" });
  await relation(mira).click();
  await mira.getByRole("button", { name: "More about party to" }).click();
  await mira.getByRole("menuitem", { name: "Delete…" }).click();
  await mira.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(relation(dov)).toHaveCount(0);

  await openLabel(dov, "Agreement");
  await openLabel(mira, "Agreement");
  await mira.getByRole("button", { name: "More about Agreement" }).click();
  await mira.getByRole("menuitem", { name: "Delete…" }).click();
  await mira.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(inTree(dov, "Agreement")).toHaveCount(0);
  await expect(dov.getByText("This is not in the codebook any more")).toBeVisible();
});

test("guidelines that two write at once: both are shown, and the half-written ones survive a reload", async () => {
  const source = (page: Page) => page.getByRole("textbox", { name: "Guidelines" });
  for (const page of [mira, dov]) {
    await page.goto(`/projects/${projectId}/guidelines`);
    await page.getByRole("button", { name: "Write guidelines" }).click();
  }
  await source(mira).fill("Mark what Mira says.");
  await mira.reload();
  await expect(source(mira)).toHaveValue("Mark what Mira says.");
  await source(dov).fill("Mark what Dov says.");
  await dov.getByRole("button", { name: "Save" }).click();
  await expect(dov.getByRole("button", { name: "Edit" })).toBeVisible();
  await expect(mira.getByText("Mark what Dov says.")).toBeVisible();
  await expect(mira.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  await mira.getByRole("button", { name: "Save mine" }).click();
  await expect(mira.getByRole("button", { name: "Edit" })).toBeVisible();
  await expect(dov.getByText("Mark what Mira says.")).toBeVisible();
});

test("an annotator reads the codebook and the guidelines beside the text", async () => {
  await concord.ask(
    `mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { project { id } } }`,
    {
      input: { id: projectId, guidelines: "# Claims\n\nMark what is **said**." },
    },
  );
  await ada.keyboard.press("Escape");
  await ada.getByRole("button", { name: "Guidelines" }).click();
  await expect(ada.getByRole("complementary", { name: "Guidelines" })).toContainText("Mark what is said.");
  // What is corrected meanwhile comes in.
  await concord.ask(
    `mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { project { id } } }`,
    {
      input: { id: projectId, guidelines: "# Claims\n\nMark what is **claimed**." },
    },
  );
  await expect(ada.getByRole("complementary", { name: "Guidelines" })).toContainText("Mark what is claimed.");
  await ada.mouse.move(700, 700);
  await expect(ada.getByRole("tooltip")).toHaveCount(0);
  await expectAccessible(ada, "guidelines beside the text");
  await ada.goto(`/projects/${projectId}/codebook`);
  await openLabel(ada, "Claim");
  await expect(field(ada, "Name")).toHaveAttribute("readonly", "");
  await expect(ada.getByRole("button", { name: "New label" })).toHaveCount(0);
  await expect(ada.getByRole("button", { name: /^More about/ })).toHaveCount(0);
  await expectAccessible(ada, "the codebook to read");
});
