// Other tools' files come in through the page, looked at and mapped before, and go out again; an import can be taken back.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { becomeOwner, type Concord, startConcord } from "./concord.ts";

const CAS = JSON.stringify({
  "%TYPES": {
    Entity: {
      "%NAME": "Entity",
      "%SUPER_TYPE": "uima.tcas.Annotation",
      value: { "%NAME": "value", "%RANGE": "uima.cas.String" },
    },
  },
  "%FEATURE_STRUCTURES": [
    {
      "%ID": 1,
      "%TYPE": "uima.cas.Sofa",
      sofaNum: 1,
      sofaID: "_InitialView",
      sofaString: "😀 Bo left the weir.",
    },
    { "%ID": 2, "%TYPE": "Entity", "@sofa": 1, begin: 3, end: 5, value: "PER" },
  ],
  "%VIEWS": { _InitialView: { "%SOFA": 1, "%INDEX": 1, "%MEMBERS": [2] } },
});

const FIVE = {
  "brat/pilot.txt": "The pilot Runa Aske moved the buoy.",
  "brat/pilot.ann": "T1\tPER 10 19\tRuna Aske\nT2\tclaim 20 34\tmoved the buoy\nR1\tstates Arg1:T1 Arg2:T2\n",
  "doccano.jsonl": '{"text":"Sarn dredges the channel.","label":[[0,4,"Place"]]}\n',
  "papers.csv": "title,text\nTide table,Two harbours share one table.\n",
  "ledger.html":
    "<!doctype html><html lang=en><title>The ledger</title><article><h1>The ledger</h1><p>Kelmoria prints the ledger of its gauges, every week and in full.</p></article>",
  "cas.json": CAS,
};

test.describe.configure({ mode: "serial" });

let concord: Concord;
let page: Page;
let projectId = "";

interface Corpus {
  readonly project: { readonly labels: readonly { readonly key: string }[] };
  readonly documents: readonly {
    readonly sourceId: string | null;
    readonly title: string;
    readonly language: string | null;
    readonly metadata: object;
    readonly text: string;
    readonly annotations: readonly { readonly label: string; readonly quote: string }[];
    readonly relations: readonly { readonly type: string }[];
  }[];
}

async function newProject(name: string): Promise<string> {
  const { createProject } = await concord.ask<{ createProject: { project: { id: string } } }>(
    "mutation ($i: CreateProjectInput!) { createProject(input: $i) { project { id } } }",
    { i: { name } },
  );
  return createProject.project.id;
}

/** Drops a file anywhere on the page. */
async function drop(name: string, bytes: Uint8Array): Promise<void> {
  await expect(page.getByRole("button", { name: "Add documents" }).first()).toBeVisible();
  await page.evaluate(
    ([fileName, content]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(content)], fileName));
      window.dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
    },
    [name, [...bytes]] as const,
  );
}

/** A file that the server has made, as the page itself asks for it. */
async function corpusOf(id: string): Promise<Corpus> {
  const corpus: Corpus = await page.evaluate(async (address) => {
    const response = await fetch(address);
    return response.json();
  }, `/projects/${id}/export?format=json`);
  return corpus;
}

const dialog = () => page.getByRole("dialog", { name: "Add documents" });
const panel = () => page.getByRole("region", { name: "Importing files" });
const becomes = (what: string) => dialog().getByLabel(`What “${what}” becomes`);

async function importThem(count: string): Promise<void> {
  await dialog()
    .getByRole("button", { name: `Import ${count}` })
    .click();
  await expect(dialog()).toHaveCount(0);
  await expect(panel()).toContainText("imported");
}

