// The reading pane: overlaps stay legible and reachable, relations are drawn from one highlight to another, edges moved
// offline show their new words, and scripts, paper, magnification and touch lose nothing.
import {
  type Browser,
  type BrowserContext,
  type BrowserType,
  expect,
  type LaunchOptions,
  type Page,
  test,
} from "@playwright/test";
import {
  becomeOwner,
  type Concord,
  clickWords,
  listed,
  rectOf,
  selectWords,
  startConcord,
  status,
  textOf,
} from "./concord.ts";

const DEEP =
  "The Director said that the Commission would ask the League to open its boat sheds to the schools of Port Amsel every spring.";
const CROSSING =
  "Vastrand will carry half the cost if the ledger is opened, and the desk will be ready by midsummer.";
const SAME = "We therefore propose one warning desk, staffed in turn, for all who live by the river.";
const PARTS =
  "The meeting, called at a week’s notice, shows that the three governments, for once, no longer read the Sarn as three rivers.";
const HEBREW = "הנהר אינו נעצר בתחנת המכס, אמר השר לעיתונאים אתמול בערב.";
const JAPANESE = "川は税関で止まらないと大臣は昨日の夕方に記者団に語った。";
const THAI = "แม่น้ำไม่หยุดที่ด่านศุลกากรรัฐมนตรีกล่าวกับผู้สื่อข่าวเมื่อวานนี้";
const TEXT = [DEEP, CROSSING, SAME, PARTS, HEBREW, JAPANESE, THAI].join("\n");

/** Label, and the words of each part. */
const MARKS: readonly (readonly [label: string, ...parts: string[]])[] = [
  ["claim", DEEP.slice(0, -1)],
  ["agreement", "the Commission would ask the League to open its boat sheds to the schools of Port Amsel"],
  ["initiative", "ask the League to open its boat sheds to the schools of Port Amsel"],
  ["claim", "its boat sheds to the schools of Port Amsel"],
  ["speaker", "the schools of Port Amsel"],
  ["speaker", "The Director"],
  ["initiative", "Vastrand will carry half the cost if the ledger is opened"],
  ["agreement", "if the ledger is opened, and the desk"],
  ["claim", "the desk will be ready by midsummer"],
  ["initiative", "propose one warning desk"],
  ["claim", "propose one warning desk"],
  ["claim", "propose one warning desk"],
  ["claim", "The meeting", "shows that the three governments", "no longer read the Sarn as three rivers"],
  ["agreement", "called at a week’s notice"],
  ["speaker", "the three governments"],
  ["claim", "הנהר אינו נעצר בתחנת המכס"],
  ["speaker", "השר"],
  ["claim", "川は税関で止まらない"],
  ["speaker", "大臣"],
  ["claim", "แม่น้ำไม่หยุด"],
];

let concord: Concord;
let context: BrowserContext;
let page: Page;
let projectId = "";
let documentId = "";
let labelIds = new Map<string, string>();

