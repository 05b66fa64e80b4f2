// Reading: order, pages that stay right while others write, filters, and what a span tells of its place.
import { createHash } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  annotate,
  type Fixture,
  importDocument,
  invite,
  makeFixture,
  startServer,
  type TestServer,
} from "../support/server.ts";

const TEXT = "0123456789".repeat(20);

let server: TestServer;
let fixture: Fixture;
beforeAll(async () => {
  server = await startServer();
});
beforeEach(async () => {
  fixture = await makeFixture(server, TEXT);
});
afterAll(() => server.dispose());

interface Row {
  id: string;
  span: { id: string; start: number; end: number; quote: string; prefix: string; suffix: string };
}
interface Page {
  nodes: Row[];
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount: number;
}
const PAGE =
  "nodes { id span { id start end quote prefix suffix } } edges { cursor node { id } } pageInfo { hasNextPage endCursor } totalCount";

async function annotations(
  more: {
    first?: number;
    after?: string | null;
    labels?: (string | undefined)[] | null;
    range?: object | null;
  } = {},
): Promise<Page> {
  const { document } = await server.must<{ document: { annotations: Page } }>(
    `query ($d: ID!, $first: Int, $after: String, $labels: [ID!], $range: RangeInput) { document(id: $d) { annotations(first: $first, after: $after, labels: $labels, range: $range) { ${PAGE} } } }`,
    { d: fixture.documentId, ...more },
  );
  return document.annotations;
}

const at = (...places: [number, number][]) => ({ fragments: places.map(([start, end]) => ({ start, end })) });
const places = ({ nodes }: Page) => nodes.map(({ span }) => [span.start, span.end]);

describe("a document's annotations", () => {
  it("come by start, then end, then id", async () => {
    const made: { id: string; start: number; end: number }[] = [];
    for (const [start, end] of [
      [5, 9],
      [0, 20],
      [5, 7],
      [0, 3],
      [5, 9],
      [5, 9],
      [10, 11],
    ] as const) {
      made.push({ id: (await annotate(server, fixture, at([start, end]))).id, start, end });
    }
    made.sort((a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1));
    const page = await annotations();
    expect(page.nodes.map(({ id }) => id)).toEqual(made.map(({ id }) => id));
    expect(page.totalCount).toBe(7);
    expect(page.pageInfo).toEqual({ hasNextPage: false, endCursor: page.edges.at(-1)?.cursor });
    expect(page.edges.map(({ node }) => node.id)).toEqual(page.nodes.map(({ id }) => id));
  });

  it("stay right from page to page while others write before, behind and on the place", async () => {
    for (let i = 0; i < 10; i++) await annotate(server, fixture, at([i * 10, i * 10 + 5]));
    const old = await annotations();
    const first = await annotations({ first: 4 });
    await annotate(server, fixture, at([0, 1]));
    await annotate(server, fixture, at([199, 200]));
    const [deleted, cursorRow] = [first.nodes[0], first.nodes[3]];
    for (const row of [deleted, cursorRow])
      await server.mutate("deleteAnnotation", { id: row?.id, expectedVersion: 1 }, "revision");
    const rest: string[] = [];
    let after = first.pageInfo.endCursor;
    for (let more = true; more; ) {
      const page = await annotations({ first: 2, after });
      rest.push(...page.nodes.map(({ id }) => id));
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    expect(rest.slice(0, 6)).toEqual(old.nodes.slice(4).map(({ id }) => id));
    expect(rest).toHaveLength(7);
  });

  it("can go on from the cursor of any row", async () => {
    for (let i = 0; i < 5; i++) await annotate(server, fixture, at([i, i + 1]));
    const { edges } = await annotations();
    for (const [index, { cursor }] of edges.entries()) {
      expect(places(await annotations({ after: cursor }))).toEqual(
        [0, 1, 2, 3, 4].slice(index + 1).map((i) => [i, i + 1]),
      );
    }
  });

  it("are filtered by exactly the labels given; none for an empty list, all for null", async () => {
    await server.sql(`update label set parent_id = $1 where id = $2`, [
      fixture.labels.claim,
      fixture.labels.initiative,
    ]);
    await annotate(server, fixture, { label: "claim", ...at([0, 1]) });
    await annotate(server, fixture, { label: "initiative", ...at([1, 2]) });
    await annotate(server, fixture, { label: "speaker", ...at([2, 3]) });
    const { claim, initiative, agreement } = fixture.labels;
    expect(places(await annotations({ labels: [claim] }))).toEqual([[0, 1]]);
    expect(places(await annotations({ labels: [claim, initiative, initiative] }))).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(await annotations({ labels: [] })).toMatchObject({
      nodes: [],
      totalCount: 0,
      pageInfo: { hasNextPage: false, endCursor: null },
    });
    expect((await annotations({ labels: [agreement] })).totalCount).toBe(0);
    expect((await annotations({ labels: null })).totalCount).toBe(3);
  });

  it("touch a range by at least one code point of a fragment: gaps touch nothing", async () => {
    await annotate(server, fixture, at([10, 20], [30, 40]));
    const touched = async (start: number, end: number) =>
      (await annotations({ range: { start, end } })).totalCount;
    const expected: [number, number, number][] = [
      [0, 10, 0],
      [0, 11, 1],
      [19, 20, 1],
      [20, 30, 0],
      [19, 31, 1],
      [20, 31, 1],
      [25, 26, 0],
      [39, 40, 1],
      [40, 41, 0],
      [0, 200, 1],
      [12, 13, 1],
      [0, 2_147_483_647, 1],
      [500, 600, 0],
    ];
    for (const [start, end, count] of expected)
      expect([start, end, await touched(start, end)]).toEqual([start, end, count]);
  });

  it("are counted by what the filters leave, and paged within it", async () => {
    for (let i = 0; i < 6; i++)
      await annotate(server, fixture, { label: i % 2 ? "claim" : "speaker", ...at([i * 2, i * 2 + 1]) });
    const filter = { labels: [fixture.labels.claim], range: { start: 0, end: 8 } };
    const first = await annotations({ ...filter, first: 1 });
    expect(first).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } });
    expect(places(await annotations({ ...filter, first: 1, after: first.pageInfo.endCursor }))).toEqual([
      [6, 7],
    ]);
  });
});

