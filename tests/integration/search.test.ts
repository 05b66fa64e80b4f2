// Search: passages by words in their language and by parts of words, with their places; documents and annotations by
// what is said of them; right after every change, page by page while others write, and for members only.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createScratchDatabase } from "../support/database.ts";
import {
  annotate,
  disposeLater,
  type Fixture,
  importDocument,
  invite,
  makeFixture,
  startServer,
  type TestServer,
} from "../support/server.ts";

let server: TestServer;
let fixture: Fixture;
beforeAll(async () => {
  server = await startServer();
});
beforeEach(async () => {
  fixture = await makeFixture(server, "Nothing to be found here.");
});
afterAll(() => server.dispose());

interface Match {
  start: number;
  end: number;
  quote: string;
  prefix: string;
  suffix: string;
}
interface FoundPassage {
  document: { id: string; title: string };
  start: number;
  end: number;
  text: string;
  matches: Match[];
}
interface Found {
  nodes: FoundPassage[];
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount: number;
  pendingCount: number;
}
const PASSAGES = `query ($filter: PassageFilter!, $first: Int, $after: String) {
  passages(filter: $filter, first: $first, after: $after) {
    nodes { document { id title } start end text matches { start end quote prefix suffix } }
    edges { cursor } pageInfo { hasNextPage endCursor } totalCount pendingCount
  }
}`;

async function search(
  text: string,
  more: object = {},
  page: { first?: number; after?: string | null } = {},
  at = server,
): Promise<Found> {
  const filter = { projectId: fixture.projectId, text, ...more };
  // On a busy machine the server may answer before all is searchable; it says so.
  return vi.waitFor(
    async () => {
      const { passages } = await at.must<{ passages: Found }>(PASSAGES, { filter, ...page });
      expect(passages.pendingCount).toBe(0);
      return passages;
    },
    { timeout: 30_000 },
  );
}
const quotes = async (text: string, more: object = {}) =>
  (await search(text, more)).nodes.map(({ matches }) => matches.map(({ quote }) => quote));
const PART = { mode: "SUBSTRING" };

const bring = (text: string, language?: string, more: object = {}) =>
  importDocument(server, fixture.projectId, { text, ...(language ? { language } : {}), ...more });

describe("words", () => {
  it.each([
    ["English", "en", "The boats were never too few.", "boat", ["boats"]],
    ["English of a country", "en-GB", "She annotated it twice.", "annotates", ["annotated"]],
    ["German", "de", "Die Häuser am Fluß stehen leer.", "Haus", ["Häuser"]],
    ["Russian", "ru", "Книги лежали на столе у окна.", "книга", ["Книги"]],
    ["Arabic", "ar", "قرأ الطلاب الكتاب في المدرسة.", "كتاب", ["الكتاب"]],
    ["Chinese", "zh", "她用手机报告了水库的情况，机场关闭。", "手机", ["手机"]],
    ["Chinese among Latin letters", "zh", "他买了Nokia手机。", "nokia", ["Nokia"]],
    ["Japanese", "ja", "東京都は水害の対策を発表した。", "水害", ["水害"]],
    ["Thai", "th", "เกิดน้ำท่วมในกรุงเทพเมื่อวานนี้", "น้ำท่วม", ["น้ำท่วม"]],
    ["no known language", undefined, "Wszystkie Łodzie odpłynęły.", "łodzie", ["Łodzie"]],
    ["a language without dictionary", "pl", "Wszystkie łodzie odpłynęły.", "ŁODZIE", ["łodzie"]],
  ])("are found in %s", async (_name, language, text, question, found) => {
    await bring(text, language);
    await bring("Something else altogether: другое, 别的事情, อย่างอื่น.", language);
    expect(await quotes(question)).toEqual([found]);
  });

  it("are not found as parts of others, but as phrases, without others, and one or the other", async () => {
    await bring(
      "A state of emergency was called. The state pays for an emergency.\n\nFloods in one state.",
      "en",
    );
    expect(await quotes("emerg")).toEqual([["emergency", "emergency"]]);
    expect(await quotes("mergency")).toEqual([]);
    expect(await quotes('"state of emergency"')).toEqual([["state of emergency"]]);
    expect(await quotes('"emergency state"')).toEqual([]);
    expect(await quotes("state -emergency")).toEqual([["state"]]);
    expect(await quotes("floods OR pays")).toEqual([["pays"], ["Floods"]]);
    expect(await quotes("state floods")).toEqual([["Floods", "state"]]);
  });

  it("that a language knows for meaningless are found as they stand", async () => {
    await bring("To be or not to be.", "en");
    await bring("Wer the sagt.", "de");
    expect(await quotes("not")).toEqual([["Not"], ["not"]]);
    expect(await quotes("the")).toEqual([["the"]]);
    expect(await quotes("?!")).toEqual([]);
  });

  it("are found where the text looks like HTML, is decomposed, or breaks its lines", async () => {
    await bring("if a <boat and a ferry> b, then\u00a0the cafe\u0301\nof the  harbour 🚤 & co", "en");
    expect(await quotes("boats")).toEqual([["boat"]]);
    expect(await quotes("ferry")).toEqual([["ferry"]]);
    expect(await quotes("café")).toEqual([["cafe\u0301"]]);
    expect(await quotes('"harbour co"')).toEqual([["harbour 🚤 & co"]]);
    expect(await quotes("cafe\u0301 of the harbour", PART)).toEqual([["cafe\u0301\nof the  harbour"]]);
  });

  it("of more languages are found in each by its own rules", async () => {
    await bring("The boats came.", "en");
    await bring("Die boats kamen.", "de");
    await bring("Des boats arrivèrent.", undefined);
    expect((await search("boats")).nodes).toHaveLength(3);
    expect((await search("boat", { documents: { languages: ["en"] } })).nodes).toHaveLength(1);
  });
});

