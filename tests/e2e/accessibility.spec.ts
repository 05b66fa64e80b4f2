// axe finds nothing on any screen, in both themes and on a phone's width; nothing breaks the Content-Security-Policy.
import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { becomeOwner, type Concord, fillAccount, selectWords, startConcord, textOf } from "./concord.ts";

const LOOKS = [
  { name: "light", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { name: "dark", colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  { name: "light on a phone", colorScheme: "light", viewport: { width: 390, height: 844 } },
  { name: "dark on a phone", colorScheme: "dark", viewport: { width: 390, height: 844 } },
] as const;

type Look = (typeof LOOKS)[number];

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
  { colorScheme, viewport }: Pick<Look, "colorScheme"> & { viewport: { width: number; height: number } },
  storageState?: typeof signedIn,
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: concord.url,
    colorScheme,
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

async function expectNoViolations(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}\n${failureSummary ?? ""}`),
  );
  expect.soft(found, screen).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(overflow, `${screen} scrolls sideways`).toBeLessThanOrEqual(0);
  expect.soft(complaints, screen).toEqual([]);
}

test("the first start, in every look", async ({ browser }) => {
  for (const look of LOOKS) {
    const page = await open(browser, look);
    await page.goto(concord.setUpLink);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Set up your reading room");
    await expectNoViolations(page, `first start, ${look.name}`);
    await page.context().close();
  }
  const page = await open(browser, LOOKS[0]);
  await becomeOwner(page, concord);
  signedIn = await page.context().storageState();
  await page.context().close();
  const { projects } = await concord.ask<{
    projects: { nodes: { id: string; documents: { nodes: { id: string }[] } }[] };
  }>("{ projects { nodes { id documents { nodes { id } } } } }");
  projectId = projects.nodes[0]?.id ?? "";
  documentId = projects.nodes[0]?.documents.nodes[0]?.id ?? "";
  joinLink = await invite();
  const colleague = await open(browser, LOOKS[0]);
  await colleague.goto(await invite());
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

/** The link of a new invitation. */
async function invite(): Promise<string> {
  const { createInvitation } = await concord.ask<{ createInvitation: { url: string } }>(
    "mutation ($i: CreateInvitationInput!) { createInvitation(input: $i) { url } }",
    { i: { projectId, role: "ANNOTATOR" } },
  );
  return createInvitation.url;
}

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
    for (const path of ["", "/codebook", "/guidelines", "/team", "/download", "/settings"]) {
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
    const page = await open(browser, { ...look, viewport }, signedIn);
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
}
