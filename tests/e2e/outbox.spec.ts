// One's own work, whatever happens to the network, the tab, the server or the other person's mind.
import { type Browser, type BrowserContext, expect, type Locator, type Page, test } from "@playwright/test";
import {
  becomeOwner,
  type Concord,
  clickWords,
  fillAccount,
  listed,
  PASSWORD,
  startConcord,
  status,
  tag,
} from "./concord.ts";

const REPORTS = [
  "Two harbour boards met on 4 May after a winter of wrong soundings. The pilot Runa Aske said that the channel has moved east. Lindholm signed a paper on shared soundings, and a tide table for both shores is to be printed.",
  "A second report, about the ferry that no longer calls at Osterey, has one claim by the mayor.",
];

test.describe.configure({ mode: "serial" });

let concord: Concord;
let mira: Page;
let dov: Page;
/** The documents' addresses. */
let first = "";
let second = "";

async function newContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ baseURL: concord.url, viewport: { width: 1440, height: 900 } });
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByTestId("text")).toBeVisible();
  await expect(status(page)).toHaveText("Saved");
}

const note = (page: Page): Locator => page.getByRole("textbox", { name: "Note" });

async function writeNote(page: Page, words: string, text: string): Promise<void> {
  await clickWords(page, words);
  await note(page).fill(text);
  await page.keyboard.press("Control+Enter");
  await page.getByRole("button", { name: "Back to all annotations" }).click();
}

async function remove(page: Page, words: string): Promise<void> {
  await clickWords(page, words);
  await page.getByRole("button", { name: "Delete the annotation" }).click();
}

/** What Dov does while Mira is away; she has done her part already. */
async function meanwhile(act: () => Promise<void>, dovs: () => Promise<void>): Promise<void> {
  await mira.context().setOffline(true);
  await act();
  await expect(status(mira)).toHaveText(/^Offline, \d+ waiting$/);
  await dovs();
  await expect(status(dov)).toHaveText("Saved");
  await mira.context().setOffline(false);
}

async function decide(word: RegExp, choice: string): Promise<void> {
  await expect(status(mira)).toHaveText(word);
  await mira.getByRole("button", { name: word }).click();
  const dialog = mira.getByRole("dialog", { name: "What needs a decision" });
  await dialog.getByRole("button", { name: choice }).click();
  await expect(dialog.getByText("Nothing any more.")).toBeVisible();
  await mira.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(status(mira)).toHaveText("Saved");
}

async function leave(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL(/\/sign-in/);
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: /^Account/ })).toBeVisible();
}

