// A team of three with three roles moves in; one changes the password, one loses it, one leaves, one is removed while
// annotating, and the last owner hands over.
import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import {
  becomeOwner,
  type Concord,
  fillAccount,
  listed,
  PASSWORD,
  selectWords,
  startConcord,
  status,
  tag,
  textOf,
} from "./concord.ts";

const NEW_PASSWORD = "another sentence, longer";

test.describe.configure({ mode: "serial" });

let concord: Concord;
let mira: Page;
let dov: Page;
let ilse: Page;
let projectUrl = "";
let documentUrl = "";

async function newPerson(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: concord.url, viewport: { width: 1440, height: 900 } });
  return context.newPage();
}

/** Comes back to the page, as from another window: what is stale is read again. */
async function comeBack(page: Page): Promise<void> {
  await page.evaluate(() => dispatchEvent(new Event("focus")));
}

function member(page: Page, name: string): Locator {
  return page
    .getByRole("listitem")
    .filter({ hasText: name })
    .filter({ has: page.getByText("@") });
}

async function inviteAs(role: string, days: string): Promise<string> {
  await mira.getByRole("button", { name: "Invite" }).click();
  await mira.getByRole("radio", { name: role }).check();
  await mira.getByRole("combobox", { name: "The link works for" }).click();
  await mira.getByRole("option", { name: days, exact: true }).click();
  await mira.getByRole("button", { name: "Make link" }).click();
  const link = await mira.getByRole("textbox", { name: `Link for ${role.toLowerCase()}` }).inputValue();
  await mira.getByRole("button", { name: "Done" }).click();
  // Shown once: nothing on the page knows it any more.
  expect(await mira.content()).not.toContain(link);
  return link;
}

