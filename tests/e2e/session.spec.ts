// A session that ends under an open page, and one that only seems to.
import { type Browser, expect, type Page, test } from "@playwright/test";
import {
  ADMIN_TOKEN,
  becomeOwner,
  type Concord,
  clickWords,
  listed,
  PASSWORD,
  startConcord,
  status,
  tag,
} from "./concord.ts";

test.describe.configure({ mode: "serial" });

const VIEWPORT = { width: 1440, height: 900 };
const WORDS = "Health officials";

let concord: Concord;
let mira: Page;

const newPage = async (browser: Browser, extraHTTPHeaders = {}) =>
  (await browser.newContext({ baseURL: concord.url, viewport: VIEWPORT, extraHTTPHeaders })).newPage();

test.beforeAll(async ({ browser }) => {
  concord = await startConcord();
  mira = await newPage(browser);
  await becomeOwner(mira, concord);
  await mira.locator('a[href*="/documents/"]').filter({ hasText: "Hospital boats" }).first().click();
  await mira.waitForURL(/\/documents\//);
});

test.afterAll(async () => {
  await mira.context().close();
  await concord.stop();
});

test("ended elsewhere, it is asked for on top of the page, which stays as it is", async ({ browser }) => {
  await tag(mira, WORDS, "s");
  await expect(status(mira)).toHaveText(/Saved/);
  await clickWords(mira, WORDS);
  const note = mira.getByRole("textbox", { name: "Note" });
  await note.fill("Half a thought");

  const elsewhere = await newPage(browser);
  await elsewhere.goto("/sign-in");
  await elsewhere.getByLabel("E-mail").fill("mira@sarn-study.example");
  await elsewhere.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await elsewhere.getByRole("button", { name: "Sign in" }).click();
  await elsewhere.waitForURL((url) => url.pathname !== "/sign-in");
  await elsewhere.goto("/account");
  await elsewhere.getByRole("button", { name: /^Sign out (?!everywhere)/ }).click();

  const asked = mira.getByRole("dialog", { name: "Your session has ended" });
  await expect(asked).toBeVisible();
  await asked.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await asked.getByRole("button", { name: "Sign in" }).click();
  await expect(asked).toHaveCount(0);
  await expect(note).toHaveValue("Half a thought");
  await note.blur();
  await expect(status(mira)).toHaveText(/Saved/);
  await elsewhere.goto(mira.url());
  await expect(elsewhere.getByText("Half a thought")).toBeVisible();
  await elsewhere.context().close();
});

test("who is signed in is not asked, though the live connection is refused", async ({ browser }) => {
  // As behind a proxy that passes on what says who one is, but not with a socket.
  const page = await newPage(browser, { authorization: `Bearer ${ADMIN_TOKEN}` });
  await page.addInitScript(() =>
    addEventListener("focusin", ({ target }) => {
      if (target instanceof HTMLInputElement) document.documentElement.dataset.taken = target.type;
    }),
  );
  await page.goto(new URL(mira.url()).pathname);
  await expect(listed(page, WORDS)).toBeVisible();
  await tag(page, "hospital boats", "c");
  await expect(listed(page, "hospital boats")).toBeVisible();
  // What one does oneself is kept; that nothing comes from the others is said.
  await expect(status(page)).toHaveText("Saved, not live");
  await page.context().addCookies(await mira.context().cookies());
  await expect(status(page)).toHaveText("Saved");
  await expect(page.locator("html")).not.toHaveAttribute("data-taken");
  await page.context().close();
});
