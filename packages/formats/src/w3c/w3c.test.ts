import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareDocuments, completed, messages, read, view, write, zipOf } from "../arbitrary-corpus.ts";
import { fixture } from "../arbitrary-fixtures.ts";
import { w3c } from "./format.ts";

describe("Web Annotation", () => {
  it("gives back what it was given, ids too, for any corpus", async () => {
    await fc.assert(
      fc.asyncProperty(bareDocuments, fc.constantFrom(61, 500, 65_536), async (bare, size) => {
        const documents = await Promise.all(bare.map(completed));
        const back = await read("corpus.zip", (await write("w3c", documents)).bytes, { size });
        expect(messages(back.problems)).toEqual([]);
        expect(back.documents.map((document) => view(document, w3c.carries))).toEqual(
          documents.map((document) => view(document, w3c.carries)),
        );
        expect(back.documents.map(({ annotations }) => annotations.map(({ id }) => id))).toEqual(
          documents.map(({ annotations }) => annotations.map(({ id }) => id)),
        );
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  const page = (...items: object[]) =>
    JSON.stringify(
      { "@context": "http://www.w3.org/ns/anno.jsonld", type: "AnnotationPage", items },
      null,
      1,
    );
  const tag = [{ type: "TextualBody", purpose: "tagging", value: "X" }];
  const quoting = (exact: string, more: object = {}) => ({
    type: "Annotation",
    body: tag,
    target: { source: "a.txt", selector: { type: "TextQuoteSelector", exact, ...more } },
  });

  it("finds a quote by what stands around it, and refuses one that could be either", async () => {
    const text = "one two one";
    const found = await read(
      "a.zip",
      await zipOf({ "a.txt": text, "a.jsonld": page(quoting("one", { prefix: "two " })) }),
    );
    expect(found.documents[0]?.annotations[0]?.fragments).toEqual([{ start: 8, end: 11 }]);
    const either = await read(
      "a.zip",
      await zipOf({ "a.txt": text, "a.jsonld": page(quoting("two"), quoting("one")) }),
    );
    expect(messages(either.problems)).toEqual([
      'error a.jsonld:22:3 "X" at no position can\'t be placed: "one" stands in 2 places.',
    ]);
  });

  it("takes a collection, and positions that a browser counted", async () => {
    const selector = [
      { type: "TextQuoteSelector", exact: "Bo" },
      { type: "TextPositionSelector", start: 3, end: 5 },
    ];
    const collection = {
      "@context": "http://www.w3.org/ns/anno.jsonld",
      type: "AnnotationCollection",
      first: {
        type: "AnnotationPage",
        items: [
          {
            type: "Annotation",
            motivation: "commenting",
            body: { type: "TextualBody", value: "Who?" },
            target: { source: "a.txt", selector },
          },
        ],
      },
    };
    const { documents, problems } = await read(
      "a.zip",
      await zipOf({ "a.txt": "😀 Bo", "a.jsonld": JSON.stringify(collection) }),
    );
    expect(documents[0]?.annotations.map(({ label, note, fragments }) => [label, note, fragments])).toEqual([
      ["Annotation", "Who?", [{ start: 2, end: 4 }]],
    ]);
    expect(messages(problems)[0]).toContain("its positions are UTF-16 units");
  });

  it.skipIf(fixture("w3c/anno1.json") === null)(
    "says of the working group's samples that their texts are not there",
    async () => {
      for (const name of ["anno1.json", "anno2.json", "anno26.json", "anno27.json"]) {
        const { documents, problems } = await read(name, fixture(`w3c/${name}`) ?? "");
        expect([documents, problems.map(({ message }) => message.slice(0, 43))]).toEqual([
          [],
          ["These are annotations without their text: W"],
        ]);
      }
      const { documents } = await read(
        "a.zip",
        await zipOf({
          "a.txt": "Once more: this is an anotation that has some faults.",
          "a.jsonld": fixture("w3c/anno26.json") ?? "",
        }),
      );
      expect(documents[0]?.annotations[0]?.fragments).toEqual([{ start: 22, end: 31 }]);
    },
  );
});
