// Files of other tools through the server's import: looked at first, mapped, brought in, taken back.
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { annotate, importDocument, invite, startServer, type TestServer } from "../support/server.ts";
import { expectWholeLogs } from "../support/whole-logs.ts";
import {
  emptyProject,
  ended,
  exportFile,
  importFile,
  type Job,
  order,
  readJob,
  refusal,
  request,
  startAgain,
  zipOf,
} from "./importing.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  return () => server.dispose();
});

interface Corpus {
  project: { name: string; labels: { key: string }[]; relationTypes: { key: string }[] };
  documents: {
    id: string;
    title: string;
    text: string;
    annotations: { label: string; quote: string }[];
    relations: { type: string }[];
  }[];
}

async function read(projectId: string): Promise<Corpus> {
  return JSON.parse(await exportFile(server, projectId, "json"));
}

const messages = (job: Job) => job.problems.map(({ message }) => message);
const named = (name: string, more = "") => `?name=${encodeURIComponent(name)}${more}`;
const json = (value: object) => encodeURIComponent(JSON.stringify(value));

const CAS = JSON.stringify({
  "%TYPES": {
    Entity: {
      "%NAME": "Entity",
      "%SUPER_TYPE": "uima.tcas.Annotation",
      value: { "%NAME": "value", "%RANGE": "uima.cas.String" },
    },
  },
  "%FEATURE_STRUCTURES": [
    { "%ID": 1, "%TYPE": "uima.cas.Sofa", sofaNum: 1, sofaID: "_InitialView", sofaString: "😀 Bo left." },
    { "%ID": 2, "%TYPE": "Entity", "@sofa": 1, begin: 3, end: 5, value: "PER" },
  ],
  "%VIEWS": { _InitialView: { "%SOFA": 1, "%INDEX": 1, "%MEMBERS": [2] } },
});

const WORD = {
  "[Content_Types].xml":
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  "_rels/.rels":
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
  "word/document.xml":
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>From Word.</w:t></w:r></w:p></w:body></w:document>',
};

/** Files of many tools, one of which is bad, and one row of another. */
async function mixedZip(): Promise<Uint8Array<ArrayBuffer>> {
  return zipOf({
    "brat/one.txt": "Ann met Bo.",
    "brat/one.ann": "T1\tPER 0 3\tAnn\nT2\tPER 8 10\tBo\nR1\tmet Arg1:T1 Arg2:T2\n",
    "two.jsonl":
      '{"text":"Cy left Dover.","label":[[0,2,"PER"],[8,13,"LOC"]]}\n{"text":"short","label":[[0,99,"PER"]]}\n{"text":"Ed stayed.","label":[]}\n',
    "three.json": CAS,
    "four.csv": "id,title,text\n1,Four,From a table.\n2,Five,\n",
    "five.docx": await zipOf(WORD),
    "six.html": "<!doctype html><html lang=en><title>Six</title><p>From the web.",
    "seven.txt": Uint8Array.from(Buffer.from("Un caf\u00e9, s'il vous pla\u00eet.", "latin1")),
    "eight.bin": new Uint8Array([0, 255, 0, 1]),
  });
}

const COUNTS = { documentCount: 0, annotationCount: 0, errorCount: 0 };

