import { createOffsetMap, type Fragment } from "@concord/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareDocuments, completed, messages, read, view, write, zipOf } from "../arbitrary-corpus.ts";
import { fixture } from "../arbitrary-fixtures.ts";
import type { CorpusDocument } from "../corpus.ts";
import { brat } from "./format.ts";

const BREAK = /[\n\r\u0085\u2028]/;

/** What of a document brat can mark: parts without line breaks at their edges, joined where only such stand between. */
function markable(document: CorpusDocument): CorpusDocument {
  const characters = Array.from(document.text);
  const isBreak = (at: number) => BREAK.test(characters[at] ?? "");
  const annotations = document.annotations.flatMap((annotation) => {
    const marked = annotation.fragments
      .flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index))
      .filter((at) => !isBreak(at));
    const fragments: Fragment[] = [];
    for (const at of marked) {
      const last = fragments.at(-1);
      const between =
        last === undefined
          ? []
          : Array.from({ length: at - last.end }, (_, index) => (last?.end ?? 0) + index);
      if (last !== undefined && isJoined(annotation.fragments, last.end, at) && between.every(isBreak))
        last.end = at + 1;
      else fragments.push({ start: at, end: at + 1 });
    }
    return fragments.length === 0 ? [] : [{ ...annotation, fragments }];
  });
  return { ...document, annotations };
}

/** Parts of one fragment are joined, and so are fragments with nothing but line breaks between them. */
function isJoined(fragments: readonly Fragment[], end: number, start: number): boolean {
  return end < start || fragments.some((fragment) => fragment.start < end && start < fragment.end);
}