test.beforeAll(async ({ browser }) => {
  concord = await startConcord();
  context = await open(browser, { viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  await becomeOwner(page, concord);
  await makeProject();
  documentId = await importText("Overlaps", TEXT);
  for (const [label, ...parts] of MARKS) await mark(documentId, label, parts.map(placeOf));
  await page.goto(`/documents/${documentId}`);
  await expect(listed(page, THAI.slice(0, 13))).toBeVisible();
});

test.afterAll(async () => {
  await context.close();
  await concord.stop();
});

function open(browser: Browser, options: Parameters<Browser["newContext"]>[0]): Promise<BrowserContext> {
  return browser.newContext({ baseURL: concord.url, reducedMotion: "reduce", ...options });
}

function placeOf(words: string): { start: number; end: number } {
  const at = TEXT.indexOf(words);
  if (at < 0) throw new Error(`“${words}” is not in the text`);
  return { start: at, end: at + words.length };
}

/** A project with two kinds of relation between claims. */
async function makeProject(): Promise<void> {
  const { createProject } = await concord.ask<{
    createProject: { project: { id: string; labels: { id: string; key: string }[] } };
  }>(`mutation { createProject(input: { name: "Overlaps" }) { project { id labels { id key } } } }`);
  projectId = createProject.project.id;
  labelIds = new Map(createProject.project.labels.map(({ id, key }) => [key, id]));
  const ends = [labelIds.get("claim")];
  for (const name of ["answers", "repeats"])
    await concord.ask(
      `mutation ($i: CreateRelationTypeInput!) { createRelationType(input: $i) { relationType { id } } }`,
      { i: { projectId, name, sourceLabelIds: ends, targetLabelIds: ends } },
    );
}

/** Answers the document's id. */
async function importText(title: string, text: string): Promise<string> {
  const { importDocuments } = await concord.ask<{ importDocuments: { documents: { id: string }[] } }>(
    `mutation ($i: ImportDocumentsInput!) { importDocuments(input: $i) { documents { id } } }`,
    { i: { projectId, documents: [{ title, text }] } },
  );
  return importDocuments.documents[0]?.id ?? "";
}

async function mark(id: string, label: string, fragments: readonly { start: number; end: number }[]) {
  await concord.ask(
    `mutation ($i: CreateAnnotationInput!) { createAnnotation(input: $i) { annotation { id } } }`,
    { i: { documentId: id, labelId: labelIds.get(label), fragments } },
  );
}

/** The horizontal lines that are painted below a word, as tops and heights in whole pixels, at the word's middle. */
async function lanesBelow(words: string): Promise<{ top: number; height: number }[]> {
  const { x, y, width, height } = await rectOf(page, words);
  return textOf(page).evaluate(
    (root, point) => {
      const found: { top: number; height: number }[] = [];
      for (const canvas of root.querySelectorAll("canvas")) {
        const box = canvas.getBoundingClientRect();
        // some are kept for later use, unseen
        if (canvas.width === 0 || !canvas.checkVisibility({ visibilityProperty: true })) continue;
        if (point.y < box.top || point.y > box.bottom) continue;
        const ratio = canvas.width / box.width;
        const left = Math.round((point.x - box.left) * ratio);
        const top = Math.round((point.y - box.top) * ratio);
        const column = canvas.getContext("2d")?.getImageData(left, top, 1, 30 * ratio).data ?? [];
        // tints are a fifth at most; lanes are nearly opaque
        for (let row = 0; row < 30 * ratio; row++) {
          if ((column[4 * row + 3] ?? 0) < 128) continue;
          const last = found.at(-1);
          if (last !== undefined && last.top + last.height === row) last.height++;
          else found.push({ top: row, height: 1 });
        }
      }
      return found;
    },
    { x: x + width / 2, y: y + height / 2 },
  );
}

/**
 * Compares what is painted on the first four paragraphs with the picture that is kept. The text's letters are left out:
 * their edges differ from one build of the browser to the next, while tints, lines and their places don't.
 */
async function expectPicture(name: string): Promise<void> {
  const first = textOf(page).locator("p").first();
  const box = await first.boundingBox();
  const last = await textOf(page).locator("p").nth(3).boundingBox();
  if (box === null || last === null) throw new Error("the text is not shown");
  await page.mouse.move(5, 5);
  await textOf(page).evaluate((root) => {
    root.style.color = "transparent";
  });
  const clip = { x: box.x, y: box.y, width: box.width, height: last.y + last.height - box.y };
  await expect(page).toHaveScreenshot(`${name}.png`, { clip, threshold: 0.15, maxDiffPixelRatio: 0.002 });
  await textOf(page).evaluate((root) => {
    root.style.color = "";
  });
}

/** The inspector: the selected annotation, or the list. */
const inspector = () => page.getByRole("complementary", { name: "Annotations" });

/** What is selected, by the words it holds. */
const expectSelected = (words: string) => expect(inspector().getByRole("blockquote")).toHaveText(words);

async function relations(): Promise<{ type: string; from: string; to: string }[]> {
  interface End {
    span: { quote: string };
  }
  const { document } = await concord.ask<{
    document: { relations: { nodes: { type: { name: string }; source: End; target: End }[] } };
  }>(
    `query ($id: ID!) { document(id: $id) { relations { nodes { type { name } source { span { quote } } target { span { quote } } } } } }`,
    { id: documentId },
  );
  return document.relations.nodes.map(({ type, source, target }) => ({
    type: type.name,
    from: source.span.quote,
    to: target.span.quote,
  }));
}

/** The handle of the selected annotation from which relations are drawn. */
const linkHandle = () => page.getByTitle(/^Draw a relation/);
const middleOf = (box: { x: number; y: number; width: number; height: number }) => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
});

async function pullFromHandle(): Promise<void> {
  await linkHandle().hover();
  await page.mouse.down();
}