describe("a zip of files of many tools", () => {
  it("is looked at, mapped, brought in, and taken back as a whole", async () => {
    const project = await emptyProject(server);
    const before = await exportFile(server, project, "json");
    const dry = await importFile(server, project, await mixedZip(), named("folder/mixed.zip", "&dryRun=1"));
    expect(dry).toMatchObject({
      ...{
        state: "done",
        format: "zip",
        dryRun: true,
        fileName: "mixed.zip",
        canStart: true,
        canUndo: false,
      },
      ...{ documentCount: 8, annotationCount: 5, documents: [], candidates: [] },
    });
    expect(dry.files).toEqual([
      {
        name: "brat/one.txt",
        format: "brat",
        encoding: "utf-8",
        ...COUNTS,
        documentCount: 1,
        annotationCount: 2,
      },
      {
        name: "two.jsonl",
        format: "doccano",
        encoding: "utf-8",
        documentCount: 2,
        annotationCount: 2,
        errorCount: 1,
      },
      {
        name: "three.json",
        format: "uima",
        encoding: "utf-8",
        ...COUNTS,
        documentCount: 1,
        annotationCount: 1,
      },
      { name: "four.csv", format: "csv", encoding: "utf-8", ...COUNTS, documentCount: 1, errorCount: 1 },
      { name: "five.docx", format: "docx", encoding: null, ...COUNTS, documentCount: 1 },
      { name: "six.html", format: "html", encoding: "utf-8", ...COUNTS, documentCount: 1 },
      { name: "seven.txt", format: "text", encoding: "windows-1252", ...COUNTS, documentCount: 1 },
      { name: "eight.bin", format: null, encoding: null, ...COUNTS, errorCount: 1 },
    ]);
    const wordly = { isKnown: false, mappedTo: null, isLeftOut: false };
    expect(dry.preview).toMatchObject({
      labels: [
        { key: "PER", annotationCount: 3, ...wordly },
        { key: "LOC", annotationCount: 1, ...wordly },
        { key: "Entity", annotationCount: 1, ...wordly },
      ],
      relationTypes: [{ key: "met", relationCount: 1, ...wordly }],
      columns: {
        headings: ["id", "title", "text"],
        chosen: { text: "text", title: "title", sourceId: "id", language: null, metadata: null },
        rows: [
          ["1", "Four", "From a table."],
          ["2", "Five", ""],
        ],
      },
      duplicateCount: 0,
    });
    expect(dry.preview?.documents[0]).toEqual({ title: "one", length: 11, annotationCount: 2 });
    // What is bad names file, line and column, and keeps nothing else out.
    const errors = dry.problems.filter(({ severity }) => severity === "error");
    expect(errors.map(({ file, line, column }) => [file, line, column])).toEqual([
      ["eight.bin", null, null],
      ["two.jsonl", 2, 1],
      ["four.csv", 3, 1],
    ]);
    expect(await exportFile(server, project, "json")).toBe(before);

    const job = await startAgain(server, dry.id, {
      labels: { PER: "speaker", LOC: null },
      relationTypes: { met: "states" },
    });
    expect(job).toMatchObject({
      ...{ state: "done", dryRun: false, fileName: "mixed.zip", canStart: false, canUndo: true },
      ...{ documentCount: 8, annotationCount: 4 },
    });
    expect(job.preview).toMatchObject({
      labels: [
        { key: "PER", mappedTo: "speaker", isLeftOut: false },
        { key: "LOC", mappedTo: null, isLeftOut: true, annotationCount: 1 },
        { key: "Entity", mappedTo: null, isLeftOut: false },
      ],
      relationTypes: [{ key: "met", mappedTo: "states" }],
    });
    expect(messages(job)).toContain('Annotations with the label "LOC" were left out, as was asked for: 1.');
    const now = await read(project);
    // The project stays what it is: only Concord's own files say what it is to become.
    expect(now.project.name).toBe("Empty");
    expect(now.project.labels.map(({ key }) => key)).toEqual([
      ...["speaker", "claim", "initiative", "agreement", "Entity"],
    ]);
    expect(
      now.documents.map(({ title, annotations }) => [title, annotations.map(({ quote }) => quote)]),
    ).toEqual([
      ["one", ["Ann", "Bo"]],
      ["two 1", ["Cy"]],
      ["two 3", []],
      ["three", ["Bo"]],
      ["Four", []],
      ["five", []],
      ["Six", []],
      ["seven", []],
    ]);
    expect(now.documents[0]?.relations).toMatchObject([{ type: "states" }]);
    expect(now.documents[7]?.text).toBe("Un café, s'il vous plaît.");
    // The dry run has given its file up.
    expect(await readJob(server, dry.id)).toMatchObject({ canStart: false });
    expect(await refusal(await order(server, dry.id, "start", {}))).toMatchObject({
      status: 409,
      code: "CONFLICT",
    });

    const undoing = await order(server, job.id, "undo");
    expect(undoing.status).toBe(202);
    expect(["running", "cancelled"]).toContain(((await undoing.json()) as Job).state);
    expect(await ended(server, job.id)).toMatchObject({
      ...{
        state: "cancelled",
        documentCount: 0,
        annotationCount: 0,
        documents: [],
        problems: [],
        canUndo: false,
      },
    });
    expect(await exportFile(server, project, "json")).toBe(before);
    expect(await refusal(await order(server, job.id, "undo"))).toMatchObject({
      status: 409,
      code: "CONFLICT",
    });
    await expectWholeLogs(server);
  });

  it("may have zips in it, which are read as folders are; one that can't be read is named", async () => {
    const project = await emptyProject(server);
    const job = await importFile(
      server,
      project,
      await zipOf({
        "inside.zip": await mixedZip(),
        "cut.zip": (await mixedZip()).subarray(0, 200),
        "last.txt": "The last one.",
      }),
      named("outside.zip"),
    );
    expect(job).toMatchObject({ state: "done", format: "zip", documentCount: 9, annotationCount: 5 });
    expect(job.files).toMatchObject([
      { name: "inside.zip/brat/one.txt", format: "brat", documentCount: 1, annotationCount: 2 },
      ...["two.jsonl", "three.json", "four.csv", "five.docx", "six.html", "seven.txt", "eight.bin"].map(
        (name) => ({ name: `inside.zip/${name}` }),
      ),
      { name: "cut.zip", format: null, documentCount: 0, errorCount: 1 },
      { name: "last.txt", documentCount: 1 },
    ]);
    expect(job.problems).toContainEqual(
      expect.objectContaining({ file: "cut.zip", message: "The zip ends too early.", severity: "error" }),
    );
  });
});

