// axe finds nothing on any screen, in both themes and on a phone's width; nothing breaks the Content-Security-Policy.
import { type Browser, expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import {
  becomeOwner,
  type Concord,
  fillAccount,
  invite,
  selectWords,
  startConcord,
  textOf,
} from "./concord.ts";

const WIDE = { name: "wide", viewport: { width: 1440, height: 900 } };
const LOOKS = [WIDE, { name: "on a phone", viewport: { width: 390, height: 844 } }];

let concord: Concord;
let signedIn: Awaited<ReturnType<ReturnType<Page["context"]>["storageState"]>>;
let projectId = "";
let documentId = "";
let joinLink = "";
let resetLink = "";

/** What the browser complains of; a test that opened a page expects none. */
let complaints: string[] = [];

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  concord = await startConcord();
});

test.afterAll(() => concord.stop());

async function open(
  browser: Browser,
  { viewport }: { readonly viewport: { width: number; height: number } },
  storageState?: typeof signedIn,
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: concord.url,
    colorScheme: "light",
    viewport,
    reducedMotion: "reduce",
    ...(storageState && { storageState }),
  });
  const page = await context.newPage();
  complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error" && /Content Security Policy/.test(message.text()))
      complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return page;
}

/** In both themes: the page follows the device. */
async function expectNoViolations(page: Page, screen: string): Promise<void> {
  const themed = (scheme: "light" | "dark") => page.locator(`html[data-mantine-color-scheme=${scheme}]`);
  await expectAccessible(page, screen);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(overflow, `${screen} scrolls sideways`).toBeLessThanOrEqual(0);
  expect.soft(complaints, screen).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(themed("dark")).toHaveCount(1);
  await expectAccessible(page, `${screen}, dark`, "of colour");
  await page.emulateMedia({ colorScheme: "light" });
  await expect(themed("light")).toHaveCount(1);
}

