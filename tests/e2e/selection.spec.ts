// What is selected is what is stored: by mouse, by keyboard alone, in several parts, in the scripts of the world. Each
// mark is read back through the API and compared in code points with the text.
import { expect, type Page, test } from "@playwright/test";
import { becomeOwner, type Concord, startConcord, status, textOf } from "./concord.ts";

const FAMILY = "👨‍👩‍👧‍👦";
const LINES = {
  emoji: `The family ${FAMILY} came home 🏳️‍🌈 with a 👍🏽 today. It was late.`,
  combining: "A cafe\u0301 and nai\u0308ve Zo\u0308e\u0301 wrote g\u0331\u0301o there.",
  astral: "Script 𝒜𝒷𝒸 and 𐐷𐐲𐑌 and 𠮷野 end.",
  hebrew: "שלום עולם, זה טקסט קצר.",
  arabic: "مرحبا بالعالم هذا نص قصير.",
  japanese: "東京都の文章を選択します。",
  thai: "ภาษาไทยไม่มีช่องว่าง",
  mixed: "The word שלום stands here.",
  last: "The last line of all.",
};
// one CRLF among line feeds: it counts two code points
const TEXT = Object.values(LINES).join("\n").replace("end.\n", "end.\r\n");

interface Mark {
  quote: string;
  fragments: { start: number; end: number }[];
}

let concord: Concord;
let page: Page;
let documentId = "";

test.beforeAll(async ({ browser }) => {
  concord = await startConcord();
  const context = await browser.newContext({ baseURL: concord.url, viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  await becomeOwner(page, concord);
  const { createProject } = await concord.ask<{ createProject: { project: { id: string } } }>(
    `mutation { createProject(input: { name: "Scripts" }) { project { id } } }`,
  );
  const { importDocuments } = await concord.ask<{ importDocuments: { documents: { id: string }[] } }>(
    `mutation ($i: ImportDocumentsInput!) { importDocuments(input: $i) { documents { id } } }`,
    { i: { projectId: createProject.project.id, documents: [{ title: "Scripts", text: TEXT }] } },
  );
  documentId = importDocuments.documents[0]?.id ?? "";
  await page.goto(`/documents/${documentId}`);
  await textOf(page).getByText("The last line of all.").waitFor();
});

test.afterAll(async () => {
  await page.context().close();
  await concord.stop();
});

async function marks(): Promise<Mark[]> {
  const { document } = await concord.ask<{ document: { annotations: { nodes: { span: Mark }[] } } }>(
    `query ($id: ID!) { document(id: $id) { annotations { nodes { span { quote fragments { start end } } } } } }`,
    { id: documentId },
  );
  return document.annotations.nodes.map(({ span }) => span);
}

const codePoints = [...TEXT];
const sliceOf = ({ start, end }: { start: number; end: number }) => codePoints.slice(start, end).join("");
/** Where words stand, in code points. */
function placeOf(words: string): { start: number; end: number } {
  const start = [...TEXT.slice(0, TEXT.indexOf(words))].length;
  return { start, end: start + [...words].length };
}

/** Selects by `act`, marks, reads the mark back, and takes it away again. */
async function marked(act: () => Promise<void>): Promise<Mark> {
  await act();
  await expect(page.getByRole("dialog", { name: "Label the selection" })).toBeVisible();
  await page.keyboard.press("c");
  await expect(status(page)).toHaveText(/Saved/);
  await expect.poll(async () => (await marks()).length).toBe(1);
  const [mark] = await marks();
  if (mark === undefined) throw new Error("nothing was stored");
  expect(mark.fragments.map(sliceOf).join(" ")).toBe(mark.quote);
  await page.keyboard.press("Delete");
  await expect.poll(async () => (await marks()).length).toBe(0);
  return mark;
}

/** Points inside the first and the last grapheme of words, near their outer edges. */
function edgesOf(words: string): Promise<{ from: { x: number; y: number }; to: { x: number; y: number } }> {
  return textOf(page).evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at < 0) continue;
      const graphemes = [...new Intl.Segmenter().segment(wanted)];
      const rectOf = (one: Intl.SegmentData | undefined) => {
        const range = document.createRange();
        range.setStart(node, at + (one?.index ?? 0));
        range.setEnd(node, at + (one?.index ?? 0) + (one?.segment.length ?? 0));
        return range.getBoundingClientRect();
      };
      const [first, last] = [rectOf(graphemes[0]), rectOf(graphemes.at(-1))];
      const isRightToLeft = /[\u0590-\u06ff]/u.test(wanted);
      const y = (rect: DOMRect) => rect.top + rect.height / 2;
      return {
        from: { x: isRightToLeft ? first.right - 1.5 : first.left + 1.5, y: y(first) },
        to: { x: isRightToLeft ? last.left + 1.5 : last.right - 1.5, y: y(last) },
      };
    }
    throw new Error(`“${wanted}” is not in the text`);
  }, words);
}

async function drag(words: string, until = words): Promise<void> {
  const { from } = await edgesOf(words);
  const { to } = await edgesOf(until);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await page.mouse.up();
}

async function dragExactly(words: string): Promise<void> {
  await page.keyboard.down("Alt");
  await drag(words);
  await page.keyboard.up("Alt");
}

async function press(words: string, clickCount: number): Promise<void> {
  const { from } = await edgesOf(words);
  await page.mouse.click(from.x + 2, from.y, { clickCount });
}

