import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CorpusEvent, Problem, ReadLimits } from "../corpus.ts";
import { sha256 } from "../sha256.ts";
import { type ReadConcordOptions, readConcord } from "./read.ts";

const limits: ReadLimits = {
  text: 1_000,
  name: 50,
  title: 50,
  description: 100,
  guidelines: 100,
  note: 50,
  comment: 50,
  sourceId: 20,
  json: 200,
  nesting: 10,
};

const id = (kind: string, number: number) =>
  `${kind.repeat(8)}-0000-7000-8000-${String(number).padStart(12, "0")}`;
const TIME = "2026-03-12T09:30:00.120Z";

const label = {
  id: id("c", 1),
  key: "claim",
  name: "Claim",
  color: "RUST",
  shortcut: "c",
  description: "",
  parent: null,
  archivedAt: null,
  attributes: [],
};
const header = {
  format: "concord-corpus",
  version: 1,
  offsets: "code-points",
  project: {
    name: "Sarn",
    description: "",
    guidelines: "# Rules",
    labels: [
      label,
      { ...label, id: id("c", 2), key: "part", shortcut: null, parent: "claim", archivedAt: TIME },
    ],
    relationTypes: [
      { id: id("c", 8), key: "states", name: "states", sourceLabels: [], targetLabels: ["claim"] },
    ],
  },
  users: [{ id: id("b", 1), name: "Ilse" }],
};

const made = { createdBy: id("b", 1), createdAt: TIME };
const annotation = (number: number, fragments: [number, number][], quote: string) => ({
  id: id("f", number),
  label: "claim",
  fragments,
  quote,
  attributes: {},
  note: "",
  origin: "HUMAN",
  ...made,
  updatedBy: id("b", 1),
  updatedAt: TIME,
  version: 2,
});

const TEXT = "😀 é said\r\nso";
async function document(number: number, more: object = {}) {
  return {
    id: id("d", number),
    sourceId: null,
    title: `Document ${number}`,
    language: "en",
    metadata: { a: [1, null, { b: true }] },
    createdAt: TIME,
    text: TEXT,
    sha256: await sha256(TEXT),
    annotations: [
      annotation(1, [[0, 1]], "😀"),
      annotation(
        2,
        [
          [0, 1],
          [4, 8],
        ],
        "😀 said",
      ),
    ],
    relations: [{ id: id("6", 1), type: "states", source: id("f", 1), target: id("f", 2), ...made }],
    comments: [
      { id: id("7", 1), annotation: id("f", 1), body: "Really?", ...made, updatedAt: TIME, resolvedAt: null },
    ],
    ...more,
  };
}

const asJson = (documents: object[], head: object = header) => `${JSON.stringify({ ...head, documents })}\n`;
const asNdjson = (documents: object[], head: object = header) =>
  [head, ...documents].map((line) => `${JSON.stringify(line)}\n`).join("");

async function* chunks(bytes: Uint8Array, size = bytes.length): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function events(
  content: string | Uint8Array,
  options: Partial<ReadConcordOptions> = {},
  size?: number,
): Promise<CorpusEvent[]> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return collect(readConcord(chunks(bytes, size), { format: "auto", limits, ...options }));
}

async function collect(list: AsyncIterable<CorpusEvent>): Promise<CorpusEvent[]> {
  const all: CorpusEvent[] = [];
  for await (const event of list) all.push(event);
  return all;
}

/** Events as data: an offset map holds functions. */
const plain = (list: CorpusEvent[]): unknown => JSON.parse(JSON.stringify(list));

async function problems(
  content: string | Uint8Array,
  options: Partial<ReadConcordOptions> = {},
): Promise<Problem[]> {
  return (await events(content, options)).flatMap((event) => event.problems);
}

const brief = (found: Problem[]) => found.map(({ line, column, message }) => `${line}:${column} ${message}`);

