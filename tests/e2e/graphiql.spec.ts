// GraphiQL at /graphql: signing in leads back to it, a query and a subscription run in it, nothing comes from elsewhere and
// nothing breaks the Content-Security-Policy. No axe here: GraphiQL's interface is not ours to mend.
import { expect, type Page, test } from "@playwright/test";
import { becomeOwner, type Concord, startConcord } from "./concord.ts";

let concord: Concord;
let page: Page;
/** What the browser complains of, and what it asks other hosts for. */
const complaints: string[] = [];
const elsewhere: string[] = [];

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  concord = await startConcord();
  const context = await browser.newContext({ baseURL: concord.url, viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== "data:" && host !== new URL(concord.url).host) elsewhere.push(request.url());
  });
  page.on("websocket", (socket) => {
    if (new URL(socket.url()).host !== new URL(concord.url).host) elsewhere.push(socket.url());
  });
});

test.afterAll(async () => {
  await page.context().close();
  await concord.stop();
});

const editor = () => page.getByRole("region", { name: "Query Editor" });
const answer = () => page.getByRole("region", { name: "Result Window" });

/** Puts another operation into the editor. */
async function write(operation: string): Promise<void> {
  await editor().locator(".CodeMirror").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(operation);
}

/** Runs an operation once GraphiQL has read it, which it does a moment after it was written, and names the tab by it. */
async function run(name: string): Promise<void> {
  await expect(page.getByRole("tab", { name })).toBeVisible();
  await page.getByRole("button", { name: /^Execute query/ }).click();
}

test("who is signed out signs in and comes back to it", async () => {
  await becomeOwner(page, concord);
  await page.context().clearCookies();
  await page.goto("/graphql");
  await page.waitForURL(/\/sign-in\?next=%2Fgraphql$/);
  await page.getByLabel("E-mail").fill("mira@sarn-study.example");
  await page.getByRole("textbox", { name: "Password" }).fill("a long enough sentence");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${concord.url}/graphql`);
  await expect(editor()).toContainText("WhatIsHere");
});

test("an editor that is left empty, as while the page starts, shows the first query again", async () => {
  await write(" ");
  await page.keyboard.press("Backspace");
  await expect(editor()).not.toContainText("WhatIsHere");
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem("graphiql:tabState")))
    .not.toContain("WhatIsHere");
  await page.reload();
  await expect(editor()).toContainText("WhatIsHere");
});

test("the page keeps the policy of all others", async () => {
  const response = await page.goto("/graphql");
  const headers = (await response?.allHeaders()) ?? {};
  expect(headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(headers["cache-control"]).toBe("no-store");
  expect(headers["content-security-policy"]).toContain("script-src 'self'");
  expect(headers["content-security-policy"]).not.toContain("unsafe");
});

test("the query that is there runs, and the schema explains itself", async () => {
  await expect(editor()).toContainText("WhatIsHere");
  await run("WhatIsHere");
  await expect(answer()).toContainText('"name": "Lower Sarn (demo)"');
  await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
  await page.getByRole("link", { name: "Subscription", exact: true }).click();
  await expect(page.getByRole("link", { name: "documentChanges" })).toBeVisible();
  await page.getByRole("button", { name: "Show History" }).click();
  await expect(page.getByRole("region", { name: "History" })).toContainText("WhatIsHere");
});

test("a subscription shows a change as it is made", async () => {
  const { projects } = await concord.ask<{
    projects: { nodes: { labels: { id: string }[]; documents: { nodes: { id: string }[] } }[] };
  }>("{ projects { nodes { labels { id } documents(first: 1) { nodes { id } } } } }");
  const [project] = projects.nodes;
  const documentId = project?.documents.nodes[0]?.id ?? "";
  await write(
    `subscription Watch { documentChanges(documentId: "${documentId}", afterRevision: 0) { toRevision changes { __typename clientMutationId } } }`,
  );
  const subscribed = page.waitForEvent("websocket");
  await run("Watch");
  await subscribed;
  await concord.ask("mutation ($i: CreateAnnotationInput!) { createAnnotation(input: $i) { revision } }", {
    i: {
      clientMutationId: "seen-in-graphiql",
      documentId,
      labelId: project?.labels[0]?.id,
      fragments: [{ start: 0, end: 11 }],
    },
  });
  await expect(answer()).toContainText("seen-in-graphiql");
  await page.getByRole("button", { name: /^Stop query/ }).click();
});

test("follows the colour scheme", async () => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/graphql");
  await expect(page.locator("body")).toHaveClass(/graphiql-dark/);
  await page.getByRole("button", { name: "Open settings dialog" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("nothing was refused by the policy, and nothing came from elsewhere", () => {
  expect(complaints).toEqual([]);
  expect(elsewhere).toEqual([]);
});