test.beforeAll(async ({ browser }) => {
  concord = await startConcord();
  mira = await (await newContext(browser)).newPage();
  dov = await (await newContext(browser)).newPage();
  await becomeOwner(mira, concord);
  const { createProject } = await concord.ask<{ createProject: { project: { id: string } } }>(
    `mutation { createProject(input: { name: "Tide tables" }) { project { id } } }`,
  );
  const projectId = createProject.project.id;
  const { importDocuments } = await concord.ask<{ importDocuments: { documents: { id: string }[] } }>(
    `mutation ($input: ImportDocumentsInput!) { importDocuments(input: $input) { documents { id } } }`,
    {
      input: { projectId, documents: REPORTS.map((text, index) => ({ title: `Report ${index + 1}`, text })) },
    },
  );
  [first = "", second = ""] = importDocuments.documents.map(({ id }) => `/documents/${id}`);
  const { createInvitation } = await concord.ask<{ createInvitation: { url: string } }>(
    `mutation ($input: CreateInvitationInput!) { createInvitation(input: $input) { url } }`,
    { input: { projectId, role: "CURATOR" } },
  );
  await dov.goto(createInvitation.url);
  await fillAccount(dov, "Dov Lindqvist", "dov@sarn-study.example");
  await dov.getByRole("button", { name: /join/i }).click();
  await dov.waitForURL(/\/projects\//);
  await open(mira, first);
  await open(dov, first);
});

test.afterAll(async () => {
  await mira.context().close();
  await dov.context().close();
  await concord.stop();
});

test("what a closed tab had not sent is sent later, by its own person only, whatever page is open", async () => {
  const context = mira.context();
  await context.setOffline(true);
  await tag(mira, "The pilot Runa Aske", "s");
  await expect(status(mira)).toHaveText("Offline, 1 waiting");
  // Her session ends first: a tab that is being closed is online again for a moment, in which it could still send.
  await context.clearCookies();
  await mira.close();

  // Somebody else signs in in this browser, who is neither shown nor made to send it.
  await context.setOffline(false);
  mira = await context.newPage();
  await mira.goto("/");
  await signIn(mira, "dov@sarn-study.example");
  await open(mira, first);
  await expect(listed(mira, "Runa Aske")).toHaveCount(0);

  await leave(mira);
  await signIn(mira, "mira@sarn-study.example");
  await expect(listed(dov, "The pilot Runa Aske")).toHaveCount(1);
  await expect(listed(dov, "The pilot Runa Aske")).toContainText("Mira Sandoval");
  await open(mira, first);
});

test("two tabs show the same, once, and one goes on for the other", async () => {
  const other = await mira.context().newPage();
  await open(other, first);
  await tag(mira, "Two harbour boards", "c");
  await expect(listed(other, "Two harbour boards")).toHaveCount(1);
  await expect(status(other)).toHaveText("Saved");

  await mira.context().setOffline(true);
  await tag(mira, "Lindholm", "s");
  await tag(other, "a tide table for both shores", "i");
  for (const page of [mira, other]) {
    await expect(status(page)).toHaveText("Offline, 2 waiting");
    await expect(listed(page, "Lindholm")).toHaveCount(1);
  }
  await mira.close();
  await other.context().setOffline(false);
  mira = other;
  await expect(status(mira)).toHaveText("Saved");
  for (const page of [mira, dov])
    for (const words of ["Two harbour boards", "Lindholm", "a tide table"])
      await expect(listed(page, words)).toHaveCount(1);
});

test("how far one is with a document is kept over a reload and sent later", async () => {
  const own = (name: string) => mira.getByRole("button", { name: `Your progress: ${name}` });
  await mira.route("**/graphql", (route) =>
    route.request().postData()?.includes("mutation") ? route.abort() : route.fallback(),
  );
  await own("In progress").click();
  await mira.getByRole("menuitemradio", { name: "Done" }).click();
  await expect(own("Done")).toBeVisible();
  await expect(status(mira)).toHaveText("Offline, 1 waiting");
  await mira.reload();
  await expect(status(mira)).toHaveText("Offline, 1 waiting");
  await expect(own("Done")).toBeVisible();
  const seen = dov.getByRole("img", { name: "Mira Sandoval: Done" });
  await expect(seen).toHaveCount(0);
  await mira.unroute("**/graphql");
  await expect(seen).toBeVisible();
  await expect(status(mira)).toHaveText("Saved");
  await expect(own("Done")).toBeVisible();
});

test("both changed the same: theirs, mine, or both", async () => {
  const words = "Two harbour boards";
  await meanwhile(
    () => writeNote(mira, words, "mine"),
    () => writeNote(dov, words, "theirs"),
  );
  await decide(/^Conflict$/, "Keep theirs");
  await clickWords(mira, words);
  await expect(note(mira)).toHaveValue("theirs");

  await meanwhile(
    () => writeNote(mira, words, "mine after all"),
    () => writeNote(dov, words, "theirs again"),
  );
  await clickWords(mira, words);
  // Beside the annotation too, where both versions stand.
  const notice = mira.getByRole("alert");
  await expect(notice).toContainText("Dov Lindqvist changed this meanwhile.");
  await expect(notice.getByRole("row", { name: /Note/ })).toHaveText("Notetheirs againmine after all");
  await notice.getByRole("button", { name: "Keep mine" }).click();
  await expect(status(mira)).toHaveText("Saved");
  await clickWords(dov, words);
  await expect(note(dov)).toHaveValue("mine after all");

  await meanwhile(
    () => writeNote(mira, words, "only the note"),
    async () => {
      await clickWords(dov, words);
      await dov.getByRole("button", { name: /change the label/ }).click();
      await dov.getByRole("menuitem", { name: "Speaker" }).click();
    },
  );
  await decide(/^Conflict$/, "Keep both changes");
  await clickWords(mira, words);
  await expect(note(mira)).toHaveValue("only the note");
  await expect(mira.getByRole("button", { name: /Speaker.*change the label/ })).toBeVisible();
});

test("one deleted what the other changed: each way round, each way out", async () => {
  await meanwhile(
    () => writeNote(mira, "Lindholm", "about Lindholm"),
    () => remove(dov, "Lindholm"),
  );
  await decide(/^Conflict$/, "Restore it with my version");
  await expect(listed(dov, "Lindholm")).toContainText("note");
  await meanwhile(
    () => writeNote(mira, "Lindholm", "never mind"),
    () => remove(dov, "Lindholm"),
  );
  await decide(/^Conflict$/, "Leave it deleted");
  await expect(listed(mira, "Lindholm")).toHaveCount(0);

  const words = "a tide table for both shores";
  await meanwhile(
    () => remove(mira, words),
    () => writeNote(dov, words, "keep this"),
  );
  await decide(/^Conflict$/, "Keep theirs");
  await expect(listed(mira, words)).toContainText("note");
  await meanwhile(
    () => remove(mira, words),
    () => writeNote(dov, words, "do keep this"),
  );
  await decide(/^Conflict$/, "Delete all the same");
  await expect(listed(dov, words)).toHaveCount(0);
});

test("a change refused while another page is open is told there, with the way to it", async () => {
  const words = "The pilot Runa Aske";
  await mira.route("**/graphql", (route) =>
    route.request().postData()?.includes("mutation") ? route.abort() : route.fallback(),
  );
  await writeNote(mira, words, "mine");
  await expect(status(mira)).toHaveText("Offline, 1 waiting");
  await mira.getByRole("link", { name: "Tide tables" }).click();
  await writeNote(dov, words, "theirs");
  await expect(status(dov)).toHaveText("Saved");
  await mira.unroute("**/graphql");
  await expect(mira.getByText("1 change of yours in “Report 1” could not be saved.")).toBeVisible();
  await mira.getByRole("link", { name: "Open it" }).click();
  await decide(/^Conflict$/, "Keep theirs");
});

test("undo of a deletion brings relations and comments back, over a killed server and a reload", async () => {
  await open(mira, second);
  await tag(mira, "the mayor", "s");
  await tag(mira, "no longer calls at Osterey", "c");
  await expect(status(mira)).toHaveText("Saved");
  const id = second.split("/")[2];
  const { document } = await concord.ask<{
    document: {
      annotations: { nodes: { id: string }[] };
      project: { relationTypes: { id: string; key: string }[] };
    };
  }>(
    `query ($id: ID!) { document(id: $id) { annotations { nodes { id } } project { relationTypes { id key } } } }`,
    {
      id,
    },
  );
  const [claim, speaker] = document.annotations.nodes;
  const type = document.project.relationTypes.find(({ key }) => key === "states");
  await concord.ask(
    `mutation ($relation: CreateRelationInput!, $comment: CreateCommentInput!) {
      createRelation(input: $relation) { revision }
      createComment(input: $comment) { revision }
    }`,
    {
      relation: { typeId: type?.id, sourceId: speaker?.id, targetId: claim?.id },
      comment: { annotationId: speaker?.id, body: "Which mayor?" },
    },
  );
  await clickWords(mira, "the mayor");
  await expect(mira.getByText("→ states")).toBeVisible();
  await mira.getByRole("button", { name: "Delete the annotation" }).click();
  await expect(status(mira)).toHaveText("Saved");
  await mira.reload();
  await expect(listed(mira, "no longer calls")).toHaveCount(1);
  await expect(listed(mira, "the mayor")).toHaveCount(0);

  await concord.kill();
  await mira.keyboard.press("Control+z");
  await expect(listed(mira, "the mayor")).toHaveCount(1);
  await expect(status(mira)).toHaveText("Offline, 1 waiting");
  await concord.restart();
  await expect(status(mira)).toHaveText("Saved", { timeout: 30_000 });
  const { annotation } = await concord.ask<{
    annotation: { relations: { type: { key: string } }[]; comments: { body: string }[] };
  }>(`query ($id: ID!) { annotation(id: $id) { relations { type { key } } comments { body } } }`, {
    id: speaker?.id,
  });
  expect(annotation).toEqual({
    relations: [{ type: { key: "states" } }],
    comments: [{ body: "Which mayor?" }],
  });

  // What somebody else has deleted meanwhile can't be changed back, and is said so.
  await writeNote(mira, "no longer calls", "since when?");
  await expect(status(mira)).toHaveText("Saved");
  await open(dov, second);
  await expect(listed(dov, "no longer calls")).toHaveCount(1);
  await remove(dov, "no longer calls");
  await expect(listed(mira, "no longer calls")).toHaveCount(0);
  await mira.keyboard.press("Control+z");
  await expect(mira.getByRole("status").filter({ hasText: "Dov Lindqvist deleted it since." })).toHaveCount(
    1,
  );
});

test("a connection that looks open and is dead is found out when the page wakes", async () => {
  const page = await mira.context().newPage();
  let isFrozen = false;
  let connections = 0;
  await page.routeWebSocket(/\/graphql$/, (socket) => {
    const server = socket.connectToServer();
    const number = ++connections;
    const passes = () => !isFrozen || number > 1;
    socket.onMessage((message) => passes() && server.send(message));
    server.onMessage((message) => passes() && socket.send(message));
  });
  await open(page, second);
  await expect.poll(() => connections).toBe(1);
  isFrozen = true;
  await tag(dov, "A second report", "c");
  await expect(status(dov)).toHaveText("Saved");
  await page.evaluate(() => dispatchEvent(new Event("pageshow")));
  await expect(listed(page, "A second report")).toHaveCount(1, { timeout: 20_000 });
  expect(connections).toBeGreaterThan(1);
  await page.close();
});