describe("parts of words", () => {
  it("are found in any case, and letter by letter", async () => {
    await bring("Überschwemmung: 100 % of it, under_score, back\\slash.", "de");
    expect(await quotes("SCHWEMM", PART)).toEqual([["schwemm"]]);
    expect(await quotes("0 %", PART)).toEqual([["0 %"]]);
    expect(await quotes("r_s", PART)).toEqual([["r_s"]]);
    expect(await quotes("k\\s", PART)).toEqual([["k\\s"]]);
    expect(await quotes("u%r", PART)).toEqual([]);
    expect(await quotes("水", PART)).toEqual([]);
  });
});

describe("a passage", () => {
  it("says in code points where it and its matches stand, behind emoji too", async () => {
    const text = "🚤🚤 First.\n\n👩🏽‍🌾 The farmer 𝒳 saw Boats and a boat 🙂.\n\nLast.";
    const documentId = await bring(text, "en");
    const { nodes } = await search("boat");
    const [found] = nodes;
    const characters = [...text];
    const at = ({ start, end }: { start: number; end: number }) => characters.slice(start, end).join("");
    expect(nodes).toHaveLength(1);
    expect(found?.document.id).toBe(documentId);
    expect(found?.text).toBe("👩🏽‍🌾 The farmer 𝒳 saw Boats and a boat 🙂.");
    expect(found && at(found)).toBe(found?.text);
    expect(found?.matches.map(at)).toEqual(["Boats", "boat"]);
    expect(found?.matches[1]).toMatchObject({ quote: "boat", suffix: " 🙂." });
    for (const { quote, prefix, suffix } of found?.matches ?? [])
      expect(found?.text).toContain(prefix + quote + suffix);
    // A place that was found can be annotated as it is.
    const [match] = found?.matches ?? [];
    const made = await annotate(
      server,
      { ...fixture, documentId },
      { fragments: [{ start: match?.start ?? 0, end: match?.end ?? 0 }] },
    );
    const { annotation } = await server.must<{ annotation: { span: { quote: string } } }>(
      "query ($id: ID!) { annotation(id: $id) { span { quote } } }",
      { id: made.id },
    );
    expect(annotation.span.quote).toBe("Boats");
  });

  it("is found by who annotated it with what", async () => {
    const documentId = await bring("One boat here.\n\nTwo boats there.", "en");
    const colleague = await invite(server, fixture.projectId, "ANNOTATOR");
    const place = { ...fixture, documentId };
    await annotate(server, place, { label: "claim", fragments: [{ start: 0, end: 8 }] });
    await annotate(server, place, {
      label: "speaker",
      fragments: [{ start: 16, end: 20 }],
      token: colleague.token,
    });
    const { claim, speaker } = fixture.labels;
    const starts = async (more: object) => (await search("boat", more)).nodes.map(({ start }) => start);
    expect(await starts({})).toEqual([0, 16]);
    expect(await starts({ labels: [claim] })).toEqual([0]);
    expect(await starts({ labels: [speaker], createdBy: [colleague.userId] })).toEqual([16]);
    expect(await starts({ labels: [claim], createdBy: [colleague.userId] })).toEqual([]);
    expect(await starts({ labels: [] })).toEqual([]);
    expect(await starts({ documentIds: [fixture.documentId] })).toEqual([]);
    expect(await starts({ documents: { labels: [claim], annotatedBy: [colleague.userId] } })).toEqual([]);
    expect(await starts({ documents: { annotatedBy: [colleague.userId] } })).toEqual([0, 16]);
  });
});