describe("a span", () => {
  it("has an id made from its place, the same before and after it is marked", async () => {
    const expected = (documentId: string, place: string) => {
      const bytes = createHash("sha256").update(`${documentId}:${place}`).digest().subarray(0, 16);
      bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
      return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    };
    await annotate(server, fixture, at([3, 7]));
    await annotate(server, fixture, at([3, 5], [6, 7]));
    const { nodes } = await annotations();
    expect(nodes.map(({ span }) => span.id).sort()).toEqual(
      [expected(fixture.documentId, "3-7"), expected(fixture.documentId, "3-5,6-7")].sort(),
    );
    for (const { span } of nodes)
      expect(span.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const other = await makeFixture(server, TEXT);
    const there = await annotate(server, other, at([3, 7]));
    const found = await server.must<{ annotation: { span: { id: string } } }>(
      `query ($a: ID!) { annotation(id: $a) { span { id } } }`,
      { a: there.id },
    );
    expect(found.annotation.span.id).toBe(expected(other.documentId, "3-7"));
  });

  it("is shared by all annotations of the same place, and left by those that move", async () => {
    const one = await annotate(server, fixture, at([3, 7]));
    const two = await annotate(server, fixture, { label: "speaker", ...at([3, 7]) });
    const query = `query ($a: ID!) { annotation(id: $a) { span { id start end document { id } annotations { id } } } }`;
    const spanOf = async (id: string) =>
      (
        await server.must<{ annotation: { span: { id: string; annotations: { id: string }[] } } }>(query, {
          a: id,
        })
      ).annotation.span;
    expect(await spanOf(one.id)).toEqual(await spanOf(two.id));
    expect((await spanOf(one.id)).annotations.map(({ id }) => id).sort()).toEqual([one.id, two.id].sort());
    const place = (await spanOf(one.id)).id;
    await server.mutate("updateAnnotation", { id: two.id, expectedVersion: 1, ...at([4, 8]) }, "revision");
    expect((await spanOf(one.id)).annotations).toEqual([{ id: one.id }]);
    await server.mutate("updateAnnotation", { id: two.id, expectedVersion: 2, ...at([3, 7]) }, "revision");
    expect(await spanOf(two.id)).toMatchObject({
      id: place,
      annotations: expect.arrayContaining([{ id: one.id }, { id: two.id }]),
    });
    await server.mutate("deleteAnnotation", { id: one.id, expectedVersion: 1 }, "revision");
    expect((await spanOf(two.id)).annotations).toEqual([{ id: two.id }]);
  });

  it("tells quote, prefix and suffix cut on grapheme edges", async () => {
    const family = "👨‍👩‍👧‍👦";
    const flag = "🇰🇿";
    const accent = "e\u0301";
    // A window of 32 code points ends inside a family of seven, a flag of two or a letter with its mark.
    const cases: [string, [number, number][], { quote: string; prefix: string; suffix: string }][] = [
      [
        `${family}${"a".repeat(28)}X${"b".repeat(28)}${family}`,
        [[35, 36]],
        { quote: "X", prefix: "a".repeat(28), suffix: "b".repeat(28) },
      ],
      [
        `${flag}${"a".repeat(31)}X${"b".repeat(31)}${flag}`,
        [[33, 34]],
        { quote: "X", prefix: "a".repeat(31), suffix: "b".repeat(31) },
      ],
      [
        `${accent}${"a".repeat(31)}X${"b".repeat(31)}${accent}`,
        [[33, 34]],
        { quote: "X", prefix: "a".repeat(31), suffix: "b".repeat(31) },
      ],
      [
        `${accent}${"a".repeat(30)}X${"b".repeat(30)}${accent}`,
        [[32, 33]],
        { quote: "X", prefix: `${accent}${"a".repeat(30)}`, suffix: `${"b".repeat(30)}${accent}` },
      ],
      [`a${accent}${flag}b`, [[1, 5]], { quote: `${accent}${flag}`, prefix: "a", suffix: "b" }],
      ["😀😀", [[0, 1]], { quote: "😀", prefix: "", suffix: "😀" }],
      [
        "one two three",
        [
          [0, 3],
          [8, 13],
        ],
        { quote: "one three", prefix: "", suffix: "" },
      ],
      ["x\r\ny", [[0, 1]], { quote: "x", prefix: "", suffix: "\r\ny" }],
    ];
    for (const [text, [...fragments], expected] of cases) {
      fixture = { ...fixture, documentId: await importDocument(server, fixture.projectId, { text }) };
      await annotate(server, fixture, at(...fragments));
      const { nodes } = await annotations();
      expect({ text, ...nodes[0]?.span }).toMatchObject({ text, ...expected });
    }
  });
});

describe("annotations(filter)", () => {
  const found = async (filter: object, more: { first?: number; after?: string | null } = {}): Promise<Page> =>
    (
      await server.must<{ annotations: Page }>(
        `query ($f: AnnotationFilter!, $first: Int, $after: String) { annotations(filter: $f, first: $first, after: $after) { ${PAGE} } }`,
        { f: { projectId: fixture.projectId, ...filter }, ...more },
      )
    ).annotations;

  it("go by documents in import order, each in text order, over pages", async () => {
    const second = {
      ...fixture,
      documentId: await importDocument(server, fixture.projectId, { text: TEXT, title: "A first by title" }),
    };
    await annotate(server, second, at([0, 1]));
    await annotate(server, fixture, at([9, 10]));
    await annotate(server, second, at([0, 1]));
    await annotate(server, fixture, at([5, 6]));
    const all = await found({});
    expect(places(all)).toEqual([
      [5, 6],
      [9, 10],
      [0, 1],
      [0, 1],
    ]);
    const seen: string[] = [];
    let after: string | null = null;
    for (let more = true; more; ) {
      const page: Page = await found({}, { first: 1, after });
      seen.push(...page.nodes.map(({ id }) => id));
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    expect(seen).toEqual(all.nodes.map(({ id }) => id));
  });

  it("are narrowed by documents, labels, people and text, alone and together", async () => {
    const second = {
      ...fixture,
      documentId: await importDocument(server, fixture.projectId, {
        text: "Die STRASSE, Министр 100% sa\\id_it",
      }),
    };
    const { token, userId } = await invite(server, fixture.projectId, "ANNOTATOR");
    const { viewer } = await server.must<{ viewer: { id: string } }>(`{ viewer { id } }`);
    const a = await annotate(server, fixture, { label: "claim", ...at([0, 10]) });
    const b = await annotate(server, second, { label: "claim", ...at([0, 11]), token });
    const c = await annotate(server, second, { label: "speaker", ...at([13, 20]) });
    const d = await annotate(server, second, { label: "speaker", ...at([21, 34]), token });
    const { claim, speaker } = fixture.labels;
    const expected: [object, { id: string }[]][] = [
      [{}, [a, b, c, d]],
      [{ documentIds: [fixture.documentId] }, [a]],
      [{ documentIds: [] }, []],
      [{ documentIds: null, labels: null, createdBy: null, text: null }, [a, b, c, d]],
      [{ labels: [claim] }, [a, b]],
      [{ labels: [] }, []],
      [{ labels: [claim, speaker], createdBy: [userId] }, [b, d]],
      [{ createdBy: [viewer.id] }, [a, c]],
      [{ createdBy: [] }, []],
      [{ text: "" }, [a, b, c, d]],
      [{ text: "345" }, [a]],
      [{ text: "strasse" }, [b]],
      [{ text: "die STR" }, [b]],
      [{ text: "МИНИСТР" }, [c]],
      [{ text: "министр" }, [c]],
      [{ text: "%" }, [d]],
      [{ text: "_" }, [d]],
      [{ text: "\\" }, [d]],
      [{ text: "d_i" }, [d]],
      [{ text: "0_2" }, []],
      [{ text: "'" }, []],
      [{ documentIds: [second.documentId], labels: [claim], createdBy: [userId], text: "DIE" }, [b]],
      [{ documentIds: [fixture.documentId], createdBy: [userId] }, []],
    ];
    for (const [filter, rows] of expected) {
      const page = await found(filter);
      expect({ filter, ids: page.nodes.map(({ id }) => id), totalCount: page.totalCount }).toEqual({
        filter,
        ids: rows.map(({ id }) => id),
        totalCount: rows.length,
      });
    }
  });

  it("leave out what is deleted, and other projects' documents", async () => {
    const second = {
      ...fixture,
      documentId: await importDocument(server, fixture.projectId, { text: TEXT }),
    };
    await annotate(server, second, at([0, 1]));
    const kept = await annotate(server, fixture, at([0, 1]));
    const gone = await annotate(server, fixture, at([1, 2]));
    await server.mutate("deleteAnnotation", { id: gone.id, expectedVersion: 1 }, "revision");
    await server.mutate("deleteDocument", { id: second.documentId }, "documentId");
    const other = await makeFixture(server);
    await annotate(server, other);
    expect(await found({})).toMatchObject({ totalCount: 1, nodes: [{ id: kept.id }] });
    expect((await found({ documentIds: [other.documentId, second.documentId] })).totalCount).toBe(0);
  });
});

describe("project.documents", () => {
  const titled = async (query: string | null) =>
    (
      await server.must<{ project: { documents: { totalCount: number; nodes: { title: string }[] } } }>(
        `query ($p: ID!, $q: String) { project(id: $p) { documents(query: $q) { totalCount nodes { title } } } }`,
        { p: fixture.projectId, q: query },
      )
    ).project.documents;

  it("are found by a part of their title, taken literally, in import order", async () => {
    const titles = ["Zürich 50%", "a_b", "axb", "C:\\temp", "Министр", "Quote's", "50 per cent"];
    await server.mutate(
      "importDocuments",
      { projectId: fixture.projectId, documents: titles.map((title) => ({ title, text: "x" })) },
      "documents { id }",
    );
    const expected: [string | null, string[]][] = [
      [null, ["A report", ...titles]],
      ["", ["A report", ...titles]],
      ["%", ["Zürich 50%"]],
      ["_", ["a_b"]],
      ["\\", ["C:\\temp"]],
      ["a_b", ["a_b"]],
      ["50", ["Zürich 50%", "50 per cent"]],
      ["'", ["Quote's"]],
      ["ZÜRICH", ["Zürich 50%"]],
      ["министр", ["Министр"]],
      ["nothing", []],
    ];
    for (const [query, found] of expected) {
      const { nodes, totalCount } = await titled(query);
      expect({ query, titles: nodes.map(({ title }) => title), totalCount }).toEqual({
        query,
        titles: found,
        totalCount: found.length,
      });
    }
  });

  it("stay in import order when headers change", async () => {
    await importDocument(server, fixture.projectId, { title: "B" });
    await server.mutate("updateDocument", { id: fixture.documentId, title: "Z" }, "document { id }");
    expect((await titled(null)).nodes).toEqual([{ title: "Z" }, { title: "B" }]);
  });
});

describe("documents in a list", () => {
  const PAGES = `id
    annotations(first: 2) { totalCount pageInfo { hasNextPage endCursor } nodes { id note label { key } span { quote } } }
    marked: annotations(labels: $labels) { totalCount edges { cursor } }
    relations(first: 1) { totalCount pageInfo { hasNextPage endCursor } nodes { id type { key } source { id } } }`;

  async function listed(): Promise<{ nodes: { id: string }[]; statements: number }> {
    const asked = vi.spyOn(pg.Client.prototype, "query");
    const { project } = await server.must<{ project: { documents: { nodes: { id: string }[] } } }>(
      `query ($p: ID!, $labels: [ID!]) { project(id: $p) { documents { nodes { ${PAGES} } } } }`,
      { p: fixture.projectId, labels: [fixture.labels.claim] },
    );
    const statements = asked.mock.calls.length;
    asked.mockRestore();
    return { nodes: project.documents.nodes, statements };
  }

  /** Marks so many places with two labels that are related. */
  async function mark(documentId: string, places: number): Promise<void> {
    const inIt = { ...fixture, documentId };
    for (let start = 0; start < places; start++) {
      const source = await annotate(server, inIt, { ...at([start, start + 5]), label: "speaker" });
      const target = await annotate(server, inIt, at([start, start + 5]));
      await server.mutate(
        "createRelation",
        { typeId: fixture.relationTypes.states, sourceId: source.id, targetId: target.id },
        "revision",
      );
    }
  }

  it("show what each shows alone, and no statement for each of them", async () => {
    await mark(fixture.documentId, 2);
    const { statements: forOne } = await listed();
    for (let places = 0; places < 6; places++)
      await mark(
        await importDocument(server, fixture.projectId, { text: TEXT, title: String(places) }),
        places,
      );
    const { nodes, statements } = await listed();
    expect(nodes).toHaveLength(7);
    for (const node of nodes) {
      const { document } = await server.must<{ document: object }>(
        `query ($d: ID!, $labels: [ID!]) { document(id: $d) { ${PAGES} } }`,
        { d: node.id, labels: [fixture.labels.claim] },
      );
      expect(node).toEqual(document);
    }
    // One each would be six more; a connection that is opened meanwhile says something too.
    expect(statements).toBeLessThan(forOne + 6);
  });
});

describe("projects", () => {
  it("come by name in code-point order, then id, with the viewer's own alone", async () => {
    const fresh = await startServer();
    try {
      const names = ["b", "B", "ä", "a", "Å", "a", "10", "9", "😀", "～"];
      for (const name of names) await fresh.mutate("createProject", { name }, "project { id }");
      const { projects } = await fresh.must<{
        projects: { nodes: { id: string; name: string }[]; totalCount: number };
      }>(`{ projects { totalCount nodes { id name viewerRole } } }`);
      expect(projects.nodes.map(({ name }) => name)).toEqual([
        "10",
        "9",
        "B",
        "a",
        "a",
        "b",
        "Å",
        "ä",
        "～",
        "😀",
      ]);
      expect(projects.totalCount).toBe(10);
      const same = projects.nodes.filter(({ name }) => name === "a").map(({ id }) => id);
      expect(same).toEqual([...same].sort());
      const { token } = await invite(fresh, projects.nodes[2]?.id ?? "", "VIEWER");
      expect(await fresh.must(`{ projects { totalCount nodes { name viewerRole } } }`, {}, token)).toEqual({
        projects: { totalCount: 1, nodes: [{ name: "B", viewerRole: "VIEWER" }] },
      });
    } finally {
      await fresh.dispose();
    }
  });
});