async function moveOver(words: string): Promise<void> {
  const { x, y } = middleOf(await rectOf(page, words));
  await page.mouse.move(x, y, { steps: 4 });
}

test("each of five nested, crossing and equal marks has a line of its own, and pictures keep it so", async () => {
  const inRows = (count: number) => Array.from({ length: count }, (_, lane) => ({ lane, height: 2 }));
  const rowsBelow = async (words: string) => {
    const lanes = await lanesBelow(words);
    const first = lanes[0]?.top ?? 0;
    return lanes.map(({ top, height }) => ({ lane: (top - first) / 3, height }));
  };
  expect(await rowsBelow("Port Amsel")).toEqual(inRows(5));
  expect(await rowsBelow("ledger")).toEqual(inRows(2));
  expect(await rowsBelow("one warning")).toEqual(inRows(3));
  expect(await rowsBelow("governments")).toEqual(inRows(2));
  expect(await rowsBelow("for all who")).toEqual([]);

  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectPicture(`overlaps-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByRole("button", { name: /pattern/i }).click();
  await expectPicture("overlaps-patterns");
  // the lines stand farther apart now, and are still what is pressed
  const { x, y, height } = await rectOf(page, "Port");
  // the last but one is double
  const fourth = (await lanesBelow("Port")).at(-3);
  await page.mouse.click(x + 3, y + height / 2 + (fourth?.top ?? 0) + 1);
  await expectSelected("its boat sheds to the schools of Port Amsel");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /pattern/i }).click();
});

test("hovering isolates one; a click takes the innermost, further ones walk outwards, and so does Enter", async () => {
  const outwards = [
    "the schools of Port Amsel",
    "its boat sheds to the schools of Port Amsel",
    "ask the League to open its boat sheds to the schools of Port Amsel",
    "the Commission would ask the League to open its boat sheds to the schools of Port Amsel",
    DEEP.slice(0, -1),
  ];
  const { x, y } = middleOf(await rectOf(page, "Port Amsel"));
  await page.mouse.move(x, y);
  // the others are hairlines now: only the innermost, in its fifth lane, is still a line
  await expect.poll(() => lanesBelow("Port Amsel")).toHaveLength(1);
  await page.mouse.move(x, y - 160);
  await expect.poll(() => lanesBelow("Port Amsel")).toHaveLength(5);
  for (const words of [...outwards, outwards[0] ?? ""]) {
    await page.mouse.click(x, y);
    await expectSelected(words);
  }
  await page.keyboard.press("Escape");

  await textOf(page).focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  for (let step = 0; step < 4; step++) await page.keyboard.press("Control+ArrowLeft");
  for (const words of outwards) {
    await page.keyboard.press("Enter");
    await expectSelected(words);
  }
  await page.keyboard.press("Escape");
});

test("a relation is drawn to what the codebook allows, in the text or in the list, and elsewhere it says why not", async () => {
  await clickWords(page, "midsummer");
  await pullFromHandle();
  await moveOver("ledger");
  await expect(page.getByText("The codebook has no relation between Claim and Agreement.")).toBeVisible();
  await moveOver("midsummer");
  await expect(page.getByText("The other end must be another annotation.")).toBeVisible();
  // the list holds what is possible only
  await expect(listed(page, "propose one warning desk")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expectSelected("the desk will be ready by midsummer");
  expect(await relations()).toEqual([]);

  // one of two kinds
  await pullFromHandle();
  await moveOver("no longer");
  await expect(page.getByText("→ answers or repeats: Claim")).toBeVisible();
  await page.mouse.up();
  await page.getByRole("menuitem", { name: "repeats" }).click();
  const meeting = "The meeting shows that the three governments no longer read the Sarn as three rivers";
  const repeats = { type: "repeats", from: "the desk will be ready by midsummer", to: meeting };
  await expect.poll(relations).toEqual([repeats]);

  // the only one that is left, at once; to a row of the list
  await pullFromHandle();
  const row = await listed(page, "The meeting shows").boundingBox();
  if (row === null) throw new Error("the list does not show it");
  await page.mouse.move(row.x + 40, row.y + 10, { steps: 4 });
  await expect(page.getByText("→ answers: Claim")).toBeVisible();
  await page.mouse.up();
  await expect.poll(relations).toEqual([repeats, { ...repeats, type: "answers" }]);

  // against the direction of the codebook's relation, by Shift+R and a press in the text
  await page.keyboard.press("Shift+R");
  await moveOver("The Director");
  await expect(page.getByText("← states: Speaker")).toBeVisible();
  await clickWords(page, "The Director");
  await expect.poll(relations).toHaveLength(3);
  await expectSelected("the desk will be ready by midsummer");
  for (let step = 0; step < 3; step++) await page.keyboard.press("Control+z");
  await expect.poll(relations).toEqual([]);
  await page.keyboard.press("Escape");
});

test("an edge that is moved offline shows its new words at once", async () => {
  await clickWords(page, "week");
  await expectSelected("called at a week’s notice");
  await context.setOffline(true);
  await page.keyboard.press("Control+Shift+ArrowLeft");
  await expectSelected("called at a week’s");
  await page.keyboard.press("Control+z");
  await expectSelected("called at a week’s notice");
  await context.setOffline(false);
  await expect(status(page)).toHaveText(/Saved/);
  await page.keyboard.press("Escape");
});

test("a text written from right to left has its margin on the right, its arcs on the left and its edges turned", async () => {
  const lines = [HEBREW, "השר בירך על ההצעה ושאל מי ישלם עבורה."];
  const text = lines.join("\n");
  const at = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
  const id = await importText("From the right", text);
  await mark(id, "claim", [at("הנהר אינו נעצר בתחנת המכס")]);
  await mark(id, "claim", [at("מי ישלם עבורה")]);
  await page.goto(`/documents/${id}`);
  await expect(listed(page, "מי ישלם")).toBeVisible();
  await clickWords(page, "נעצר");
  await expectSelected("הנהר אינו נעצר בתחנת המכס");

  const first = await rectOf(page, "הנהר");
  const last = await rectOf(page, "המכס");
  const edge = (side: "start" | "end") => textOf(page).locator(`[data-side="${side}"]`);
  const start = middleOf((await edge("start").boundingBox()) ?? first);
  const end = middleOf((await edge("end").boundingBox()) ?? last);
  expect(Math.abs(start.x - (first.x + first.width))).toBeLessThan(2);
  expect(Math.abs(end.x - last.x)).toBeLessThan(2);

  // to the left is onwards
  await page.keyboard.press("Control+Shift+ArrowLeft");
  await expectSelected("הנהר אינו נעצר בתחנת המכס, אמר");
  await page.keyboard.press("Control+z");
  await expectSelected("הנהר אינו נעצר בתחנת המכס");

  // a letter in the right margin, and the handle where lines end
  const column = (await textOf(page).boundingBox()) ?? first;
  const handle = (await linkHandle().boundingBox()) ?? first;
  expect(handle.x + handle.width).toBeLessThanOrEqual(column.x);
  await pullFromHandle();
  await moveOver("ישלם");
  await page.mouse.up();
  await page.getByRole("menuitem", { name: "answers" }).click();
  await expect
    .poll(async () => {
      const arc = await textOf(page).locator("svg g path").first().boundingBox();
      return arc !== null && arc.x + arc.width <= column.x;
    })
    .toBe(true);
  await page.keyboard.press("Escape");
  const second = await rectOf(page, "ישלם");
  await page.mouse.click(column.x + column.width - 108 + 31 - 6, second.y + second.height / 2);
  await expectSelected("מי ישלם עבורה");

  // a label's key on a layout that writes no Latin letters
  await page.keyboard.press("Escape");
  await selectWords(page, "לעיתונאים");
  await expect(page.getByRole("dialog", { name: "Label the selection" })).toBeVisible();
  const keyboard = await context.newCDPSession(page);
  for (const type of ["keyDown", "keyUp"] as const)
    await keyboard.send("Input.dispatchKeyEvent", {
      type,
      key: "ы",
      code: "KeyS",
      ...(type === "keyDown" && { text: "ы" }),
    });
  await expect(inspector().getByRole("heading", { name: /Speaker/ })).toBeVisible();
  await expectSelected("לעיתונאים");
});

/** Those of the lines that a screen reader is not told of, in a browser that serves one, as it does when one is there. */
async function unheard(
  kind: BrowserType,
  launchOptions: LaunchOptions,
  path: string,
  lines: readonly string[],
): Promise<string[]> {
  const args = [...(launchOptions.args ?? []), "--force-renderer-accessibility"];
  const browser = await kind.launch({ ...launchOptions, args });
  try {
    const told = await open(browser, { storageState: await context.storageState() });
    const read = await told.newPage();
    await read.goto(path);
    await textOf(read)
      .getByText(lines[0] ?? "")
      .waitFor();
    const reader = await told.newCDPSession(read);
    const { nodes } = await reader.send("Accessibility.getFullAXTree");
    const heard = new Set(nodes.map(({ name }) => name?.value));
    return lines.filter((line) => !heard.has(line));
  } finally {
    await browser.close();
  }
}

test("a long text is whole for finding, copying, paper, magnification and screen readers", async ({
  playwright,
  launchOptions,
}) => {
  const count = 400;
  const lineOf = (number: number) =>
    `Paragraph ${number} tells of ${"the river and its ledgers ".repeat(10)}again.`;
  const lines = Array.from({ length: count }, (_, number) => lineOf(number));
  const text = lines.join("\n");
  const id = await importText("Long", text);
  await mark(id, "claim", [{ start: 0, end: 9 }]);
  await mark(id, "speaker", [{ start: text.length - 6, end: text.length - 1 }]);
  await page.goto(`/documents/${id}`);
  await expect(listed(page, "again")).toBeVisible();

  expect(await unheard(playwright.chromium, launchOptions, `/documents/${id}`, lines)).toEqual([]);

  // the browser's own search reaches what was never laid out
  const isFound = await page.evaluate<boolean>(`window.find("Paragraph 399")`);
  expect(isFound).toBe(true);

  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await textOf(page).click({ position: { x: 300, y: 20 } });
  await page.keyboard.press("Control+a");
  await expect(page.getByRole("dialog", { name: "Label the selection" })).toBeVisible();
  await page.keyboard.press("Control+c");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
  await page.keyboard.press("Escape");

  const marksOnPaper = () => page.evaluate(() => CSS.highlights.size);
  expect(await marksOnPaper()).toBe(0);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  // a tint and a line for each of the two labels
  expect(await marksOnPaper()).toBe(4);
  const paper = await page.evaluate(() => {
    const last = document.querySelector("[data-paragraph='399']")?.getBoundingClientRect();
    return { bottom: last?.bottom ?? 0, height: document.documentElement.scrollHeight };
  });
  expect(paper.bottom).toBeGreaterThan(10_000);
  expect(paper.height).toBeGreaterThanOrEqual(Math.floor(paper.bottom));
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  expect(await marksOnPaper()).toBe(0);

  // 1280 CSS pixels at 400 %
  await page.setViewportSize({ width: 320, height: 256 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  const { x, width } = await rectOf(page, "Paragraph 0");
  expect(x).toBeGreaterThan(0);
  expect(x + width).toBeLessThan(320);
  await page.setViewportSize({ width: 1440, height: 900 });
});

test("on a phone a finger selects, marks by a sheet, and relates by pressing the handle and then the other end", async ({
  browser,
}) => {
  const phone = await open(browser, {
    storageState: await context.storageState(),
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  try {
    const hand = await phone.newPage();
    await hand.goto(`/documents/${documentId}`);
    await textOf(hand).getByText("Vastrand").waitFor();
    await expect
      .poll(() => textOf(hand).evaluate((root) => root.querySelector("canvas")?.width ?? 0))
      .toBeGreaterThan(0);

    // as the system does it for a finger that is held down: no pointer event tells of it
    await textOf(hand)
      .locator("p")
      .filter({ hasText: "midsummer" })
      .evaluate(({ firstChild }) => {
        const from = firstChild?.textContent?.indexOf("midsummer") ?? 0;
        if (firstChild !== null) getSelection()?.setBaseAndExtent(firstChild, from, firstChild, from + 9);
      });
    const sheet = hand.getByRole("dialog", { name: "Label the selection" });
    await expect(sheet).toBeVisible();
    await expect(sheet).toContainText("midsummer");
    await sheet.getByRole("button", { name: /Speaker/ }).tap();
    await expect(sheet).toBeHidden();
    await expect.poll(async () => hand.evaluate(() => getSelection()?.toString() ?? "")).toBe("");

    // the new mark is selected: from its handle to a claim
    await hand.getByTitle(/^Draw a relation/).tap();
    const other = middleOf(await rectOf(hand, "no longer"));
    await hand.touchscreen.tap(other.x, other.y);
    await expect
      .poll(relations)
      .toContainEqual(expect.objectContaining({ type: "states", from: "midsummer" }));
  } finally {
    await phone.close();
  }
});