describe("what is found follows every change", () => {
  it("of language, deletion, restoration and version", async () => {
    const id = await bring("Die Häuser standen leer.", "en");
    expect(await quotes("haus")).toEqual([]);
    await server.mutate("updateDocument", { id, language: "de" }, "document { id }");
    expect(await quotes("haus")).toEqual([["Häuser"]]);
    await server.mutate("deleteDocument", { id }, "documentId");
    expect(await quotes("haus")).toEqual([]);
    await server.mutate("restoreDocument", { id }, "document { id }");
    expect(await quotes("haus")).toEqual([["Häuser"]]);
    await server.mutate(
      "createDocumentVersion",
      { documentId: id, text: "Das Haus stand leer." },
      "carriedCount",
    );
    expect(await quotes("haus")).toEqual([["Häuser"], ["Haus"]]);
  });

  it("by a corpus file, until its import is taken back for good", async () => {
    const header = { format: "concord-corpus", version: 1, offsets: "code-points", users: [] };
    const project = { name: "x", description: "", guidelines: "", labels: [], relationTypes: [] };
    const rest = { sourceId: null, metadata: {}, createdAt: "2026-01-02T03:04:05.678Z" };
    const lists = { annotations: [], relations: [], comments: [] };
    const document = {
      id: randomUUID(),
      ...rest,
      title: "In",
      language: "en",
      text: "A heron stood there.",
      ...lists,
    };
    const response = await fetch(`${server.url}/projects/${fixture.projectId}/import?format=ndjson`, {
      method: "POST",
      headers: { "content-type": "application/x-ndjson", authorization: `Bearer ${server.adminToken}` },
      body: `${JSON.stringify({ ...header, project })}\n${JSON.stringify(document)}\n`,
    });
    expect(response.status).toBe(202);
    await vi.waitFor(async () => expect(await quotes("herons")).toEqual([["heron"]]), { timeout: 20_000 });
    await server.sql("delete from document where id = $1", [document.id]);
    const left = await server.sql("select 1 from passage where document_id = $1", [document.id]);
    expect(left).toEqual([]);
  });

  it("at the next start, where nothing is searchable yet, as after a restore", async () => {
    const database = await createScratchDatabase();
    await disposeLater(() => database.drop());
    const keep = { ...database, drop: async () => {} };
    const first = await startServer({ demo: true }, keep);
    const { projects } = await first.must<{ projects: { nodes: { id: string }[] } }>(
      "{ projects { nodes { id } } }",
    );
    const filter = { projectId: projects.nodes[0]?.id, text: "flood" };
    const before = await first.must<{ passages: Found }>(PASSAGES, { filter });
    expect(before.passages.totalCount).toBeGreaterThan(3);
    await first.sql("delete from passage");
    await first.sql("delete from searchable_document");
    await first.dispose();
    const second = await startServer({ demo: true, adminToken: first.adminToken }, keep);
    await disposeLater(() => second.dispose());
    await expect
      .poll(() => second.sql("select count(*)::int as count from searchable_document"), { timeout: 20_000 })
      .not.toEqual([{ count: 0 }]);
    expect(await second.must(PASSAGES, { filter })).toEqual(before);
  });
});