describe("what is decided about a file", () => {
  it("may be said at once, and names what is wrong with it", async () => {
    const project = await emptyProject(server);
    const labels = json({ PER: "speaker" });
    const job = await importFile(
      server,
      project,
      '{"text":"Ann","label":[[0,3,"PER"]]}\n',
      named("a.jsonl", `&labels=${labels}`),
    );
    expect(job).toMatchObject({ state: "done", format: "doccano", annotationCount: 1 });
    expect((await read(project)).documents[0]?.annotations).toMatchObject([
      { label: "speaker", quote: "Ann" },
    ]);
    const refused = async (query: string) =>
      refusal(await request(server, `/projects/${project}/import${query}`, { method: "POST", body: "x" }));
    expect(await refused(`?labels=${json({ PER: "nobody" })}`)).toMatchObject({
      ...{ status: 400, code: "BAD_USER_INPUT", field: "labels.PER" },
      message: 'labels.PER must be the key of a label in the codebook, or null; there is no "nobody".',
    });
    expect(await refused("?labels=x")).toMatchObject({ status: 400, field: "labels" });
    expect(await refused(`?relationTypes=${json({ a: 1 })}`)).toMatchObject({ field: "relationTypes" });
    expect(await refused(`?columns=${json({ txet: "Body" })}`)).toMatchObject({ field: "columns" });
    expect(await refused(`?name=${"x".repeat(300)}`)).toMatchObject({ field: "name" });
    expect(await refused(`?labels=${json({ [`${"x".repeat(70_000)}`]: null })}`)).toMatchObject({
      ...{ status: 400, field: "labels" },
    });
    expect(await server.sql("select 1 from import_job where project_id = $1", [project])).toHaveLength(1);
  });

  it("may be which columns are what, which is asked where none is known to be the text", async () => {
    const project = await emptyProject(server);
    const table = "Kopf;Inhalt;Datum;Nummer\nErste;Ein Satz.;2026;7\nZweite;Noch einer.;2026;8\n";
    const unsure = await importFile(server, project, table, named("a.csv"));
    expect(unsure).toMatchObject({ state: "failed", format: "csv", canStart: true, candidates: [] });
    expect(unsure.preview?.columns).toMatchObject({
      headings: ["Kopf", "Inhalt", "Datum", "Nummer"],
      chosen: null,
    });
    const columns = { text: "Inhalt", title: "Kopf", sourceId: "Nummer", metadata: ["Datum"] };
    const dry = await startAgain(server, unsure.id, { columns, dryRun: true });
    expect(dry).toMatchObject({ state: "done", documentCount: 2, canStart: true });
    expect(dry.preview?.columns?.chosen).toEqual({ ...columns, language: null });
    // What was decided before holds on.
    expect(await startAgain(server, dry.id, {})).toMatchObject({ state: "done", documentCount: 2 });
    const { documents } = await read(project);
    expect(documents).toMatchObject([
      { title: "Erste", text: "Ein Satz.", sourceId: "7", metadata: { Datum: "2026" } },
      { title: "Zweite", sourceId: "8" },
    ]);
  });

  it("may be the format, where it is not sure; the file is forgotten when the job is called off", async () => {
    const project = await emptyProject(server);
    const unsure = await importFile(server, project, "Just some words.");
    expect(unsure).toMatchObject({ state: "failed", candidates: ["text"], canStart: true, fileName: null });
    expect(messages(unsure)).toEqual(["It is not sure what this is; say which: Plain text (text)."]);
    expect(await refusal(await order(server, unsure.id, "start", { format: "xml" }))).toMatchObject({
      ...{ status: 400, field: "format" },
    });
    expect(await startAgain(server, unsure.id, { format: "text" })).toMatchObject({
      ...{ state: "done", documentCount: 1, format: "text" },
    });
    expect((await read(project)).documents).toMatchObject([{ title: "Untitled", text: "Just some words." }]);
    const other = await importFile(server, project, "Other words.");
    expect((await request(server, `/jobs/${other.id}`, { method: "DELETE" })).status).toBe(204);
    expect(await readJob(server, other.id)).toMatchObject({ state: "failed", canStart: false });
    expect(await server.sql("select 1 from import_piece")).toEqual([]);
  });
});

