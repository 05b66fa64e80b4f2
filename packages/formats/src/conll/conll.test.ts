import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareDocuments, completed, messages, read, view, write } from "../arbitrary-corpus.ts";
import { fixture } from "../arbitrary-fixtures.ts";
import type { CorpusDocument } from "../corpus.ts";
import { runsOf } from "./tags.ts";
import { conllu } from "./universal.ts";

const bare = (text: string) => text.replace(/[\s\p{Cc}]+/gu, "");

/** Annotations that do not overlap, as tags keep them: by label and what is marked, white space aside. */
function flat({ annotations, offsets }: CorpusDocument): [label: string, before: number, quote: string][] {
  const kept: [string, number, string][] = [];
  let last = 0;
  const order = annotations
    .filter(({ fragments }) => fragments.length === 1)
    .toSorted(
      (a, b) => a.fragments[0]!.start - b.fragments[0]!.start || b.fragments[0]!.end - a.fragments[0]!.end,
    );
  for (const { label, fragments } of order) {
    const { start, end } = fragments[0]!;
    const quote = bare(offsets.slice(start, end));
    if (start < last || quote === "") continue;
    kept.push([label, bare(offsets.slice(0, start)).length, quote]);
    last = end;
  }
  return kept;
}

describe.each(["conll", "conllu"] as const)("%s", (format) => {
  it("gives back words and flat spans, and names what it leaves out, for any corpus", async () => {
    await fc.assert(
      fc.asyncProperty(bareDocuments, fc.integer({ min: 1, max: 300 }), async (made, size) => {
        const documents = (await Promise.all(made.map(completed))).filter(({ text }) => bare(text) !== "");
        if (documents.length === 0) return;
        const { bytes, left } = await write(format, documents);
        const back = await read("corpus.conll", bytes, { size, format });
        expect(messages(back.problems)).toEqual([]);
        expect(back.documents.map(({ text }) => bare(text))).toEqual(documents.map(({ text }) => bare(text)));
        expect(back.documents.map(flat)).toEqual(documents.map(flat));
        const said = left.map(({ message }) => message).join("\n");
        for (const document of documents)
          if (flat(document).length < document.annotations.length)
            expect(said).toMatch(/annotations? (?:is|are) left out: |several fragments/);
        if (format === "conllu") {
          const texts = { ...conllu.carries, annotations: false };
          expect(back.documents.map((document) => view(document, texts))).toEqual(
            documents.map((document) => view(document, texts)),
          );
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe("tags", () => {
  it.each([
    ["IOB1", ["I-A", "I-A", "B-A", "O", "I-B", "I-A"], ["A 0-2", "A 2-3", "B 4-5", "A 5-6"]],
    ["IOB2", ["B-A", "I-A", "B-A", "O", "B-B", "B-A"], ["A 0-2", "A 2-3", "B 4-5", "A 5-6"]],
    ["BIOES", ["B-A", "E-A", "S-A", "O", "S-B", "S-A"], ["A 0-2", "A 2-3", "B 4-5", "A 5-6"]],
    ["bare", ["A", "A", "O", "B", "A", "_"], ["A 0-2", "B 3-4", "A 4-5"]],
  ])("are read as %s", (_name, tags, runs) => {
    expect(runsOf(tags).map(({ label, from, to }) => `${label} ${from}-${to}`)).toEqual(runs);
  });
});

describe("real files", () => {
  const found = async (path: string) => {
    const { documents, problems } = await read(path.split("/")[1] ?? "", fixture(path) ?? "");
    return {
      texts: documents.map(({ text }) => text),
      spans: documents.flatMap(flat).slice(0, 4),
      problems: messages(problems),
    };
  };
  it.skipIf(fixture("doccano/sequence_labeling-example.conll") === null)(
    "are read, and what is wrong in them is named",
    async () => {
      expect(await found("doccano/sequence_labeling-example.conll")).toMatchInlineSnapshot(`
        {
          "problems": [],
          "spans": [
            [
              "LOC",
              0,
              "JAPAN",
            ],
            [
              "PER",
              8,
              "NadimLadki",
            ],
          ],
          "texts": [
            "JAPAN GET
        Nadim Ladki",
          ],
        }
      `);
      expect(await found("doccano/sequence_labeling-labeling.invalid.conll")).toMatchInlineSnapshot(`
        {
          "problems": [
            "error :1:1 A token and its tag were expected, with a tab between them, not "SOCCERO SOCCERO SOCCERO".",
          ],
          "spans": [],
          "texts": [],
        }
      `);
      expect((await found("conll/flair-trivial-trivial_bioes-train.txt")).spans).toMatchInlineSnapshot(`
        [
          [
            "LOC",
            6,
            "NewYork",
          ],
          [
            "LOC",
            19,
            "Berlin",
          ],
          [
            "LOC",
            31,
            "NewYork",
          ],
          [
            "LOC",
            44,
            "Berlin",
          ],
        ]
      `);
      const bareTags = await read("a.txt", fixture("conll/flair-span_labels-span_first.txt") ?? "", {
        format: "conll",
      });
      expect(bareTags.documents.flatMap(flat)).toMatchInlineSnapshot(`
        [
          [
            "PARTA",
            17,
            "RAB",
          ],
          [
            "YEAR",
            20,
            "1/2010",
          ],
          [
            "MISC",
            26,
            "Rz8.",
          ],
        ]
      `);
    },
  );
  it("take tokens of several words, and leave columns of CoNLL-U out by name", async () => {
    const lines = [
      "# newdoc id = d1",
      "# text = Il va au bois.",
      "1\tIl\til\tPRON\t_\t_\t2\tnsubj\t_\t_",
      "2\tva\taller\tVERB\t_\t_\t0\troot\t_\t_",
      "3-4\tau\t_\t_\t_\t_\t_\t_\t_\t_",
      "3\tà\t_\t_\t_\t_\t_\t_\t_\t_",
      "4\tle\t_\t_\t_\t_\t_\t_\t_\t_",
      "5\tbois\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|NER=B-LOC",
      "6\t.\t_\t_\t_\t_\t_\t_\t_\t_",
      "",
    ];
    const { documents, problems } = await read("a.conllu", lines.join("\n"));
    expect(documents.map(({ text, sourceId }) => [text, sourceId])).toEqual([["Il va au bois.", "d1"]]);
    expect(documents.flatMap(flat)).toEqual([["LOC", 6, "bois"]]);
    expect(messages(problems)).toEqual([
      "warning :1:1 Lemmas, parts of speech, features and dependencies are left out.",
    ]);
  });
});