async function joinBy(page: Page, link: string, name: string, email: string): Promise<void> {
  await page.goto(link);
  await fillAccount(page, name, email);
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await page.waitForURL(/\/projects\//);
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function signOut(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `Account: ${name}` }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL(/\/sign-in/);
}

test.beforeAll(async ({ browser }) => {
  concord = await startConcord();
  [mira, dov, ilse] = [await newPerson(browser), await newPerson(browser), await newPerson(browser)];
});

test.afterAll(async () => {
  for (const page of [mira, dov, ilse]) await page.context().close();
  await concord.stop();
});

test("the owner invites by links that are shown once, and two move in", async () => {
  await becomeOwner(mira, concord);
  projectUrl = mira.url();
  await mira.goto(`${projectUrl}/team`);
  const forDov = await inviteAs("Annotator", "7 days");
  const forIlse = await inviteAs("Viewer", "1 day");
  const forNobody = await inviteAs("Curator", "90 days");

  const open = mira.getByRole("region", { name: "Open invitations" });
  await expect(open.getByRole("listitem")).toHaveCount(3);
  await mira.getByRole("button", { name: "Revoke the invitation as curator" }).click();
  await mira.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(open.getByRole("listitem")).toHaveCount(2);
  await dov.goto(forNobody);
  await expect(dov.getByRole("heading", { level: 1 })).toHaveText("This invitation works no more");

  await dov.goto("about:blank");
  await joinBy(dov, forDov, "Dov Lindqvist", "dov@sarn-study.example");
  await joinBy(ilse, forIlse, "Ilse Varga", "ilse@sarn-study.example");
  await comeBack(mira);
  await expect(member(mira, "Dov Lindqvist").getByRole("combobox")).toHaveValue("Annotator");
  await expect(member(mira, "Ilse Varga").getByRole("combobox")).toHaveValue("Viewer");
  await expect(open.getByRole("listitem")).toHaveCount(0);
});

test("each is offered what their role may do, and nothing else", async () => {
  for (const page of [dov, ilse]) {
    await page.goto(projectUrl);
    await expect(page.getByRole("table")).toBeVisible();
    await expect(page.getByRole("link", { name: "Settings" })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Add documents" })).toHaveCount(0);
    await page.getByRole("link", { name: "Team" }).click();
    await expect(page.getByText("Mira Sandoval")).toBeVisible();
    await expect(page.getByRole("button", { name: "Invite" })).toHaveCount(0);
    await expect(page.getByRole("combobox")).toHaveCount(0);
    await expect(page.getByRole("button", { name: /More about/ })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Leave" })).toHaveCount(1);
    await expect(page.getByRole("heading", { name: "Open invitations" })).toHaveCount(0);
    await page.getByRole("link", { name: "Documents" }).click();
    await page.getByRole("table").getByRole("link").first().click();
    await expect(textOf(page)).toContainText("hospital boats");
  }
  documentUrl = dov.url();
  await selectWords(dov, "Health officials");
  await expect(dov.getByRole("dialog", { name: "Label the selection" })).toBeVisible();
  await dov.keyboard.press("Escape");
  await expect(dov.getByRole("button", { name: "Undo" })).toBeVisible();

  await selectWords(ilse, "Health officials");
  await expect.poll(() => ilse.evaluate(() => String(getSelection()))).toContain("Health");
  await expect(ilse.getByRole("dialog")).toHaveCount(0);
  await ilse.keyboard.press("c");
  await expect(ilse.getByRole("button", { name: /Marking as/ })).toHaveCount(0);
  await expect(ilse.getByRole("button", { name: "Undo" })).toHaveCount(0);
});

test("one changes the password and signs in with the new one", async () => {
  await dov.getByRole("button", { name: "Account: Dov Lindqvist" }).click();
  await dov.getByRole("menuitem", { name: "Account" }).click();
  const password = dov.getByRole("region", { name: "Password" });
  await password.getByLabel("Current password").fill("not the password");
  await password.getByLabel("New password").fill(NEW_PASSWORD);
  await password.getByRole("button", { name: "Change password" }).click();
  await expect(password.getByText("This is not your current password.")).toBeVisible();
  await password.getByLabel("Current password").fill(PASSWORD);
  await password.getByRole("button", { name: "Change password" }).click();
  await expect(password.getByText("Changed; signed out everywhere else.")).toBeVisible();
  await expect(dov.getByRole("region", { name: "Signed in" }).getByRole("listitem")).toHaveCount(1);
  await signOut(dov, "Dov Lindqvist");
  await signIn(dov, "dov@sarn-study.example", PASSWORD);
  await expect(dov.getByText("E-mail or password is not right.")).toBeVisible();
  await signIn(dov, "dov@sarn-study.example", NEW_PASSWORD);
  await dov.waitForURL((url) => url.pathname === "/");
});

test("one has lost the password and comes back by the owner's link", async () => {
  await signOut(ilse, "Ilse Varga");
  await expect(ilse.getByText("Ask an owner of your project for a link")).toBeVisible();
  await member(mira, "Ilse Varga").getByRole("button", { name: "More about Ilse Varga" }).click();
  await mira.getByRole("menuitem", { name: "Link for a new password" }).click();
  await mira.getByRole("button", { name: "Make link" }).click();
  const link = await mira.getByRole("textbox", { name: "Link for a new password" }).inputValue();
  await mira.getByRole("button", { name: "Done" }).click();

  await ilse.goto(link);
  await expect(ilse.getByText("Ilse Varga")).toBeVisible();
  await ilse.getByLabel("New password").fill("short");
  await ilse.getByRole("button", { name: "Set password" }).click();
  await expect(ilse.getByText("5 more characters.")).toBeVisible();
  await ilse.getByLabel("New password").fill(NEW_PASSWORD);
  await ilse.getByRole("button", { name: "Set password" }).click();
  await expect(ilse.getByRole("link", { name: /Lower Sarn/ })).toBeVisible();
  // It works once.
  await dov.goto(link);
  await expect(dov.getByRole("heading", { level: 1 })).toHaveText("This link works no more");
});

test("an access token works for a script until it is revoked", async () => {
  await dov.goto("/account");
  await dov.getByRole("button", { name: "New token" }).click();
  await dov.getByLabel("Name").last().fill("Nightly export");
  await dov.getByRole("button", { name: "Make token" }).click();
  const secret = await dov.getByRole("textbox", { name: "Secret" }).inputValue();
  await expect(dov.getByRole("textbox", { name: "Try it in a terminal" })).toHaveValue(
    new RegExp(`Bearer ${secret}`),
  );
  const asScript = async () => {
    const response = await fetch(`${concord.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${secret}` },
      body: '{"query":"{ viewer { name } }"}',
    });
    return response.text();
  };
  expect(await asScript()).toContain("Dov Lindqvist");
  await dov.getByRole("button", { name: "Done" }).click();
  const tokens = dov.getByRole("region", { name: "Access tokens" });
  await expect(tokens.getByText("Nightly export")).toBeVisible();
  await tokens.getByRole("button", { name: "Revoke Nightly export" }).click();
  await dov.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(tokens.getByText("Nightly export")).toHaveCount(0);
  expect(await asScript()).toContain("UNAUTHENTICATED");
});

test("one leaves", async () => {
  await ilse.goto(`${projectUrl}/team`);
  await ilse.getByRole("button", { name: "Leave" }).click();
  await ilse.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
  await ilse.waitForURL((url) => url.pathname === "/");
  await expect(ilse.getByText("No project yet")).toBeVisible();
  await ilse.goto(projectUrl);
  await expect(ilse.getByRole("heading", { level: 1 })).toHaveText("There is no such project");
});

test("another role shows in an open page", async () => {
  await dov.goto(documentUrl);
  await tag(dov, "Health officials", "s");
  await expect(listed(dov, "Health officials")).toBeVisible();
  await expect(status(dov)).toHaveText(/Saved/);
  const role = member(mira, "Dov Lindqvist").getByRole("combobox");
  const give = async (name: string) => {
    await role.click();
    await mira.getByRole("option", { name: new RegExp(`^${name}`) }).click();
    await expect(role).toHaveValue(name);
  };
  await give("Viewer");
  await comeBack(dov);
  await expect(dov.getByText("You are a viewer here now.")).toBeVisible();
  await expect(dov.getByRole("button", { name: "Undo" })).toHaveCount(0);
  await give("Annotator");
  await comeBack(dov);
  await expect(dov.getByText("You are a viewer here now.")).toHaveCount(0);
  await expect(dov.getByRole("button", { name: "Undo" })).toBeVisible();
});

test("one is removed while annotating: the open page says so and gives back what could not be sent", async () => {
  await dov.route("**/graphql", (route) =>
    route.request().postData()?.includes("createAnnotation") ? route.abort() : route.continue(),
  );
  await tag(dov, "hospital boats", "c");
  await expect(status(dov)).toHaveText(/Offline, 1 waiting/);
  await member(mira, "Dov Lindqvist").getByRole("button", { name: "More about Dov Lindqvist" }).click();
  await mira.getByRole("menuitem", { name: "Remove" }).click();
  await mira.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(mira.getByText("Dov Lindqvist")).toHaveCount(0);
  await expect(dov.getByRole("heading", { level: 1 })).toHaveText("You no longer have access", {
    timeout: 2_000,
  });
  await expect(dov.getByRole("textbox", { name: "1 change that could not be sent" })).toHaveValue(
    /Marked Claim “hospital boats”/,
  );
  const downloading = dov.waitForEvent("download");
  await dov.getByRole("button", { name: "Download" }).click();
  expect((await downloading).suggestedFilename()).toBe("not-sent.txt");

  await dov.unroute("**/graphql");
  const projectId = new URL(projectUrl).pathname.split("/")[2] ?? "";
  const answer = await dov.context().request.post("/graphql", {
    headers: { origin: concord.url },
    data: {
      query: "mutation ($i: UpdateProjectInput!) { updateProject(input: $i) { project { id } } }",
      variables: { i: { id: projectId, name: "Mine" } },
    },
  });
  expect(await answer.text()).toContain("NOT_FOUND");
  await dov.getByRole("link", { name: "Projects" }).click();
  await expect(dov.getByText("No project yet")).toBeVisible();
});

test("the last owner hands over and leaves", async () => {
  await mira.getByRole("button", { name: "Leave" }).click();
  await expect(mira.getByRole("dialog")).toContainText("Nobody else here can sign in.");
  await mira.getByRole("button", { name: "Stay" }).click();

  await ilse.goto(await inviteAs("Curator", "14 days"));
  await ilse.getByRole("button", { name: "Join as Ilse Varga" }).click();
  await ilse.waitForURL(/\/projects\//);
  await comeBack(mira);
  await expect(mira.getByText("Ilse Varga")).toBeVisible();
  await expect(member(mira, "Mira Sandoval").getByRole("combobox")).toHaveCount(0);

  await mira.getByRole("button", { name: "Leave" }).click();
  const dialog = mira.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Hand over and leave" })).toBeDisabled();
  await dialog.getByRole("combobox", { name: "Who takes over?" }).click();
  await mira.getByRole("option", { name: "Ilse Varga, curator" }).click();
  await dialog.getByRole("button", { name: "Hand over and leave" }).click();
  await mira.waitForURL((url) => url.pathname === "/");
  await expect(mira.getByText("No project yet")).toBeVisible();

  await ilse.goto(`${projectUrl}/team`);
  await expect(ilse.getByRole("button", { name: "Invite" })).toBeVisible();
  await expect(ilse.getByText("3 members")).toBeVisible();
});