describe("what the project has already", () => {
  it("is passed over and named: by source id, and by title and text where there is none; doubles of a file are kept", async () => {
    const project = await emptyProject(server);
    await importDocument(server, project, { title: "a 1", text: "Same." });
    const lines = ["Same.", "Other.", "Other."]
      .map((text) => `${JSON.stringify({ text, label: [] })}\n`)
      .join("");
    const dry = await importFile(server, project, lines, named("a.jsonl", "&dryRun=1"));
    expect(dry).toMatchObject({ documentCount: 2, preview: { duplicateCount: 1 } });
    const job = await importFile(server, project, lines, named("a.jsonl"));
    expect(job).toMatchObject({ documentCount: 2, preview: { duplicateCount: 1 } });
    expect(job.problems).toEqual([
      {
        ...{ file: null, line: 1, column: 1, severity: "warning" },
        message: "“a 1” was left out: the project has a document with this title and text.",
      },
    ]);
    const again = await importFile(server, project, lines, named("a.jsonl"));
    expect(again).toMatchObject({ state: "done", documentCount: 0, preview: { duplicateCount: 3 } });
    expect((await read(project)).documents).toHaveLength(3);
    // Another project has none of it, whatever ids this one has taken.
    const copy = await emptyProject(server);
    const copied = await importFile(server, copy, await exportFile(server, project, "json"));
    expect(copied).toMatchObject({ state: "done", documentCount: 3 });
  });
});

