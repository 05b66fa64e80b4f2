// A project in every format that is written: what is carried comes back, the rest was announced; and who may have it.
import { CARRIES_TEXTS, FORMATS, type FormatId, formatOf, type Problem } from "@concord/formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invite, startServer, type TestServer } from "../support/server.ts";
import { emptyProject, exportFile, importFile, refusal, request } from "./importing.ts";
import { carriedOf, readFile } from "./reading-files.ts";

let server: TestServer;
let projectId: string;
beforeAll(async () => {
  server = await startServer();
  projectId = await madeProject(server);
});
afterAll(() => server?.dispose());

const uuid = (kind: string, number: number) =>
  `${kind.repeat(8)}-0000-7000-8000-${String(number).padStart(12, "0")}`;
const TIME = "2026-03-12T09:30:00.120Z";
const LATER = "2026-03-14T00:00:00.000Z";
const [ILSE, DOV] = [uuid("b", 1), uuid("b", 2)];

const annotation = (number: number, label: string, fragments: [number, number][], more: object = {}) => ({
  ...{ id: uuid("f", number), label, fragments, attributes: {}, note: "", origin: "HUMAN" },
  ...{ createdBy: ILSE, createdAt: TIME, updatedBy: ILSE, updatedAt: TIME, version: 1 },
  ...more,
});
const made = { createdBy: ILSE, createdAt: TIME };

/** Words and flat annotations, which every format carries. */
const PLAIN = {
  ...{ id: uuid("d", 1), sourceId: "wire-1", title: "Plain", language: "en", metadata: {}, createdAt: TIME },
  text: "Ann Lee met Bo .",
  annotations: [annotation(1, "speaker", [[0, 7]]), annotation(2, "speaker", [[12, 14]], { createdBy: DOV })],
  ...{ relations: [], comments: [] },
};

/** Everything that a document can have. */
const WHOLE = {
  ...{ id: uuid("d", 2), sourceId: "wire/2", title: "Whole: 😀", language: "zh-Hant", createdAt: TIME },
  metadata: { date: "2026-03-12", n: 1 },
  text: "😀 “We open,” said Zé.\r\nIn May, said she.",
  annotations: [
    annotation(3, "claim", [[2, 12]], { attributes: { stance: "for", sure: true, n: 1e21 } }),
    annotation(4, "speaker", [[18, 20]], { note: "Who? 😀", updatedAt: LATER, version: 2 }),
    annotation(5, "claim", [
      [3, 5],
      [23, 29],
    ]),
    annotation(6, "claim", [[3, 10]]),
  ],
  relations: [{ id: uuid("6", 1), type: "states", source: uuid("f", 4), target: uuid("f", 3), ...made }],
  comments: [
    {
      id: uuid("7", 1),
      annotation: uuid("f", 3),
      body: "Really?",
      ...made,
      updatedAt: TIME,
      resolvedAt: null,
    },
  ],
};

const EMPTY = {
  ...PLAIN,
  id: uuid("d", 3),
  sourceId: null,
  title: "Empty",
  text: "Nothing yet.",
  annotations: [],
};

async function madeProject(at: TestServer): Promise<string> {
  const id = await emptyProject(at);
  const header = JSON.parse(await exportFile(at, id, "json"));
  const definition = { name: "", choices: [], required: false };
  for (const label of header.project.labels)
    if (label.key === "claim")
      label.attributes = [
        { ...definition, key: "stance", name: "Stance", kind: "CHOICE", choices: ["for", "against"] },
        { ...definition, key: "sure", name: "Sure", kind: "BOOLEAN" },
        { ...definition, key: "n", name: "N", kind: "NUMBER" },
      ];
  const project = { ...header.project, name: "Häfen / 港", guidelines: "# Rules" };
  const users = [
    { id: ILSE, name: "Ilse" },
    { id: DOV, name: "Dov" },
  ];
  const corpus = { ...header, project, users, documents: [PLAIN, WHOLE, EMPTY] };
  const job = await importFile(at, id, JSON.stringify(corpus));
  expect(job).toMatchObject({ state: "done", documentCount: 3, problems: [] });
  await at.mutate("setDocumentStatus", { documentId: PLAIN.id, status: "DONE" }, "document { id }");
  return id;
}