describe("a good corpus", () => {
  it("is the same in both formats, compact or spread out, with a byte order mark or without", async () => {
    const documents = [
      await document(1),
      await document(2, { annotations: [], relations: [], comments: [] }),
    ];
    const expected = plain(await events(asNdjson(documents)));
    const withoutEnds = (list: unknown) => JSON.stringify(list).replaceAll(/"(?:end|line|column)":\d+/g, "");
    const spread = JSON.stringify({ ...header, documents }, null, 2);
    for (const content of [
      asJson(documents),
      spread,
      `\ufeff${asJson(documents)}`,
      `\ufeff${asNdjson(documents)}`,
    ]) {
      expect(withoutEnds(plain(await events(content)))).toBe(withoutEnds(expected));
    }
    const [head, first, second, ...rest] = await events(asJson(documents));
    expect(head).toMatchObject({
      kind: "header",
      problems: [],
      header: { name: "Sarn", users: header.users },
    });
    expect(first).toMatchObject({ ordinal: 0, problems: [], document: { id: id("d", 1), text: TEXT } });
    expect(second).toMatchObject({ ordinal: 1, problems: [] });
    expect(rest).toEqual([]);
  });

  it("is read the same however it is cut into chunks", { timeout: 30_000 }, async () => {
    const documents = [await document(1, { title: 'quo"te \\ [{' }), { title: "é", text: "😀" }];
    for (const content of [asJson(documents), asNdjson(documents)]) {
      const bytes = new TextEncoder().encode(content);
      const whole = plain(await events(bytes));
      for (const size of [1, 2, 3, 7, 64, 1000]) expect(plain(await events(bytes, {}, size))).toEqual(whole);
      for (let cut = 1; cut < bytes.length; cut++) {
        const two = async function* () {
          yield bytes.slice(0, cut);
          yield bytes.slice(cut);
        };
        const list = await collect(readConcord(two(), { format: "auto", limits }));
        if (JSON.stringify(list) !== JSON.stringify(whole))
          expect(plain(list), `cut at ${cut}`).toEqual(whole);
      }
    }
  });

  it("may have no documents, and says how far it has come", async () => {
    expect(await events(asJson([]))).toMatchObject([{ kind: "header", problems: [] }]);
    expect(await events(asNdjson([]))).toMatchObject([{ kind: "header", problems: [] }]);
    const content = asNdjson([await document(1)]);
    expect((await events(content)).at(-1)?.end).toBe(new TextEncoder().encode(content).length - 1);
  });

  it("may leave out what can be made up", async () => {
    const annotations = [{ label: "claim", fragments: [[0, 1]] }];
    const [, event] = await events(asNdjson([{ title: "Short", text: TEXT, annotations }]));
    expect(event).toMatchObject({
      problems: [],
      document: {
        id: null,
        metadata: {},
        createdAt: null,
        annotations: [{ id: null, createdBy: null, note: "", origin: "IMPORT", version: 1 }],
      },
    });
  });

  it("is gone on with from any document", async () => {
    const documents = [await document(1), { bad: true }, await document(3)];
    for (const content of [asJson(documents), asNdjson(documents)]) {
      const [head, ...rest] = await events(content, { from: 2 });
      expect(head?.kind).toBe("header");
      expect(rest).toMatchObject([{ ordinal: 2, document: { id: id("d", 3) } }]);
    }
  });
});