test.beforeAll(async ({ browser }: { browser: Browser }) => {
  concord = await startConcord();
  const context = await browser.newContext({ baseURL: concord.url, viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  await becomeOwner(page, concord);
  projectId = await newProject("Harbour talk");
});

test.afterAll(async () => {
  await page.context().close();
  await concord.stop();
});

test("a zip of five formats is looked at, a label mapped, and all of it comes in", async () => {
  await page.goto(`/projects/${projectId}`);
  await drop("five.zip", zipSync(Object.fromEntries(Object.entries(FIVE).map(([n, s]) => [n, strToU8(s)]))));
  await expect(dialog().getByText("It holds 5 documents, 4 annotations.")).toBeVisible();
  const files = dialog().getByRole("list", { name: "5 files" }).getByRole("listitem");
  await expect(files).toHaveCount(5);
  await expect(files.filter({ hasText: "pilot" })).toContainText("brat standoff");
  await expect(files.filter({ hasText: "cas.json" })).toContainText("UIMA CAS JSON");
  const labels = dialog().getByRole("region", { name: "Labels" });
  await expect(labels).toContainText("In the codebook: Claim.");
  await becomes("PER").selectOption({ label: "Speaker" });
  await becomes("Entity").selectOption({ label: "Speaker" });
  await expect(becomes("Place")).toHaveValue("new");
  await importThem("5 documents");
  for (const title of ["pilot", "Tide table", "The ledger", "cas"])
    await expect(page.getByRole("row").getByRole("link", { name: title })).toBeVisible();
  await panel().getByRole("button", { name: "5 files" }).click();
  await expect(panel().getByRole("listitem").filter({ hasText: "papers.csv" })).toContainText("1 document");

  const { project, documents } = await corpusOf(projectId);
  expect(documents).toHaveLength(5);
  expect(
    documents
      .flatMap(({ annotations }) => annotations.map(({ label, quote }) => `${label}: ${quote}`))
      .toSorted(),
  ).toEqual(["Place: Sarn", "claim: moved the buoy", "speaker: Bo", "speaker: Runa Aske"]);
  expect(project.labels.map(({ key }) => key)).toContain("Place");
  expect(project.labels.map(({ key }) => key)).not.toContain("PER");
});

/** What the file of a format must hold, by a part of the name of the file that it is in. */
const EXPECTED: readonly (readonly [
  format: string,
  name: string,
  holds: readonly (readonly [RegExp, RegExp])[],
])[] = [
  [
    "brat",
    "brat standoff",
    [
      [/pilot.*\.ann$/, /T\d+\tspeaker 10 19\tRuna Aske/],
      [/pilot.*\.txt$/, /moved the buoy/],
    ],
  ],
  ["doccano", "doccano JSONL", [[/\.jsonl$/, /Sarn dredges.*"Place"/]]],
  ["csv", "CSV", [[/\.csv$/, /Two harbours share one table/]]],
  [
    "uima",
    "UIMA CAS JSON",
    [
      [/cas.*\.json$/, /"sofaString":\s*"😀 Bo left/],
      [/cas.*\.json$/, /"begin":\s*3/],
    ],
  ],
  ["labelstudio", "Label Studio JSON", [[/\.json$/, /Kelmoria prints the ledger/]]],
];

for (const [format, name, holds] of EXPECTED) {
  test(`it goes out as ${name}`, async () => {
    await page.goto(`/projects/${projectId}/download?format=${format}`);
    await expect(page.getByRole("region", { name: "The file" })).toContainText("5 documents");
    await expect(page.getByRole("region", { name: "How it begins" }).locator("pre")).not.toHaveText("");
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: `Download ${name}` }).click();
    const download = await downloading;
    const bytes = new Uint8Array(await readFile(await download.path()));
    const isZip = strFromU8(bytes.subarray(0, 2)) === "PK";
    const files = isZip ? unzipSync(bytes) : { [download.suggestedFilename()]: bytes };
    for (const [fileName, content] of holds) {
      const texts = Object.entries(files)
        .filter(([path]) => fileName.test(path))
        .map(([, file]) => strFromU8(file));
      expect(texts.join("\n"), [...Object.keys(files)].join(", ")).toMatch(content);
    }
  });
}

test("what a format leaves out is said before; filters are in the address", async () => {
  await page.goto(`/projects/${projectId}/download?format=doccano`);
  const file = page.getByRole("region", { name: "The file" });
  await expect(file.getByRole("list", { name: "What this format leaves out" })).not.toBeEmpty();
  await page.getByRole("combobox", { name: "Labels" }).click();
  await page.getByRole("option", { name: "Place" }).click();
  await page.keyboard.press("Escape");
  await expect(file).toContainText("5 documents, 1 annotation");
  expect(new URL(page.url()).searchParams.getAll("label")).toEqual(["Place"]);
  await page.reload();
  await expect(file).toContainText("5 documents, 1 annotation");
  await page.getByRole("button", { name: "Take everything" }).click();
  await expect(file).toContainText("5 documents, 4 annotations");
});

test("a table with odd headings is mapped, and the import taken back", async () => {
  const id = await newProject("From a table");
  await page.goto(`/projects/${id}`);
  await drop(
    "clippings.csv",
    strToU8(
      "Nr;Kopf;Inhalt;Blatt;Intern\n7;Zählt die Brücken;Als das Wasser kam, standen die Boote trocken.;Ufer-Anzeiger;x\n8;Kelmoria druckt;Jede Woche und vollständig.;Hollin;y\n",
    ),
  );
  await becomes("Inhalt").selectOption("text");
  await expect(dialog().getByText("It holds 2 documents.")).toBeVisible();
  for (const [heading, role] of [
    ["Kopf", "title"],
    ["Nr", "sourceId"],
    ["Intern", "none"],
  ] as const) {
    await becomes(heading).selectOption(role);
    await expect(becomes(heading)).toBeEnabled();
    await expect(becomes(heading)).toHaveValue(role);
  }
  await expect(becomes("Blatt")).toHaveValue("metadata");
  await expect(dialog().getByText("Zählt die Brücken").last()).toBeVisible();
  await importThem("2 documents");
  expect((await corpusOf(id)).documents).toMatchObject([
    {
      sourceId: "7",
      title: "Zählt die Brücken",
      metadata: { Blatt: "Ufer-Anzeiger" },
      text: "Als das Wasser kam, standen die Boote trocken.",
    },
    { sourceId: "8", title: "Kelmoria druckt", metadata: { Blatt: "Hollin" } },
  ]);

  // What came of it is there after a reload too, and so is the way back.
  await page.reload();
  await expect(panel()).toContainText("2 documents imported");
  await panel().getByRole("button", { name: "Undo" }).click();
  const confirm = page.getByRole("dialog", { name: "Take this import back?" });
  await expect(confirm).toContainText("2 documents");
  await confirm.getByRole("button", { name: "Take it back" }).click();
  await expect(panel()).toContainText("The import is taken back");
  await expect(page.getByRole("link", { name: "Kelmoria druckt" })).toHaveCount(0);
  expect((await corpusOf(id)).documents).toEqual([]);
});

test("a bad line is named, and the rest goes in", async () => {
  const id = await newProject("With a bad line");
  await page.goto(`/projects/${id}`);
  await drop(
    "lines.jsonl",
    strToU8(
      '{"text":"One.","label":[]}\n{"text":"Two.","label":[[0,99,"X"]]}\n{"text":"Three.","label":[]}\n',
    ),
  );
  await expect(dialog().getByText("2 documents can be imported.")).toBeVisible();
  await expect(dialog().getByRole("list", { name: "Problems" })).toContainText(/Error\s*line 2, column 1/);
  await importThem("2 documents");
  await panel().getByRole("button", { name: "What is wrong" }).click();
  await expect(panel().getByRole("list", { name: "Problems" })).toContainText("line 2");
  expect((await corpusOf(id)).documents.map(({ text }) => text)).toEqual(["One.", "Three."]);
});

test("several files travel together, those of a zip among them too", async () => {
  const id = await newProject("Several files");
  await page.goto(`/projects/${id}`);
  await page.getByRole("button", { name: "Add documents" }).first().click();
  await dialog().getByText("Files", { exact: true }).click();
  const choosing = page.waitForEvent("filechooser");
  await dialog().getByRole("button", { name: "choose files" }).click();
  const zip = (files: Record<string, string>) =>
    Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([n, s]) => [n, strToU8(s)]))));
  await (await choosing).setFiles([
    { name: "five.zip", mimeType: "application/zip", buffer: zip(FIVE) },
    { name: "beside.txt", mimeType: "text/plain", buffer: Buffer.from("Beside the zip.") },
    { name: "cut.zip", mimeType: "application/zip", buffer: zip(FIVE).subarray(0, 300) },
  ]);
  await expect(dialog().getByText("6 documents, 4 annotations can be imported.")).toBeVisible();
  await expect(dialog().getByRole("list", { name: "Problems" })).toContainText("cut.zip");
  await importThem("6 documents");
  expect((await corpusOf(id)).documents.map(({ title }) => title)).toContain("pilot");
});