const get = (query: string, token?: string | null) =>
  request(server, `/projects/${projectId}/export?${query}`, {}, token);

async function bytesOf(query: string): Promise<Uint8Array> {
  const response = await get(query);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return new Uint8Array(await response.arrayBuffer());
}

interface Report {
  documentCount: number;
  annotationCount: number;
  relationCount: number;
  commentCount: number;
  leftOut: Problem[];
  leftOutCount: number;
}

async function reportOf(query: string): Promise<Report> {
  const response = await get(`${query}&report=1`);
  expect(response.status).toBe(200);
  return response.json();
}

/** The corpus in the ndjson of the same filters, as a reader gets it. */
const corpusOf = async (filters = "") => readFile("corpus.ndjson", await bytesOf(`format=ndjson${filters}`));

const WRITTEN = FORMATS.filter(({ write }) => write !== undefined).map(({ id }) => id);
const TOKENS: readonly FormatId[] = ["conll", "conllu"];
const TABLES: readonly FormatId[] = ["csv", "tsv", "xlsx"];

describe.each(WRITTEN)("%s", (format) => {
  const { isBundle, extensions, carries } = formatOf(format);

  it("comes back as far as it is carried, and the rest was announced", async () => {
    const { documents } = await corpusOf();
    const bytes = await bytesOf(`format=${format}`);
    const name = `corpus${isBundle ? ".zip" : extensions[0]}`;
    const back = await readFile(name, bytes, isBundle ? "auto" : format);
    expect(back.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    // A table is read for its texts; words between tags have lost the white space between them.
    const table = { ...CARRIES_TEXTS, sourceIds: true, languages: true };
    const compared = TABLES.includes(format) ? table : carries;
    if (TOKENS.includes(format))
      expect(back.documents[0]?.annotations.map(({ label }) => label)).toEqual(["speaker", "speaker"]);
    else
      expect(back.documents.map((document) => carriedOf(document, compared))).toEqual(
        documents.map((document) => carriedOf(document, compared)),
      );
    const report = await reportOf(`format=${format}`);
    expect(report).toMatchObject({ documentCount: 3, annotationCount: 6, relationCount: 1, commentCount: 1 });
    expect(report.leftOut).toHaveLength(report.leftOutCount);
    const said = report.leftOut.map(({ message }) => message).join("\n");
    const told = (word: string) => said.includes(word);
    expect({
      comments: told("comment"),
      relations: told("relation is"),
      attributes: told("attributes are"),
      notes: told("note is"),
      codebook: told("codebook"),
    }).toEqual(
      TABLES.includes(format) && format !== "xlsx"
        ? { comments: true, relations: true, attributes: false, notes: false, codebook: true }
        : {
            comments: !carries.comments,
            relations: !carries.relations,
            attributes: carries.annotations && !carries.attributes,
            notes: carries.annotations && !carries.notes,
            codebook: carries.codebook !== true,
          },
    );
  });

  it("is shown as text from its start", async () => {
    const response = await get(`format=${format}&preview=1`);
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    const text = await response.text();
    if (isBundle) expect(text).toMatch(/^==> \S+ <==\n/);
    else if (format !== "xlsx") {
      expect(text).toBe(new TextDecoder().decode(await bytesOf(`format=${format}`)));
    }
    expect(text).toContain("Bo");
  });

  it("is named and typed", async () => {
    const response = await get(`format=${format}`);
    await response.arrayBuffer();
    const end = isBundle ? ".zip" : format === "concord" ? ".json" : extensions[0];
    const disposition = response.headers.get("content-disposition") ?? "";
    const [, encoded = ""] = /filename\*=UTF-8''([^;]+)/.exec(disposition) ?? [];
    expect(decodeURIComponent(encoded)).toBe(`concord-Häfen - 港${end}`);
    expect(disposition).toContain(`filename=concord-${projectId}${end};`);
    expect(response.headers.get("content-type")).toMatch(
      isBundle ? /^application\/zip$/ : /^(text|application)\//,
    );
  });
});

describe("filters", () => {
  /** What is left of each document, by numbers. */
  async function left(filters: string) {
    const { documents, header } = await corpusOf(`&${filters}`);
    const numbers = (items: readonly { id: string | null }[]) => items.map(({ id }) => Number(id?.slice(-2)));
    const counted = await reportOf(`format=brat&${filters}`);
    const count = (of: "annotations" | "relations" | "comments") =>
      documents.reduce((sum, document) => sum + document[of].length, 0);
    expect(counted).toMatchObject({
      documentCount: documents.length,
      annotationCount: count("annotations"),
      relationCount: count("relations"),
      commentCount: count("comments"),
    });
    const other = await readFile("corpus.zip", await bytesOf(`format=w3c&${filters}`));
    expect(other.documents.map(({ annotations }) => annotations.length)).toEqual(
      documents.map(({ annotations }) => annotations.length),
    );
    return {
      documents: documents.map(({ title }) => title),
      annotations: documents.flatMap(({ annotations }) => numbers(annotations)).sort(),
      relations: documents.flatMap(({ relations }) => numbers(relations)),
      comments: documents.flatMap(({ comments }) => numbers(comments)),
      users: header?.users.map(({ name }) => name),
    };
  }
  const all = ["Plain", WHOLE.title, "Empty"];

  it("on annotations keep all documents, relations with both ends, and comments on what is left", async () => {
    expect(await left("label=claim")).toEqual({
      ...{ documents: all, annotations: [3, 5, 6], relations: [], comments: [1], users: ["Ilse"] },
    });
    expect(await left(`label=speaker&label=claim&annotator=${ILSE}`)).toMatchObject({
      ...{ documents: all, annotations: [1, 3, 4, 5, 6], relations: [1], comments: [1] },
    });
    expect(await left(`annotator=${DOV}`)).toMatchObject({ annotations: [2], users: ["Ilse", "Dov"] });
    expect(await left("updatedSince=2026-03-12T09:30:00.121Z")).toMatchObject({
      annotations: [4],
      comments: [],
    });
    expect(await left("updatedSince=2026-03-13&updatedBefore=2026-03-14")).toMatchObject({ annotations: [] });
    expect(await left("updatedSince=2026-03-14T01:00:00%2B01:00&label=speaker")).toMatchObject({
      annotations: [4],
    });
    expect(await left("updatedBefore=2026-03-14")).toMatchObject({
      annotations: [1, 2, 3, 5, 6],
      relations: [],
    });
  });

  it("on documents choose documents, and go together with the others", async () => {
    expect(await left(`document=${WHOLE.id}`)).toMatchObject({ documents: [WHOLE.title], relations: [1] });
    expect(await left(`document=${EMPTY.id}&document=${PLAIN.id}`)).toEqual({
      ...{
        documents: ["Plain", "Empty"],
        annotations: [1, 2],
        relations: [],
        comments: [],
        users: ["Ilse", "Dov"],
      },
    });
    expect(await left("status=done")).toMatchObject({ documents: ["Plain"] });
    expect(await left("status=inProgress")).toMatchObject({ documents: [WHOLE.title] });
    expect(await left("status=new")).toMatchObject({ documents: ["Empty"] });
    expect(await left(`status=new&status=done&annotator=${DOV}`)).toMatchObject({
      ...{ documents: ["Plain", "Empty"], annotations: [2] },
    });
    expect(await left(`status=new&document=${PLAIN.id}`)).toMatchObject({ documents: [], users: [] });
  });

  it("count for tables too, each of which can be chosen", async () => {
    const lines = async (query: string) =>
      new TextDecoder()
        .decode(await bytesOf(query))
        .trimEnd()
        .split("\n").length - 1;
    expect(await lines("format=tsv&table=annotations")).toBe(6);
    expect(await lines("format=tsv&table=annotations&label=claim")).toBe(3);
    expect(await lines("format=csv&table=statements")).toBe(1);
    expect(await lines("format=csv&table=statements&label=claim")).toBe(0);
  });

  it.each([
    ["format=pigeon", "format", /json, ndjson, concord, brat,/],
    ["format=pdf", "format", /json, ndjson/],
    ["format=json&format=csv", "format", /once/],
    ["document=7", "document", /UUID/],
    [`document=${uuid("d", 9)}`, "document", /of a document of the project/],
    ["label=clam", "label", /"clam"/],
    ["label=", "label", /not be empty/],
    ["annotator=Ilse", "annotator", /UUID/],
    ["status=begun", "status", /new, inProgress, done/],
    ["updatedSince=yesterday", "updatedSince", /2026-03-12T09:30:00Z/],
    ["updatedBefore=2026-13-01", "updatedBefore", /such as 2026-03-12/],
    ["table=annotations", "table", /csv, tsv, xlsx/],
    ["format=csv&table=relations", "table", /documents, annotations, statements/],
    ["archived=yes", "archived", /0, which/],
    ["report=yes", "report", /0, which/],
    ["report=1&preview=1", "preview", /both/],
  ])("refuse %s by name", async (query, field, message) => {
    expect(await refusal(await get(query))).toMatchObject({
      ...{ status: 400, code: "BAD_USER_INPUT", field, message: expect.stringMatching(message) },
    });
  });
});

describe("an export", () => {
  it("is for every member and for nobody else", async () => {
    const { token } = await invite(server, projectId, "VIEWER");
    const elsewhere = await emptyProject(server);
    const stranger = await invite(server, elsewhere, "OWNER");
    for (const query of ["format=brat", "format=csv&report=1", "format=w3c&preview=1"]) {
      expect((await get(query, token)).status).toBe(200);
      expect(await refusal(await get(query, stranger.token))).toMatchObject({
        status: 404,
        code: "NOT_FOUND",
      });
      expect(await refusal(await get(query, null))).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
    }
  });

  it("is of one moment, however long it takes", async () => {
    const id = await emptyProject(server);
    const header = await exportFile(server, id, "ndjson");
    const texts = Array.from({ length: 40 }, (_, index) =>
      JSON.stringify({
        ...EMPTY,
        id: uuid("e", index),
        title: `Text ${index}`,
        text: `${index} `.repeat(100_000),
      }),
    );
    await importFile(server, id, [header.trimEnd(), ...texts].join("\n"));
    const response = await request(server, `/projects/${id}/export?format=doccano`);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    await server.sql("update document set title = 'changed' where project_id = $1", [id]);
    const chunks = [first?.value ?? new Uint8Array()];
    for (let next = await reader?.read(); next?.value; next = await reader?.read()) chunks.push(next.value);
    const back = await readFile("corpus.jsonl", Buffer.concat(chunks));
    expect(back.documents.map(({ title }) => title)).toEqual(texts.map((_, index) => `Text ${index}`));
  });
});

it("the formats tell what they are to whoever asks", async () => {
  const response = await request(server, "/formats", {}, null);
  const formats: { id: string; reads: boolean; writes: boolean }[] = await response.json();
  expect(formats.map(({ id }) => id)).toEqual(FORMATS.map(({ id }) => id));
  expect(formats.find(({ id }) => id === "brat")).toEqual({
    ...{ id: "brat", name: "brat standoff", extensions: [".ann", ".txt", ".conf"], positions: "code points" },
    ...{ reads: true, writes: true, isBundle: true, tables: false, carries: formatOf("brat").carries },
  });
  expect(formats.find(({ id }) => id === "pdf")).toMatchObject({ reads: true, writes: false });
});