describe("what is wrong", () => {
  it("is named with line and column, and the rest is read", async () => {
    const bad = await document(1, {
      sha256: "0".repeat(64),
      annotations: [{ ...annotation(1, [[0, 99]], "x"), label: "nobody" }, annotation(1, [[0, 1]], "wrong")],
      relations: [],
      comments: [],
    });
    const good = await document(2);
    const lines = await events(asNdjson([bad, good]));
    expect(lines.map((event) => event.kind === "document" && event.document !== null)).toEqual([
      false,
      false,
      true,
    ]);
    const line = JSON.stringify(bad);
    const column = (part: string) => Array.from(line.slice(0, line.indexOf(part))).length + 1;
    expect(brief(lines[1]?.problems ?? [])).toEqual([
      `2:${column('"000000')} sha256 must be that of the text as UTF-8, ${await sha256(TEXT)}, not "${"0".repeat(60)}…".`,
      `2:${column("[0,99]")} annotations[0].fragments[0] is no place in the text: end must be 0 to 12, the text's length in code points; it is 99.`,
      `2:${column('"nobody"')} annotations[0].label must be the key of a label of the corpus, not "nobody".`,
      `2:${column('"wrong"')} annotations[1].quote must be what fragments mark, "😀", not "wrong".`,
      `2:${Array.from(line.slice(0, line.lastIndexOf(`"${id("f", 1)}"`))).length + 1} annotations[1].id is there twice: ${id("f", 1)}.`,
    ]);
    const spread = JSON.stringify({ ...header, documents: [bad, good] }, null, 1);
    const found = (await problems(spread)).map((problem) => ({
      ...problem,
      text: spread.split("\n")[(problem.line ?? 0) - 1],
    }));
    expect(found[2]).toMatchObject({
      message: expect.stringContaining("documents[0].annotations[0].label"),
      column: 15,
    });
    expect(found[2]?.text).toContain('"nobody"');
  });

  const FLAWS: [name: string, change: object, message: RegExp][] = [
    ["no text", { text: undefined }, /^text is missing; it must be a text\.$/],
    ["a NUL", { text: "a\0" }, /^text has a NUL at position 1/],
    ["half a character", { title: "\ud83d" }, /^title has a lone surrogate at position 0/],
    ["a blank title", { title: " " }, /^title must not be blank/],
    ["too long a text", { text: "x".repeat(1_001) }, /^text has 1001 characters; at most 1000 are accepted/],
    ["a language that is none", { language: "no language" }, /^language must be a language tag/],
    ["an id that is none", { id: "one" }, /^id must be a UUID, not "one"/],
    ["30 February", { createdAt: "2026-02-30T00:00:00.000Z" }, /^createdAt must be a time like/],
    ["a time without a zone", { createdAt: "2026-02-20T00:00:00.000" }, /^createdAt must be a time like/],
    ["microseconds", { createdAt: "2026-02-20T00:00:00.000001Z" }, /^createdAt must be a time like/],
    ["metadata that is a list", { metadata: [] }, /^metadata must be an object, not a list/],
    [
      "long metadata",
      { metadata: { a: "x".repeat(300) } },
      /^metadata is 308 characters of JSON; at most 200/,
    ],
    ["a NUL in a key", { metadata: { a: { "\0": 1 } } }, /^metadata\.a has a NUL/],
    ["a relation to nowhere", { annotations: [] }, /^relations\[0\]\.source must be the id of an annotation/],
    [
      "annotations that are none",
      { annotations: [1], relations: [], comments: [] },
      /^annotations\[0\] must be an object, not 1/,
    ],
  ];
  it.each(FLAWS)("%s", async (_name, change, message) => {
    const content = asNdjson([await document(1, change)]);
    const [first] = await problems(content);
    expect(first?.message).toMatch(message);
    expect(first).toMatchObject({ line: 2, severity: "error" });
  });

  it("a relation twice, one to itself, one of no type; an author of no name", async () => {
    const [first] = (await document(1)).relations;
    const relations = [
      first,
      { ...first, id: id("6", 2) },
      { ...first, id: id("6", 3), target: first?.source },
      { ...first, id: id("6", 4), type: "x", createdBy: id("b", 2) },
    ];
    expect(
      (await problems(asNdjson([await document(1, { relations })]))).map(({ message }) => message),
    ).toEqual([
      "relations[1] says the same as another: type, source and target.",
      "relations[2].target must be another annotation than source.",
      'relations[3].type must be the key of a relation type of the corpus, not "x".',
      `relations[3].createdBy must be the id of one of users, not "${id("b", 2)}".`,
    ]);
  });

  it("bad JSON and bad UTF-8, at their very place", async () => {
    const good = JSON.stringify(await document(2));
    const head = JSON.stringify(header);
    expect(brief(await problems(`${head}\n{"title": tru}\n${good}\n`))).toEqual([
      "2:11 This is not JSON: A value was expected here.",
    ]);
    expect(brief(await problems(`${head}\n{"title":"a\tb"}\n{"text":"\\q"}\n{"a":1`))).toEqual([
      "2:12 This is not JSON: This character can't stand in a text as it is.",
      "3:10 This is not JSON: This escape is none.",
      "4:7 This is not JSON: It ends too early.",
    ]);
    const json = `{${head.slice(1, -1)},"documents":[\n{"a":01},\n${good}]}`;
    expect(brief(await problems(json))).toEqual([
      "2:7 documents[0]: This is not JSON: A comma or } was expected here.",
    ]);
    const bytes = Uint8Array.of(
      ...new TextEncoder().encode(`${head}\n{"é":"`),
      0xff,
      ...new TextEncoder().encode('"}\n'),
    );
    expect(brief(await problems(bytes))).toEqual(["2:7 This is not UTF-8."]);
  });

  it("a file that breaks off, goes on too long or is none at all", async () => {
    const content = asJson([await document(1), await document(2)]);
    const cut = await events(content.slice(0, -100));
    expect(cut.map(({ kind }) => kind)).toEqual(["header", "document", "broken"]);
    expect(cut.at(-1)?.problems[0]?.message).toBe(
      "The file ends too early; what is whole before that was read.",
    );
    expect(await problems(`${content}{}`)).toMatchObject([
      { message: "Nothing may follow the end of the corpus.", line: 2 },
    ]);
    const none = async (text: string) => {
      const [event] = await events(text);
      expect(event).toMatchObject({ kind: "header", header: null });
      return event?.problems[0]?.message;
    };
    expect(await none("")).toBe("The file is empty.");
    expect(await none("id,text\n1,a")).toMatch(/^This is no Concord corpus: it must start with \{/);
    expect(await none('{"a":1}')).toBe('format must be "concord-corpus"; it is missing.');
    expect(await none(asJson([], { ...header, version: 2 }))).toBe("version must be 1, not 2.");
    expect(await none('{"documents":[],"format":"concord-corpus"}')).toMatch(/^format must be/);
    expect(await none('{"format" 1}')).toBe("A colon was expected here.");
    expect((await problems(asJson([]), { format: "ndjson" }))[0]?.message).toMatch(
      /^This is json, not ndjson/,
    );
    expect((await problems(asNdjson([]), { format: "json" }))[0]?.message).toMatch(
      /^This is ndjson, not json/,
    );
  });

  it("a codebook that does not hold together", async () => {
    const labels = [
      { ...label, parent: "b" },
      { ...label, id: id("c", 2), key: "b", parent: "claim" },
      { ...label, key: "d", shortcut: null, parent: "z" },
    ];
    const project = { ...header.project, labels, relationTypes: [{ key: "r", sourceLabels: ["nobody"] }] };
    const content = JSON.stringify({ ...header, project }, null, 2);
    const found = await problems(content);
    expect(found.map(({ message }) => message)).toEqual([
      `project.labels[2].id is there twice: "${id("c", 1)}".`,
      'project.labels[1].shortcut is there twice: "c".',
      'project.labels[0].parent leads back to the label itself, "claim".',
      'project.labels[1].parent leads back to the label itself, "b".',
      'project.labels[2].parent is no label of the corpus: "z".',
      'project.relationTypes[0].sourceLabels[0] is no label of the corpus: "nobody".',
    ]);
    expect(content.split("\n")[(found[5]?.line ?? 0) - 1]).toContain('"nobody"');
  });

  it("unknown members are warned about once a file", async () => {
    const odd = async (number: number) =>
      document(number, {
        annotations: [{ ...annotation(1, [[0, 1]], "😀"), mood: 1 }],
        relations: [],
        comments: [],
      });
    const list = await events(asNdjson([await odd(1), await odd(2)]));
    expect(list.flatMap((event) => event.problems)).toMatchObject([
      {
        severity: "warning",
        line: 2,
        message: "annotations[0].mood is not known and was left out, here and in every other annotation.",
      },
    ]);
    expect(list.filter((event) => event.kind === "document" && event.document !== null)).toHaveLength(2);
  });

  it("deep nesting is refused before it is read", async () => {
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    const list = await events(
      `${JSON.stringify(header)}\n{"metadata":${deep}}\n${JSON.stringify(await document(1))}\n`,
    );
    expect(list[1]?.problems[0]?.message).toBe("This is nested more than 120 levels deep.");
    expect(list[2]).toMatchObject({ problems: [] });
  });
});

it("survives any damage, quickly", async () => {
  const content = new TextEncoder().encode(asJson([await document(1), await document(2)]));
  const lines = new TextEncoder().encode(asNdjson([await document(1), await document(2)]));
  const start = performance.now();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(content, lines),
      fc.array(
        fc.tuple(
          fc.nat(content.length - 1),
          fc.oneof(fc.constantFrom(...'{}[]",:\\\n'), fc.string({ unit: "binary" })),
        ),
        {
          minLength: 1,
          maxLength: 8,
        },
      ),
      fc.integer({ min: 1, max: 500 }),
      async (original, edits, size) => {
        const bytes = original.slice();
        for (const [at, put] of edits)
          bytes.set(
            new TextEncoder().encode(put).slice(0, Math.max(0, bytes.length - at)),
            Math.min(at, bytes.length),
          );
        const list = await events(bytes, {}, size);
        const [first] = list;
        expect(first?.kind).toBe("header");
        for (const { problems: found } of list) {
          for (const problem of found) {
            expect(problem.message.isWellFormed() && !problem.message.includes("\0")).toBe(true);
          }
        }
      },
    ),
    { numRuns: 1_000 },
  );
  expect(performance.now() - start).toBeLessThan(25_000);
}, 30_000);
