import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareDocuments, completed, messages, read, view, write } from "../arbitrary-corpus.ts";
import { fixture } from "../arbitrary-fixtures.ts";
import { doccano } from "./format.ts";

describe("doccano", () => {
  it("gives back what it was given, for any corpus", async () => {
    await fc.assert(
      fc.asyncProperty(bareDocuments, fc.integer({ min: 1, max: 300 }), async (bare, size) => {
        const documents = await Promise.all(bare.map(completed));
        const { bytes, left } = await write("doccano", documents);
        const back = await read("corpus.jsonl", bytes, { size });
        expect(messages(back.problems)).toEqual([]);
        expect(back.documents.map((document) => view(document, doccano.carries))).toEqual(
          documents.map((document) => view(document, doccano.carries)),
        );
        const comments = documents.some(({ comments }) => comments.length > 0);
        expect(left.some(({ message }) => message.includes("comment"))).toBe(comments);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it("keeps metadata of any name, in its own place and beside it", async () => {
    const lines = [
      '{"text":"One","meta":{"__proto__":1,"constructor":2}}',
      '{"text":"Two","__proto__":{"a":1},"b":2}',
    ];
    const { documents } = await read("a.jsonl", lines.join("\n"));
    const again = await read("a.jsonl", (await write("doccano", documents)).bytes);
    for (const found of [documents, again.documents])
      expect(found.map(({ metadata }) => JSON.stringify(metadata))).toEqual([
        '{"__proto__":1,"constructor":2}',
        '{"__proto__":{"a":1},"b":2}',
      ]);
  });

  it("names the line that is wrong, and reads the others", async () => {
    const lines = [
      '{"text":"One","label":[[0,3,"X"]]}',
      '{"text":"Two"',
      '{"label":[]}',
      '{"text":"Two","label":[[0,9,"X"]]}',
      '{"text":"Two","entities":[{"id":1,"start_offset":0,"end_offset":3,"label":"X"}],"relations":[{"from_id":1,"to_id":2,"type":"t"}]}',
      '{"text":"Three","label":[]}',
    ];
    const { documents, problems } = await read("a.jsonl", lines.join("\n"));
    expect(documents.map(({ text }) => text)).toEqual(["One", "Three"]);
    expect(messages(problems)).toMatchInlineSnapshot(`
      [
        "error :2:14 This is not JSON: It ends too early.",
        "error :3:1 There is no text in this line: a member "text" was expected, not undefined.",
        "error :4:1 "X" at 0–9 is no place in the text: end must be 0 to 3, the text's length in code points; it is 9.",
        "error :5:1 The relation "t" from "1" to "2" leads to an annotation that is not there: "2".",
      ]
    `);
  });

  it.skipIf(fixture("doccano/sequence_labeling-example.jsonl") === null)(
    "reads doccano's own examples",
    async () => {
      const spans = await read("sequence.jsonl", fixture("doccano/sequence_labeling-example.jsonl") ?? "");
      expect(
        spans.documents.map(({ text, metadata, annotations }) => [
          text,
          metadata,
          annotations.map(({ label, fragments }) => [label, fragments]),
        ]),
      ).toMatchInlineSnapshot(`
        [
          [
            "exampleA",
            {
              "wikiPageID": 1,
            },
            [
              [
                "LOC",
                [
                  {
                    "end": 1,
                    "start": 0,
                  },
                ],
              ],
            ],
          ],
          [
            "exampleB",
            {
              "wikiPageID": 2,
            },
            [],
          ],
        ]
      `);
      expect(messages(spans.problems)).toMatchInlineSnapshot(`
        [
          "error :3:1 There is no text in this line: a member "text" was expected, not undefined.",
        ]
      `);
      const relations = await read(
        "relation.jsonl",
        fixture("doccano/relation_extraction-example.jsonl") ?? "",
      );
      expect(messages(relations.problems)).toEqual([]);
      const [document] = relations.documents;
      const quotes = new Map(
        document?.annotations.map(({ id, label, fragments }) => [
          id,
          `${label} ${document.offsets.slice(fragments[0]?.start ?? 0, fragments[0]?.end ?? 0)}`,
        ]),
      );
      expect(
        document?.relations.map(
          ({ type, source, target }) => `${quotes.get(source)} ${type} ${quotes.get(target)}`,
        ),
      ).toMatchInlineSnapshot(`
        [
          "ORG Google foundedAt DATE September 4, 1998",
          "ORG Google foundedBy PERSON Larry Page",
          "ORG Google foundedBy PERSON Sergey Brin",
        ]
      `);
    },
  );
});
