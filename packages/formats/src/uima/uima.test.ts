import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareDocuments, completed, messages, read, view, write, zipOf } from "../arbitrary-corpus.ts";
import { fixture } from "../arbitrary-fixtures.ts";
import { brat } from "../brat/format.ts";
import { uima } from "./format.ts";
import { fromIdentifier, toIdentifier } from "./names.ts";

describe("UIMA CAS", () => {
  it("gives back what it was given, for any corpus", async () => {
    await fc.assert(
      fc.asyncProperty(bareDocuments, fc.constantFrom(61, 500, 65_536), async (bare, size) => {
        const documents = await Promise.all(bare.map(completed));
        const { bytes, left } = await write("uima", documents);
        const back = await read("corpus.zip", bytes, { size });
        expect(messages(back.problems)).toEqual([]);
        expect(back.documents.map((document) => view(document, uima.carries))).toEqual(
          documents.map((document) => view(document, uima.carries)),
        );
        expect(left.some(({ message }) => message.includes("comment"))).toBe(
          documents.some(({ comments }) => comments.length > 0),
        );
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it("makes names that come back, whatever the key", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "grapheme", minLength: 1 }),
          fc.constantFrom("x_x20_", "_x20_", "begin", "x", "2x", "a b", "_", "xx_x41_"),
        ),
        (key) => {
          fc.pre(key.isWellFormed());
          expect(toIdentifier(key)).toMatch(/^[A-Za-z]\w*$/);
          expect(fromIdentifier(toIdentifier(key))).toBe(key);
        },
      ),
    );
  });

  it("goes from brat to Concord to CAS to Concord and is the same", async () => {
    const files = {
      "a.txt": "😀 Citibank moved\n$100 to Raul.",
      "a.ann":
        "T1\tOrg 2 10\tCitibank\nT2\tMove 11 16\tmoved\nT3\tMoney 17 21;22 24\t$100 to\nE1\tMove:T2 Giver:T1\nA1\tSure E1 High\n#1\tAnnotatorNotes T3\tUSD\n",
    };
    const first = await read("brat.zip", await zipOf(files));
    const concord = await write("concord", first.documents, first.header ?? undefined);
    const second = await read("corpus.ndjson", concord.bytes);
    const third = await read(
      "cas.zip",
      (await write("uima", second.documents, second.header ?? undefined)).bytes,
    );
    const { documents } = third;
    const last = await read(
      "corpus.ndjson",
      (await write("concord", documents, first.header ?? undefined)).bytes,
    );
    const seen = (list: typeof documents) => list.map((document) => view(document, brat.carries));
    expect(seen(first.documents)).toMatchObject([
      { title: "a", relations: [expect.stringContaining("Giver")] },
    ]);
    expect(seen(last.documents)).toEqual(seen(first.documents));
  });

  it("reads INCEpTION's layers, links and relations, and names what it leaves out", async () => {
    const structures = [
      {
        "%ID": 1,
        "%TYPE": "uima.cas.Sofa",
        sofaNum: 1,
        sofaID: "_InitialView",
        mimeType: "text",
        sofaString: "😀 Ann met Bo.",
      },
      {
        "%ID": 2,
        "%TYPE": "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity",
        "@sofa": 1,
        begin: 3,
        end: 6,
        value: "PER",
      },
      { "%ID": 3, "%TYPE": "webanno.custom.Event", "@sofa": 1, begin: 7, end: 10, sure: true, "@who": 5 },
      { "%ID": 4, "%TYPE": "webanno.custom.EventWhoLink", role: "agent", "@target": 2 },
      { "%ID": 5, "%TYPE": "webanno.custom.EventWhoLink[]", "%ELEMENTS": [4] },
      {
        "%ID": 6,
        "%TYPE": "webanno.custom.Likes",
        "@sofa": 1,
        begin: 3,
        end: 6,
        "@Governor": 3,
        "@Dependent": 2,
        label: "likes",
      },
      {
        "%ID": 7,
        "%TYPE": "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token",
        "@sofa": 1,
        begin: 3,
        end: 6,
      },
      { "%ID": 8, "%TYPE": "webanno.custom.Event", "@sofa": 1, begin: 7, end: 7 },
    ];
    const { documents, problems } = await read(
      "a.json",
      JSON.stringify({ "%TYPES": {}, "%FEATURE_STRUCTURES": structures, "%VIEWS": {} }),
    );
    const [document] = documents;
    const quotes = new Map(
      document?.annotations.map(({ id, fragments }) => [
        id,
        document.offsets.slice(fragments[0]!.start, fragments[0]!.end),
      ]),
    );
    expect(
      document?.annotations.map(({ id, label, attributes }) => [quotes.get(id), label, attributes]),
    ).toEqual([
      ["Ann", "NamedEntity", { value: "PER" }],
      ["met", "Event", { sure: true }],
    ]);
    expect(
      document?.relations.map(({ type, source, target }) => [quotes.get(source), type, quotes.get(target)]),
    ).toEqual([
      ["met", "agent", "Ann"],
      ["met", "likes", "Ann"],
    ]);
    expect(messages(problems)).toMatchInlineSnapshot(`
      [
        "warning :1:723 An annotation without any text at 7 is left out.",
        "warning :1:37 Layers that say how the text is built are left out: Token (1).",
      ]
    `);
  });

  it("says where a position is wrong", async () => {
    const structures = [
      { "%ID": 1, "%TYPE": "uima.cas.Sofa", sofaString: "Ann" },
      { "%ID": 2, "%TYPE": "x.Y", "@sofa": 1, begin: 0, end: 9 },
    ];
    const { problems } = await read(
      "a.json",
      JSON.stringify({ "%TYPES": {}, "%FEATURE_STRUCTURES": structures }, null, 2),
    );
    expect(messages(problems)).toEqual([
      "error :9:5 begin and end are from 0 to 3, the text's length in UTF-16 units; they are 0 and 9.",
    ]);
  });

  it.skipIf(fixture("uima/emptyCas.json") === null)("reads dkpro-cassis' own files", async () => {
    const seen = async (name: string) => {
      const { documents, problems } = await read(name, fixture(`uima/${name}`) ?? "");
      return {
        texts: documents.map(({ text }) => text),
        quotes: documents.flatMap(({ annotations, offsets }) =>
          annotations.map(({ fragments }) => offsets.slice(fragments[0]!.start, fragments[0]!.end)),
        ),
        problems: messages(problems),
      };
    };
    expect(await seen("casWithTextAndAnnotations.json")).toEqual({
      texts: ["This is a test"],
      quotes: ["This", "is", "a", "test"],
      problems: [],
    });
    expect(await seen("casWithTraditionalChineseTextAndAnnotations.json")).toEqual({
      texts: ["這是一個測試"],
      quotes: ["這", "是", "一個", "測試"],
      problems: [],
    });
    expect(await seen("emptyCas.json")).toEqual({
      texts: [],
      quotes: [],
      problems: ["error :1:1 The CAS is empty: it has no text."],
    });
  });
});