test("the first start, in every look", async ({ browser }) => {
  for (const look of LOOKS) {
    const page = await open(browser, look);
    await page.goto(concord.setUpLink);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Set up your reading room");
    await expectNoViolations(page, `first start, ${look.name}`);
    await page.context().close();
  }
  const page = await open(browser, WIDE);
  await becomeOwner(page, concord);
  signedIn = await page.context().storageState();
  await page.context().close();
  const { projects } = await concord.ask<{
    projects: { nodes: { id: string; documents: { nodes: { id: string }[] } }[] };
  }>("{ projects { nodes { id documents { nodes { id } } } } }");
  projectId = projects.nodes[0]?.id ?? "";
  documentId = projects.nodes[0]?.documents.nodes[0]?.id ?? "";
  joinLink = await invite(concord, projectId, "ANNOTATOR");
  const colleague = await open(browser, WIDE);
  await colleague.goto(await invite(concord, projectId, "ANNOTATOR"));
  await fillAccount(colleague, "مريم الهاشمي", "a.colleague.with.a.long.address@lower-sarn-study.example");
  await colleague.getByRole("button", { name: "Join", exact: true }).click();
  await colleague.waitForURL(/\/projects\//);
  await colleague.context().close();
  const { project } = await concord.ask<{
    project: { members: { user: { id: string }; mayResetPassword: boolean }[] };
  }>("query ($id: ID!) { project(id: $id) { members { user { id } mayResetPassword } } }", { id: projectId });
  const userId = project.members.find(({ mayResetPassword }) => mayResetPassword)?.user.id;
  const { createPasswordReset } = await concord.ask<{ createPasswordReset: { url: string } }>(
    "mutation ($i: CreatePasswordResetInput!) { createPasswordReset(input: $i) { url } }",
    { i: { projectId, userId } },
  );
  resetLink = createPasswordReset.url;
});

for (const look of LOOKS) {
  test(`signed out, ${look.name}`, async ({ browser }) => {
    const page = await open(browser, look);
    const screens: [string, RegExp][] = [
      [concord.setUpLink, /works no more/],
      ["/sign-in", /sign in/i],
      [joinLink, /join/i],
      ["/join#wrong", /invitation|link/i],
      [resetLink, /new password/i],
      ["/reset#wrong", /works no more/],
    ];
    for (const [address, heading] of screens) {
      // A fragment alone does not load the page anew.
      await page.goto("about:blank");
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
      await expectNoViolations(page, address.replace(/#.*/, ""));
    }
    await page.context().close();
  });

  test(`projects, ${look.name}`, async ({ browser }) => {
    const page = await open(browser, look, signedIn);
    for (const path of ["", "/codebook", "/guidelines", "/team", "/activity", "/download", "/settings"]) {
      await page.goto(`/projects/${projectId}${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toContainText("Lower Sarn");
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      await expectNoViolations(page, path);
    }
    await page.goto("/");
    await expect(page.getByRole("link", { name: /Lower Sarn/ }).first()).toBeVisible();
    await expectNoViolations(page, "projects");
    await page.getByRole("button", { name: "New project" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNoViolations(page, "new project");
    await page.goto("/nowhere");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNoViolations(page, "not found");
    await page.context().close();
  });

  test(`the team, ${look.name}`, async ({ browser }) => {
    // The whole list in view: what stands half under the bar while it is scrolled is too small a target to axe.
    const viewport = { ...look.viewport, height: 1600 };
    const page = await open(browser, { viewport }, signedIn);
    await page.goto(`/projects/${projectId}/team`);
    const dialog = page.getByRole("dialog");
    const openings = [
      ["invite", page.getByRole("button", { name: "Invite" })],
      ["leave", page.getByRole("button", { name: "Leave" })],
      ["revoke an invitation", page.getByRole("button", { name: /^Revoke/ }).first()],
    ] as const;
    for (const [screen, button] of openings) {
      await button.click();
      await expect(dialog).toBeVisible();
      await expectNoViolations(page, screen);
      await page.keyboard.press("Escape");
      await expect(dialog).toHaveCount(0);
    }
    await page.getByRole("combobox", { name: /^Role of مريم/ }).click();
    await expect(page.getByRole("option", { name: /^Curator/ })).toBeVisible();
    await expectNoViolations(page, "roles to choose from");
    await page.keyboard.press("Escape");
    for (const [screen, item] of [
      ["reset link", "Link for a new password"],
      ["remove", "Remove"],
    ] as const) {
      await page.getByRole("button", { name: /^More about مريم/ }).click();
      if (screen === "reset link") await expectNoViolations(page, "a member's menu");
      await page.getByRole("menuitem", { name: item }).click();
      await expect(dialog).toBeVisible();
      await expectNoViolations(page, screen);
      await page.keyboard.press("Escape");
      await expect(dialog).toHaveCount(0);
    }
    await page.context().close();
  });

  test(`the account, ${look.name}`, async ({ browser }) => {
    const page = await open(browser, look, signedIn);
    const dialog = page.getByRole("dialog");
    await page.goto("/account");
    await expect(page.getByRole("region", { name: "Signed in" }).getByRole("listitem")).not.toHaveCount(0);
    await expectNoViolations(page, "account");
    await page.getByRole("button", { name: "New token" }).click();
    await expect(dialog).toBeVisible();
    await expectNoViolations(page, "new token");
    await dialog.getByLabel("Name").fill(`For ${look.name}`);
    await page.getByRole("button", { name: "Make token" }).click();
    await expect(page.getByRole("textbox", { name: "Secret" })).toBeVisible();
    await expectNoViolations(page, "a token's secret");
    await page.context().close();
  });

  test(`what comes in and goes out, ${look.name}`, async ({ browser }) => {
    // All of a dialog in view: what stands half under its foot while it is scrolled is too small a target to axe.
    const viewport = { ...look.viewport, height: 1900 };
    const page = await open(browser, { viewport }, signedIn);
    await page.goto(`/projects/${projectId}/download?format=csv&table=statements&label=claim&status=done`);
    await expect(page.getByRole("region", { name: "How it begins" }).locator("pre")).not.toHaveText("");
    await page.getByRole("button", { name: "From a terminal or a script" }).click();
    await expect(page.getByRole("textbox", { name: "With curl" })).toBeVisible();
    await expect(page.getByRole("textbox", { name: "With Concord’s command line" })).toBeVisible();
    await expectNoViolations(page, "a narrowed export");
    await page.getByRole("combobox", { name: "Format" }).click();
    await expect(page.getByRole("option", { name: /^brat/ })).toBeVisible();
    await expectNoViolations(page, "formats to choose from");

    await page.goto(`/projects/${projectId}`);
    const drop = async (name: string, content: string) => {
      await expect(page.getByRole("button", { name: "Add documents" })).toBeVisible();
      await page.evaluate(
        ([fileName, text]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], fileName));
          window.dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
        },
        [name, content] as const,
      );
    };
    const dialog = page.getByRole("dialog");
    await drop("clippings.csv", "Nr,Head,text,Paper\n1,Tides,Two harbours share a table.,Gazette\n");
    await expect(dialog.getByText("It holds 1 document.")).toBeVisible();
    await expectNoViolations(page, "a table to be imported");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(dialog).toHaveCount(0);
    await drop("odd.json", '{"a":1}');
    await expect(dialog.getByRole("status")).not.toHaveText(/^(Sending|Checking)/);
    await expectNoViolations(page, "a file that nobody knows");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await drop(
      "lines.jsonl",
      '{"text":"One boat.","label":[[4,8,"Thing"]]}\n{"text":"Two.","label":[[0,99,"X"]]}\n',
    );
    await expect(dialog.getByText("1 document, 1 annotation can be imported.")).toBeVisible();
    await expectNoViolations(page, "labels and problems of an import");
    await dialog.getByRole("button", { name: "Import 1 document" }).click();
    const panel = page.getByRole("region", { name: "Importing files" });
    await panel.getByRole("button", { name: "What is wrong" }).click();
    await expectNoViolations(page, "an import that is done");
    await panel.getByRole("button", { name: "Undo" }).click();
    await expect(dialog).toBeVisible();
    await expectNoViolations(page, "taking an import back");
    await dialog.getByRole("button", { name: "Take it back" }).click();
    await expect(panel).toContainText("The import is taken back");
    await page.context().close();
  });

  test(`the workbench, ${look.name}`, async ({ browser }) => {
    const page = await open(browser, look, signedIn);
    await page.goto(`/documents/${documentId}`);
    await expect(textOf(page)).toContainText("hospital boats");
    await expectNoViolations(page, "workbench");
    await selectWords(page, "Health officials");
    await expect(page.getByRole("dialog", { name: "Label the selection" })).toBeVisible();
    await expectNoViolations(page, "palette");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Shift+J");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("textbox", { name: "Note" })).toBeVisible();
    await expectNoViolations(page, "an annotation");
    await page.context().close();
  });

  test(`finding, ${look.name}`, async ({ browser }) => {
    const page = await open(browser, look, signedIn);
    await page.goto(`/documents/${documentId}`);
    await expect(textOf(page)).toContainText("hospital boats");
    await page.keyboard.press("/");
    await page.keyboard.type("boats");
    await expect(page.getByRole("search").getByRole("status")).toHaveText(/^1 of/);
    await expectNoViolations(page, "find in the text");
    await page.getByRole("button", { name: "Mark all…" }).click();
    await expect(page.getByRole("dialog", { name: "Mark all occurrences" })).toBeVisible();
    await expectNoViolations(page, "mark all occurrences");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("option").first()).toBeVisible();
    await expectNoViolations(page, "command palette");
    await page.keyboard.press("Escape");
    const opener = page.getByRole("button", { name: "Show the annotations" });
    if (await opener.isVisible()) await opener.click();
    await page.getByRole("button", { name: "Filter the annotations" }).click();
    await page.getByRole("button", { name: "Pick several annotations" }).click();
    await page.locator("[data-row]").first().click();
    await expectNoViolations(page, "filter and picked annotations");
    await page.getByRole("toolbar").getByRole("button", { name: "Delete" }).click();
    await expect(page.getByRole("dialog", { name: /^Delete 1/ })).toBeVisible();
    await expectNoViolations(page, "delete several");
    await page.context().close();
  });
}