test.describe("a folder", () => {
  let folder = "";
  test.beforeAll(async () => {
    folder = join(await mkdtemp(join(tmpdir(), "concord-folder-")), "corpus");
    const files = { ".DS_Store": "x", "1.txt": "Ann left.", "1.ann": "T1\tPER 0 3\tAnn\n" };
    for (const part of [folder, join(folder, "deep")]) {
      await mkdir(part);
      for (const [name, content] of Object.entries(files)) await writeFile(join(part, name), content);
    }
    await writeFile(join(folder, "deep", "1.txt"), "Ann came back.");
  });
  test.afterAll(() => rm(join(folder, ".."), { recursive: true }));

  /** Takes the folder over the page and lets it go there, as the system does with a real one. */
  async function dropFolder(): Promise<void> {
    const devtools = await page.context().newCDPSession(page);
    const data = { items: [], files: [folder], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const)
      await devtools.send("Input.dispatchDragEvent", { type, x: 600, y: 500, data });
    await devtools.detach();
  }

  async function chooseFolder(): Promise<void> {
    await page.getByRole("button", { name: "Add documents" }).first().click();
    await dialog().getByText("Files", { exact: true }).click();
    const choosing = page.waitForEvent("filechooser");
    await dialog().getByRole("button", { name: "choose a folder" }).click();
    await (await choosing).setFiles(folder);
  }

  for (const [how, bring] of [
    ["dropped", dropFolder],
    ["chosen", chooseFolder],
  ] as const) {
    test(`that is ${how} comes in with the folders in it, and each text with its own annotations`, async () => {
      const id = await newProject(`A folder ${how}`);
      await page.goto(`/projects/${id}`);
      await expect(page.getByRole("button", { name: "Add documents" }).first()).toBeVisible();
      await bring();
      await expect(dialog().getByText("It holds 2 documents, 2 annotations.")).toBeVisible();
      const files = dialog().getByRole("list", { name: "2 files" }).getByRole("listitem");
      await expect(files).toContainText(["corpus/1.txt", "corpus/deep/1.txt"]);
      await importThem("2 documents");
      expect((await corpusOf(id)).documents).toMatchObject([
        { text: "Ann left.", annotations: [{ quote: "Ann" }] },
        { text: "Ann came back.", annotations: [{ quote: "Ann" }] },
      ]);
    });
  }
});