describe("taking back", () => {
  it("keeps what somebody has worked on, gives the project its own words back, and is whoever asks for it's deed", async () => {
    const [from, project] = [await emptyProject(server), await emptyProject(server)];
    await importFile(
      server,
      from,
      '{"text":"One two","label":[[0,3,"PER"]]}\n{"text":"Three","label":[]}\n',
      named("a.jsonl"),
    );
    await server.mutate(
      "updateProject",
      { id: from, name: "Theirs", guidelines: "# Rules" },
      "clientMutationId",
    );
    const job = await importFile(server, project, await exportFile(server, from, "json"));
    expect((await read(project)).project.name).toBe("Theirs");
    const { documents } = await read(project);
    const label = await server.sql<{ id: string }>(
      "select id from label where project_id = $1 and key = 'PER'",
      [project],
    );
    await annotate(server, {
      ...{ projectId: project, documentId: documents[1]?.id ?? "", text: "Three" },
      ...{ labels: { claim: label[0]?.id ?? "" }, relationTypes: {} },
    });
    const curator = await invite(server, project, "CURATOR");
    expect((await order(server, job.id, "undo", undefined, curator.token)).status).toBe(202);
    const undone = await ended(server, job.id);
    expect(undone).toMatchObject({ state: "cancelled", documentCount: 1, documents: [documents[1]?.id] });
    expect(messages(undone)).toEqual(["“a 2” stays: somebody has worked on it since it came in."]);
    const now = await read(project);
    expect(now.project.name).toBe("Empty");
    expect(now.documents.map(({ title }) => title)).toEqual(["a 2"]);
    const [last] = await server.sql<{ author: string }>(
      "select author_id as author from project_change where project_id = $1 order by revision desc limit 1",
      [project],
    );
    expect(last?.author).toBe(curator.userId);
    await expectWholeLogs(server);
  });

  it("is refused for what is not done, is a dry run, or is not theirs", async () => {
    const project = await emptyProject(server);
    const dry = await importFile(server, project, "words", named("a.txt", "&dryRun=1"));
    expect(await refusal(await order(server, dry.id, "undo"))).toMatchObject({
      status: 409,
      code: "CONFLICT",
    });
    const done = await importFile(server, project, "words", named("a.txt"));
    expect(await refusal(await order(server, done.id, "start", {}))).toMatchObject({
      status: 409,
      code: "CONFLICT",
    });
    expect(await refusal(await order(server, dry.id, "start", { dryRun: 1 }))).toMatchObject({
      status: 400,
      field: "dryRun",
    });
    const annotator = await invite(server, project, "ANNOTATOR");
    for (const act of ["start", "undo"] as const) {
      expect(await refusal(await order(server, done.id, act, {}, annotator.token))).toMatchObject({
        status: 403,
      });
      expect(await refusal(await order(server, done.id, act, {}, null))).toMatchObject({ status: 401 });
      expect(await refusal(await order(server, randomUUID(), act, {}))).toMatchObject({ status: 404 });
    }
  });
});

describe("whatever happens", () => {
  it("a reader that fails where nobody foresaw it ends the job, not the server", async () => {
    const project = await emptyProject(server);
    for (const [name, body] of [
      ["a.pdf", "%PDF-1.7\nnothing of the kind"],
      ["a.docx", await zipOf({ "[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document" })],
      ["a.xlsx", await zipOf({ "[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<" })],
    ] as const) {
      const job = await importFile(server, project, body, named(name));
      expect(job).toMatchObject({ state: "failed", documentCount: 0, canStart: false });
      expect(job.problems.filter(({ severity }) => severity === "error")).toHaveLength(1);
    }
    expect((await request(server, "/healthz")).status).toBe(200);
  });
});

/** Real files made by the other tools, which lie beside the project and are not part of it. */
const FIXTURES = fileURLToPath(new URL("../../../shared/fixtures/", import.meta.url));

describe("real files of other tools", () => {
  it.skipIf(!existsSync(FIXTURES)).each([
    // Its third line has no text.
    ["doccano/sequence_labeling-example.jsonl", "doccano", 1],
    ["doccano/relation_extraction-example.jsonl", "doccano", 0],
    ["conll/flair-trivial-trivial_bioes-train.txt", "conll", 0],
    ["uima/casWithTextAndAnnotations.json", "uima", 0],
    ["labelstudio/test_export_csv-csv_test.json", "labelstudio", 0],
  ] as const)("%s comes in as %s, but for %i lines", async (path, format, errorCount) => {
    const project = await emptyProject(server);
    const name = path.slice(path.indexOf("/") + 1);
    const job = await importFile(server, project, new Uint8Array(readFileSync(FIXTURES + path)), named(name));
    expect(job).toMatchObject({
      state: "done",
      format,
      canUndo: true,
      files: [{ name, format, errorCount }],
    });
    expect(job.documentCount).toBeGreaterThan(0);
  });

  it.skipIf(!existsSync(FIXTURES))("a folder of brat's comes in as a zip", async () => {
    const names = [
      "annotation-news.conf",
      "news-000-introduction.ann",
      "news-000-introduction.txt",
      "news-070-editing_relation_annotations.ann",
      "news-070-editing_relation_annotations.txt",
    ];
    const files = names.map((name) => [
      name.replace("annotation-news", "annotation"),
      new Uint8Array(readFileSync(`${FIXTURES}brat/${name}`)),
    ]);
    const project = await emptyProject(server);
    const job = await importFile(server, project, await zipOf(Object.fromEntries(files)), named("news.zip"));
    expect(job).toMatchObject({ state: "done", format: "zip", documentCount: 2 });
    expect(job.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});