/** The words of a line that a range of it touches, as the page's own segmenter cuts them. */
function wordsAround(line: string, words: string): Promise<string> {
  return page.evaluate(
    ([text, wanted]) => {
      const start = text.indexOf(wanted);
      const parts = [...new Intl.Segmenter("en", { granularity: "word" }).segment(text)].filter(
        ({ index, segment }) => index + segment.length > start && index < start + wanted.length,
      );
      return parts
        .map(({ segment }) => segment)
        .join("")
        .trim();
    },
    [line, words] as const,
  );
}

test("a drag over parts of words takes the whole words, in every script", async () => {
  const cases: [line: string, dragged: string][] = [
    [LINES.emoji, `mily ${FAMILY} ca`],
    [LINES.combining, "e\u0301 and nai\u0308"],
    [LINES.astral, "𝒷𝒸 and 𐐷"],
    [LINES.hebrew, "לום עול"],
    [LINES.arabic, "حبا بالع"],
    [LINES.japanese, "京都の文"],
    [LINES.thai, "ษาไท"],
  ];
  for (const [line, dragged] of cases) {
    const expected = await wordsAround(line, dragged);
    const mark = await marked(() => drag(dragged));
    expect(mark.quote, `dragged over “${dragged}”`).toBe(expected);
    expect(mark.fragments).toEqual([placeOf(expected)]);
  }
});

test("with Alt a drag is exact, and never cuts what is one character to a reader", async () => {
  for (const words of [
    FAMILY,
    "👍🏽",
    "fe\u0301 an",
    "g\u0331\u0301",
    "𝒷𝒸",
    "𠮷",
    "לום עו",
    "京都の",
    "ord",
  ]) {
    const mark = await marked(() => dragExactly(words));
    expect(mark.quote).toBe(words);
    expect(mark.fragments).toEqual([placeOf(words)]);
  }
});

test("a double click takes a word and a triple click a sentence", async () => {
  for (const word of ["nai\u0308ve", "𐐷𐐲𐑌", "עולם", "بالعالم"]) {
    const mark = await marked(() => press(word, 2));
    expect(mark.quote).toBe(word);
    expect(mark.fragments).toEqual([placeOf(word)]);
  }
  const sentence = await marked(() => press("It was late.", 3));
  expect(sentence.quote).toBe("It was late.");
});

test("a selection goes across paragraphs, a line break of two code points included", async () => {
  const mark = await marked(() => drag("end", "שלום עולם"));
  expect(mark.quote).toBe("end.\r\nשלום עולם");
  expect(mark.fragments).toEqual([placeOf("end.\r\nשלום עולם")]);
});

test("the keyboard alone selects, by characters as a reader sees them, words and lines", async () => {
  const fromStart = async (presses: string[]) => {
    await textOf(page).focus();
    await page.keyboard.press("Control+Home");
    for (const key of presses) await page.keyboard.press(key);
  };
  const times = (key: string, count: number) => Array.from({ length: count }, () => key);
  const family = await marked(() => fromStart([...times("ArrowRight", 11), "Shift+ArrowRight"]));
  expect(family.quote).toBe(FAMILY);
  expect(family.fragments).toEqual([placeOf(FAMILY)]);
  const words = await marked(() => fromStart(times("Control+Shift+ArrowRight", 2)));
  expect(words.quote).toBe("The family");
  const line = await marked(() => fromStart(["ArrowDown", "Home", "Shift+End"]));
  expect(line.quote).toBe(LINES.combining);
  // visually leftwards, which in Hebrew goes on in the text
  const hebrew = await marked(() =>
    fromStart([...times("ArrowDown", 3), "Home", ...times("Shift+ArrowLeft", 4)]),
  );
  expect(hebrew.quote).toBe("שלום");
});

test("Ctrl adds parts, in text order and across what is marked already", async () => {
  const mark = await marked(async () => {
    await drag("Script");
    await page.keyboard.down("Control");
    await drag("𠮷野");
    await drag("family");
    await page.keyboard.up("Control");
  });
  expect(mark.quote).toBe("family Script 𠮷野");
  expect(mark.fragments).toEqual(["family", "Script", "𠮷野"].map(placeOf));
});

test("a selected mark's edges are moved by handle and by keyboard, one step each, and undone", async () => {
  const quote = async () => (await marks())[0]?.quote;
  await drag("came");
  await page.keyboard.press("c");
  await expect.poll(quote).toBe("came");
  const handle = (side: "start" | "end") => textOf(page).locator(`[data-side="${side}"]`);
  const pull = async (side: "start" | "end", words: string) => {
    const box = await handle(side).boundingBox();
    const { from, to } = await edgesOf(words);
    if (box === null) throw new Error("the handle is not shown");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    const goal = side === "end" ? to : from;
    await page.mouse.move(goal.x, goal.y, { steps: 4 });
  };
  await pull("end", "today");
  await page.mouse.up();
  await expect.poll(quote).toBe("came home 🏳️‍🌈 with a 👍🏽 today");
  await pull("start", "family");
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await pull("start", "home");
  await page.mouse.up();
  await expect.poll(quote).toBe("home 🏳️‍🌈 with a 👍🏽 today");
  // exactly at the start, to the word at the end
  await page.keyboard.press("Shift+Alt+ArrowRight");
  await page.keyboard.press("Control+Shift+ArrowLeft");
  await expect.poll(quote).toBe("ome 🏳️‍🌈 with a");
  for (let step = 0; step < 4; step++) await page.keyboard.press("Control+z");
  await expect.poll(quote).toBe("came");
  await page.keyboard.press("Delete");
  await expect.poll(async () => (await marks()).length).toBe(0);
});