describe("brat", () => {
  it("gives back what it was given, for any corpus", async () => {
    await fc.assert(
      fc.asyncProperty(bareDocuments, fc.constantFrom(61, 500, 65_536), async (bare, size) => {
        const documents = await Promise.all(bare.map(completed));
        const { bytes, left } = await write("brat", documents);
        const back = await read("corpus.zip", bytes, { size });
        expect(messages(back.problems.filter(({ severity }) => severity === "error"))).toEqual([]);
        expect(back.documents.map((document) => view(document, brat.carries))).toEqual(
          documents.map((document) => view(markable(document), brat.carries)),
        );
        for (const document of documents) {
          const named = left.map(({ message }) => message).join("\n");
          if (document.comments.length > 0) expect(named).toContain("comment");
          const kept = markable(document);
          const changed =
            kept.annotations.length !== document.annotations.length ||
            kept.annotations.some(
              ({ fragments }, index) =>
                JSON.stringify(fragments) !== JSON.stringify(document.annotations[index]?.fragments),
            );
          if (changed) expect(named).toMatch(/line breaks/);
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it("cuts a span at a line break, so that brat reads it", async () => {
    const text = "New\nYork 😀";
    const { documents } = await read(
      "a.zip",
      (await write("brat", [await spanned(text, [{ start: 0, end: 10 }])])).bytes,
    );
    expect(documents[0]?.annotations[0]?.fragments).toEqual([{ start: 0, end: 10 }]);
  });

  it("says which line is wrong, and keeps the document out", async () => {
    const { documents, problems } = await read(
      "a.zip",
      await zipOf({ "a.txt": "One two", "a.ann": "T1\tX 0 3\tOne\nT2\tX 4\ttwo\nQ\n", "b.txt": "Good" }),
    );
    expect(messages(problems)).toEqual([
      'error a.ann:2:1 T2: a type and pairs of positions were expected, like "Person 0 5;8 12", not "X 4".',
      'error a.ann:3:1 A line starts with T, E, R, A, M, N, # or *, not "Q".',
    ]);
    expect(documents.map(({ title }) => title)).toEqual(["b"]);
  });

  it("names the first twenty problems of a document, and counts the others", async () => {
    const { problems } = await read("a.zip", await zipOf({ "a.txt": "One", "a.ann": "Q\n".repeat(25) }));
    expect(problems.map(({ line }) => line)).toEqual([...Array.from({ length: 20 }, (_, at) => at + 1), 1]);
    expect(problems.at(-1)?.message).toBe("5 more of such problems in this document.");
  });

  it("finds positions that were counted in UTF-16, and says so", async () => {
    const { documents, problems } = await read(
      "a.zip",
      await zipOf({ "a.txt": "😀 one two one", "a.ann": "T1\tX 7 10\ttwo\n" }),
    );
    expect(documents[0]?.annotations[0]?.fragments).toEqual([{ start: 6, end: 9 }]);
    expect(messages(problems)).toEqual([
      'warning a.ann:1:1 "X" at 7–10 was moved to 6–9: its positions are UTF-16 units ("two").',
    ]);
  });

  it("refuses a quote that stands nowhere, or in two places", async () => {
    const { problems } = await read(
      "a.zip",
      await zipOf({ "a.txt": "one two one", "a.ann": "T1\tX 4 7\tone\nT2\tX 0 3\tsix\n" }),
    );
    expect(messages(problems)).toEqual([
      'error a.ann:1:1 "X" at 4–7 can\'t be placed: "one" stands in 2 places.',
      'error a.ann:2:1 "X" at 0–3 can\'t be placed: "six" is nowhere in the text.',
    ]);
  });

  it.skipIf(fixture("brat/news-000-introduction.ann") === null)("reads brat's own tutorials", async () => {
    const names = [
      "news-000-introduction",
      "news-070-editing_relation_annotations",
      "news-110-note_annotation",
      "bio-100-attribute_annotation",
    ];
    const files: Record<string, string> = { "annotation.conf": fixture("brat/annotation-news.conf") ?? "" };
    for (const name of names)
      for (const end of [".ann", ".txt"]) files[name + end] = fixture(`brat/${name}${end}`) ?? "";
    const { documents, header, problems } = await read("brat.zip", await zipOf(files));
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(
      documents.map(({ title, annotations, relations }) => [title, annotations.length, relations.length]),
    ).toMatchInlineSnapshot(`
      [
        [
          "news-000-introduction",
          7,
          6,
        ],
        [
          "news-070-editing_relation_annotations",
          9,
          4,
        ],
        [
          "news-110-note_annotation",
          14,
          8,
        ],
        [
          "bio-100-attribute_annotation",
          24,
          16,
        ],
      ]
    `);
    const [introduction] = documents;
    const labelOf = new Map(introduction?.annotations.map(({ id, label }) => [id, label]));
    expect(
      introduction?.relations.map(
        ({ type, source, target }) => `${labelOf.get(source)} ${type} ${labelOf.get(target)}`,
      ),
    ).toMatchInlineSnapshot(`
      [
        "Transfer-money Giver-Arg Organization",
        "Transfer-money Money-Arg Money",
        "Transfer-money Beneficiary-Arg Person",
        "Transfer-money Recipient-Arg Organization",
        "Organization Origin GPE",
        "Person Family Person",
      ]
    `);
    expect(
      introduction?.annotations
        .filter(({ note, attributes }) => note !== "" || Object.keys(attributes).length > 0)
        .map(({ label, note, attributes }) => ({ label, note, attributes })),
    ).toMatchInlineSnapshot(`
      [
        {
          "attributes": {},
          "label": "Money",
          "note": "100000000 USD",
        },
        {
          "attributes": {
            "Confidence": "High",
          },
          "label": "Transfer-money",
          "note": "",
        },
        {
          "attributes": {
            "Individual": true,
            "Mention": "Name",
          },
          "label": "Person",
          "note": "",
        },
        {
          "attributes": {
            "Individual": true,
            "Mention": "Nominal",
            "Reference": "Wikipedia:64488",
            "Reference text": "Carlos Salinas de Gortari",
          },
          "label": "Person",
          "note": "",
        },
      ]
    `);
    expect(
      header?.labels.map(({ key, parent }) => (parent === null ? key : `${parent}/${key}`)),
    ).toMatchInlineSnapshot(`
      [
        "Person",
        "Organization",
        "GPE",
        "Money",
        "Life",
        "Life/Be-born",
        "Life/Marry",
        "Life/Divorce",
        "Life/Die",
        "Transaction",
        "Transaction/Transfer-ownership",
        "Transaction/Transfer-money",
        "Business",
        "Business/Start-org",
        "Business/Merge-org",
        "Business/End-org",
        "Report",
        "Protein",
        "Binding",
      ]
    `);
    const again = await read("again.zip", (await write("brat", documents, header ?? undefined)).bytes);
    expect(again.documents.map((document) => view(document, brat.carries))).toEqual(
      documents.map((document) => view(document, brat.carries)),
    );
  });
});

async function spanned(text: string, fragments: Fragment[]): Promise<CorpusDocument> {
  const [document] = (await read("a.zip", await zipOf({ "a.txt": text, "a.ann": "" }))).documents;
  if (document === undefined) throw new Error("no document");
  const annotation = {
    ...{ id: null, label: "X", fragments, attributes: {}, note: "", origin: "HUMAN" as const, version: 1 },
    ...{ createdBy: null, createdAt: null, updatedBy: null, updatedAt: null },
  };
  return { ...document, offsets: createOffsetMap(text), annotations: [annotation] };
}