describe("a document that somebody else has at hand", () => {
  it("is left for later and holds up no other", async () => {
    const held = await importDocument(server, fixture.projectId, { text: "The heron stands at the weir." });
    const holder = new pg.Client({ connectionString: server.database.url });
    await disposeLater(() => holder.end());
    await holder.connect();
    await holder.query("begin");
    await holder.query("select 1 from document where id = $1 for update", [held]);
    await importDocument(server, fixture.projectId, { text: "A heron stood there too." });
    const filter = { projectId: fixture.projectId, text: "heron" };
    await vi.waitFor(
      async () => {
        const { passages } = await server.must<{ passages: Found }>(PASSAGES, { filter });
        expect(passages).toMatchObject({ totalCount: 1, pendingCount: 1 });
      },
      { timeout: 30_000 },
    );
    await holder.query("rollback");
    expect(await search("heron")).toMatchObject({ totalCount: 2 });
  });
});

describe("pages", () => {
  it("stay right while documents come and go", async () => {
    const paragraphs = (n: number) => Array.from({ length: 5 }, (_, i) => `Boat ${n}.${i} 🚤`).join("\n\n");
    const ids: string[] = [];
    for (let n = 0; n < 4; n++) ids.push(await bring(paragraphs(n), "en", { title: `Boats ${n}` }));
    const all = await search("boat");
    const texts = ({ nodes }: Found) => nodes.map(({ text }) => text);
    expect(all.totalCount).toBe(20);
    const first = await search("boat", {}, { first: 7 });
    expect(texts(first)).toEqual(texts(all).slice(0, 7));
    // The row of the cursor, one before and one behind it go; one comes in at the end; another is read anew.
    await server.mutate("deleteDocument", { id: ids[0] }, "documentId");
    await server.mutate("deleteDocument", { id: ids[1] }, "documentId");
    await server.mutate("updateDocument", { id: ids[2], language: "de" }, "document { id }");
    await bring(paragraphs(4), "en");
    const rest: string[] = [];
    let after = first.pageInfo.endCursor;
    for (let more = true; more; ) {
      const page = await search("boat", {}, { first: 3, after });
      rest.push(...texts(page));
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    expect(rest).toEqual([...texts(all).slice(10), ...paragraphs(4).split("\n\n")]);
    for (const [index, { cursor }] of all.edges.slice(10).entries())
      expect(texts(await search("boat", {}, { after: cursor }))).toEqual(rest.slice(index + 1));
  });
});

describe("a million characters", () => {
  const sentence = "The river rose again and nobody had asked for it 🚤. ";
  const needle = "Xylophone players of Hollin disagreed.";

  it("are searched by the indexes, each match at its place", async () => {
    const paragraphs = Array.from({ length: 20_000 }, () => sentence);
    paragraphs[15_000] = needle;
    const text = paragraphs.join("\n\n");
    await bring(text, "en");
    const start = [...text.slice(0, text.indexOf("Xylo"))].length;
    expect((await search("xylophones")).nodes[0]?.matches[0]).toMatchObject({ start, quote: "Xylophone" });
    expect((await search("lopho", PART)).nodes[0]?.matches[0]).toMatchObject({
      start: start + 2,
      quote: "lopho",
    });
    const many = await search("river", {}, { first: 1_000 });
    expect(many.totalCount).toBe(19_999);
    expect(many.nodes[999]?.matches[0]?.quote).toBe("river");
    await server.sql("vacuum analyze passage");
    const scans = async () =>
      Object.fromEntries(
        (
          await server.sql<{ name: string; count: number }>(
            "select indexrelname as name, idx_scan::int as count from pg_stat_user_indexes where relname = 'passage'",
          )
        ).map(({ name, count }) => [name, count]),
      );
    const before = await scans();
    // What is counted is told by each connection when it comes to its next statement, a second later at best.
    await vi.waitFor(
      async () => {
        await search("xylophones");
        await search("lopho", PART);
        const after = await scans();
        for (const index of ["passage_words_idx", "passage_text_idx"])
          expect(after[index]).toBeGreaterThan(before[index] ?? 0);
      },
      { timeout: 30_000 },
    );
  });

  it("without any space are searched as well", async () => {
    await bring(`${"水库的水位上升了三米。".repeat(20_000)}手机${"น้ำ".repeat(100_000)}`, "zh");
    expect((await search("手机")).nodes.map(({ matches }) => matches)).toMatchObject([
      [{ start: 220_000, end: 220_002, quote: "手机" }],
    ]);
    expect(await quotes("x".repeat(1_000))).toEqual([]);
  });

  it("of a word that nobody can write down are left alone", async () => {
    await bring(`boat ${"q".repeat(4_000)} boat`, "en");
    expect(await quotes("boat")).toEqual([["boat", "boat"]]);
  });
});

describe("documents", () => {
  async function titles(filter: object): Promise<string[]> {
    const { project } = await server.must<{
      project: { documents: { nodes: { title: string }[]; totalCount: number } };
    }>(
      "query ($p: ID!, $filter: DocumentFilter) { project(id: $p) { documents(filter: $filter) { nodes { title } totalCount } } }",
      { p: fixture.projectId, filter },
    );
    expect(project.documents.totalCount).toBe(project.documents.nodes.length);
    return project.documents.nodes.map(({ title }) => title);
  }

  it("are found by text, language, metadata, annotations and time", async () => {
    const metadata = (more: object) => ({ metadata: more });
    const one = await bring("Boats.", "en", {
      title: "1",
      ...metadata({ paper: "Herald", pages: 3, front: true, date: "2026-03-01" }),
    });
    await server.sql("update document set created_at = '2020-01-01T00:00:00Z' where id = $1", [one]);
    await bring("Boote.", "de", {
      title: "2",
      ...metadata({ paper: "Die Woche", pages: "3", date: "2026-04-01" }),
    });
    const three = await bring("A boat.", "en-GB", {
      title: "3",
      ...metadata({ paper: "Tribune", pages: 12, front: false, date: null }),
    });
    await bring("水", undefined, { title: "4" });
    await annotate(
      server,
      { ...fixture, documentId: three },
      { label: "claim", fragments: [{ start: 0, end: 1 }] },
    );
    const { claim, speaker } = fixture.labels;
    expect(await titles({ text: "boat" })).toEqual(["1", "3"]);
    expect(await titles({ text: "oo", mode: "SUBSTRING" })).toEqual(["2"]);
    expect(await titles({ languages: ["en"] })).toEqual(["A report", "1", "3"]);
    expect(await titles({ languages: ["EN-gb", "und"] })).toEqual(["3", "4"]);
    expect(await titles({ labels: [claim] })).toEqual(["3"]);
    expect(await titles({ labels: [speaker] })).toEqual([]);
    expect(await titles({ metadata: [{ key: "paper" }] })).toEqual(["1", "2", "3"]);
    expect(await titles({ metadata: [{ key: "paper", values: ["Herald", "Tribune"] }] })).toEqual(["1", "3"]);
    expect(await titles({ metadata: [{ key: "paper", text: "WOCHE" }] })).toEqual(["2"]);
    expect(await titles({ metadata: [{ key: "pages", min: 3, max: 3 }] })).toEqual(["1"]);
    expect(await titles({ metadata: [{ key: "pages", min: 3.5 }] })).toEqual(["3"]);
    expect(await titles({ metadata: [{ key: "front", is: false }] })).toEqual(["3"]);
    expect(await titles({ metadata: [{ key: "date", since: "2026-03-01", until: "2026-04-01" }] })).toEqual([
      "1",
    ]);
    expect(await titles({ metadata: [{ key: "date" }, { key: "front" }] })).toEqual(["1"]);
    expect(await titles({ until: "2021-01-01T00:00:00Z" })).toEqual(["1"]);
    expect(await titles({ since: "2021-01-01T00:00:00Z", text: "boats" })).toEqual(["3"]);
    expect(await titles({ metadata: [], languages: [] })).toEqual([]);
  });
});

describe("annotations", () => {
  it("are found by attributes, note, time and the documents they stand in", async () => {
    const { claim } = fixture.labels;
    await server.sql(`update label set attributes = $1 where id = $2`, [
      JSON.stringify(
        [
          ["stance", "CHOICE", ["for", "against"]],
          ["sure", "NUMBER", []],
          ["said", "DATE", []],
          ["direct", "BOOLEAN", []],
        ].map(([key, kind, choices]) => ({ key, name: key, kind, choices, required: false })),
      ),
      claim,
    ]);
    const make = async (attributes: object, note: string, at: number) => {
      const place = { documentId: fixture.documentId, fragments: [{ start: at, end: at + 1 }] };
      const input = { ...place, labelId: claim, attributes, note };
      const made = await server.mutate<{ annotation: { id: string } }>(
        "createAnnotation",
        input,
        "annotation { id }",
      );
      return made.annotation;
    };
    const first = await make({ stance: "for", sure: 2, said: "2026-11-28", direct: true }, "First NOTE", 0);
    const second = await make({ stance: "against", sure: 10, direct: false }, "", 1);
    const third = await make({}, "", 2);
    await server.sql("update annotation set created_at = '2020-01-01T00:00:00Z' where id = $1", [third.id]);
    const names = new Map([first, second, third].map(({ id }, index) => [id, index + 1]));
    const found = async (filter: object) => {
      const { annotations } = await server.must<{
        annotations: { nodes: { id: string }[]; totalCount: number };
      }>("query ($f: AnnotationFilter!) { annotations(filter: $f) { nodes { id } totalCount } }", {
        f: { projectId: fixture.projectId, ...filter },
      });
      expect(annotations.totalCount).toBe(annotations.nodes.length);
      return annotations.nodes.map(({ id }) => names.get(id));
    };
    expect(await found({ attributes: [{ key: "stance" }] })).toEqual([1, 2]);
    expect(await found({ attributes: [{ key: "stance", values: ["against"] }] })).toEqual([2]);
    expect(await found({ attributes: [{ key: "stance", text: "FO" }] })).toEqual([1]);
    expect(await found({ attributes: [{ key: "sure", min: 3 }] })).toEqual([2]);
    expect(
      await found({
        attributes: [
          { key: "sure", max: 2 },
          { key: "direct", is: true },
        ],
      }),
    ).toEqual([1]);
    expect(await found({ attributes: [{ key: "said", since: "2026-11-28", until: "2026-11-29" }] })).toEqual([
      1,
    ]);
    expect(await found({ attributes: [{ key: "said", until: "2026-11-28" }] })).toEqual([]);
    expect(await found({ note: "note" })).toEqual([1]);
    expect(await found({ createdUntil: "2021-01-01T00:00:00Z" })).toEqual([3]);
    expect(await found({ createdSince: "2021-01-01T00:00:00Z" })).toEqual([1, 2]);
    expect(await found({ updatedSince: "2021-01-01T00:00:00Z", documents: { text: "found" } })).toEqual([
      1, 2, 3,
    ]);
    expect(await found({ documents: { text: "boats" } })).toEqual([]);
    expect(await found({ updatedUntil: "2021-01-01T00:00:00Z" })).toEqual([]);
  });
});

describe("a database that does not allow pg_trgm", () => {
  it("is searched all the same, for parts of words too", async () => {
    const database = await createScratchDatabase();
    const role = `concord_plain_${randomUUID().slice(0, 8)}`;
    await disposeLater(() => server.sql(`drop role ${role}`).then(() => {}));
    await disposeLater(() => database.drop());
    const maker = await startServer({}, { ...database, drop: async () => {} });
    await maker.sql("drop extension pg_trgm cascade");
    await maker.sql(`create role ${role} login password 'plain'`);
    await maker.sql(`grant all on all tables in schema public to ${role}`);
    await maker.sql(`grant all on all sequences in schema public to ${role}`);
    await maker.dispose();
    const url = new URL(database.url);
    url.username = role;
    url.password = "plain";
    const plain = await startServer(
      { adminToken: maker.adminToken },
      { url: url.href, drop: async () => {} },
    );
    await disposeLater(() => plain.dispose());
    const { projectId } = await makeFixture(plain, "Die Überschwemmung kam, 水库 voll.");
    for (const [text, mode, quote] of [
      ["schwemm", "SUBSTRING", "schwemm"],
      ["überschwemmung", "WORDS", "Überschwemmung"],
      ["水库", "WORDS", "水库"],
    ]) {
      const { passages } = await plain.must<{ passages: Found }>(PASSAGES, {
        filter: { projectId, text, mode },
      });
      expect(passages.nodes.flatMap(({ matches }) => matches.map((match) => match.quote))).toEqual([quote]);
    }
    expect(await plain.sql("select 1 from pg_extension where extname = 'pg_trgm'")).toEqual([]);
  });
});

describe("whoever is no member", () => {
  it("learns nothing", async () => {
    await bring("A Vellichor boat.", "en");
    const other = await invite(server, (await makeFixture(server)).projectId, "OWNER");
    const refusal = (projectId: string, token: string | null) =>
      server.refused(PASSAGES, { filter: { projectId, text: "boat" } }, token);
    expect(await refusal(fixture.projectId, other.token)).toEqual(await refusal(randomUUID(), other.token));
    expect((await refusal(fixture.projectId, other.token)).code).toBe("NOT_FOUND");
    expect((await refusal(fixture.projectId, null)).code).toBe("UNAUTHENTICATED");
    const viewer = await invite(server, fixture.projectId, "VIEWER");
    const seen = await server.must<{ passages: Found }>(
      PASSAGES,
      { filter: { projectId: fixture.projectId, text: "boat" } },
      viewer.token,
    );
    expect(seen.passages.nodes).toHaveLength(1);
  });

  it("does not come in by naming a document of another project", async () => {
    await bring("A boat.", "en");
    const own = await makeFixture(server, "Another boat.");
    const filter = { projectId: own.projectId, text: "boat", documentIds: [fixture.documentId] };
    const { passages } = await server.must<{ passages: Found }>(PASSAGES, { filter });
    expect(passages.nodes).toEqual([]);
  });
});

describe("what can't be asked", () => {
  it.each([
    ["a project that is no id", { projectId: "x" }, "filter.projectId"],
    ["nothing", { text: " \n" }, "filter.text"],
    ["too much", { text: "x".repeat(1_001) }, "filter.text"],
    ["what can't be stored", { text: "a\0" }, "filter.text"],
    ["documents that are no ids", { documentIds: ["x"] }, "filter.documentIds[0]"],
    ["labels that are no ids", { labels: ["x"] }, "filter.labels[0]"],
    ["people that are no ids", { createdBy: ["x"] }, "filter.createdBy[0]"],
    ["no text of documents", { documents: { text: "" } }, "filter.documents.text"],
    ["a language that is none", { documents: { languages: ["en", "?"] } }, "filter.documents.languages[1]"],
    ["labels of documents", { documents: { labels: ["x"] } }, "filter.documents.labels[0]"],
    ["a key that is none", { documents: { metadata: [{ key: " " }] } }, "filter.documents.metadata[0].key"],
    [
      "a day that is none",
      { documents: { metadata: [{ key: "a", since: "1.1.2026" }] } },
      "filter.documents.metadata[0].since",
    ],
    [
      "too many conditions",
      { documents: { metadata: Array(21).fill({ key: "a" }) } },
      "filter.documents.metadata",
    ],
  ])("is %s", async (_name, more, field) => {
    const filter = { projectId: fixture.projectId, text: "boat", ...more };
    expect(await server.refused(PASSAGES, { filter })).toMatchObject({ code: "BAD_USER_INPUT", field });
  });

  it("is a cursor of another list, or a page that is too long", async () => {
    const filter = { projectId: fixture.projectId, text: "boat" };
    expect(await server.refused(PASSAGES, { filter, after: "W10" })).toMatchObject({ field: "after" });
    expect(await server.refused(PASSAGES, { filter, first: 20_001 })).toMatchObject({ code: "TOO_LARGE" });
    expect(
      await server.refused(
        "query ($filter: PassageFilter!) { passages(filter: $filter, first: 20001) { nodes { start } } }",
        { filter },
      ),
    ).toMatchObject({ field: "first" });
  });
});
