import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareDocuments, completed, messages, read, view, write } from "../arbitrary-corpus.ts";
import { fixture } from "../arbitrary-fixtures.ts";
import { labelstudio } from "./format.ts";

describe("Label Studio", () => {
  it("gives back what it was given, for any corpus", async () => {
    await fc.assert(
      fc.asyncProperty(bareDocuments, fc.integer({ min: 1, max: 300 }), async (bare, size) => {
        const documents = await Promise.all(bare.map(completed));
        const { bytes, left } = await write("labelstudio", documents);
        const back = await read("tasks.json", bytes, { size });
        expect(messages(back.problems)).toEqual([]);
        expect(back.documents.map((document) => view(document, labelstudio.carries))).toEqual(
          documents.map((document) => view(document, labelstudio.carries)),
        );
        expect(left.some(({ message }) => message.includes("comment"))).toBe(
          documents.some(({ comments }) => comments.length > 0),
        );
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it("reads regions, relations, choices and predictions of several people", async () => {
    const region = (id: string, start: number, end: number, text: string, label: string) => ({
      id,
      type: "labels",
      from_name: "label",
      to_name: "text",
      value: { start, end, text, labels: [label] },
    });
    const task = {
      id: 7,
      data: { text: "😀 Ann met Bo.", source: "wire", image: "https://example.org/a.png" },
      annotations: [
        {
          id: 1,
          completed_by: { id: 3, email: "ilse@example.org" },
          created_at: "2026-03-12T09:30:00.120000Z",
          result: [
            region("a", 3, 6, "Ann", "Person"),
            region("b", 11, 13, "Bo", "Person"),
            { type: "relation", from_id: "a", to_id: "b", direction: "left", labels: ["met by"] },
            {
              id: "a",
              type: "choices",
              from_name: "sex",
              to_name: "text",
              value: { start: 3, end: 6, choices: ["f"] },
            },
            { id: "q", type: "choices", from_name: "mood", to_name: "text", value: { choices: ["calm"] } },
          ],
        },
        { id: 2, was_cancelled: true, result: [] },
      ],
      // Counted in code points, by a script.
      predictions: [
        {
          model_version: "m",
          result: [
            region("a", 2, 5, "Ann", "Name"),
            { id: "z", type: "rectanglelabels", from_name: "box", value: { x: 1, rectanglelabels: ["Car"] } },
          ],
        },
      ],
    };
    const { documents, header, problems } = await read("tasks.json", JSON.stringify([task]));
    const [document] = documents;
    const quotes = new Map(
      document?.annotations.map(({ id, fragments }) => [
        id,
        document.offsets.slice(fragments[0]!.start, fragments[0]!.end),
      ]),
    );
    expect(
      document?.annotations.map(({ label, fragments, attributes, origin, createdAt }) => [
        label,
        fragments[0],
        attributes,
        origin,
        createdAt,
      ]),
    ).toEqual([
      ["Person", { start: 2, end: 5 }, { sex: "f" }, "IMPORT", "2026-03-12T09:30:00.120Z"],
      ["Person", { start: 10, end: 12 }, {}, "IMPORT", "2026-03-12T09:30:00.120Z"],
      ["Name", { start: 2, end: 5 }, {}, "SUGGESTION", null],
    ]);
    expect(
      document?.relations.map(({ type, source, target }) => [quotes.get(source), type, quotes.get(target)]),
    ).toEqual([["Bo", "met by", "Ann"]]);
    expect(document?.metadata).toEqual({
      source: "wire",
      image: "https://example.org/a.png",
      mood: ["calm"],
    });
    expect(header?.users.map(({ name }) => name)).toEqual(["ilse@example.org"]);
    expect(document?.annotations[0]?.createdBy).toBe(header?.users[0]?.id);
    expect(messages(problems)).toEqual([
      "warning :1:2 Left out: annotations that were cancelled (1), rectanglelabels regions (1).",
    ]);
  });

  it("says where a region is wrong", async () => {
    const tasks = [
      {
        data: { text: "One" },
        annotations: [{ result: [{ id: "a", type: "labels", value: { start: 0, end: 9, labels: ["X"] } }] }],
      },
      { data: { image: "/a.png" } },
      { data: { text: "Two" } },
    ];
    const { documents, problems } = await read("tasks.json", JSON.stringify(tasks, null, 1), {
      format: "labelstudio",
    });
    expect(documents.map(({ text }) => text)).toEqual(["Two"]);
    expect(messages(problems)).toMatchInlineSnapshot(`
      [
        "error :9:6 A region has start and end from 0 to 3, the text's length in UTF-16 units, not 0 and 9.",
        "error :24:2 The task has no text in its data; images, sound and tables of other things are not read.",
      ]
    `);
  });

  it.skipIf(fixture("labelstudio/test_export_csv-csv_test.json") === null)(
    "reads the text of tasks that are about images",
    async () => {
      const { documents, problems } = await read(
        "csv_test.json",
        fixture("labelstudio/test_export_csv-csv_test.json") ?? "",
      );
      expect(
        documents.map(({ text, annotations, metadata }) => [text, annotations.length, Object.keys(metadata)]),
      ).toMatchInlineSnapshot(`
        [
          [
            "Calif. wildfires signal the arrival of a planetary fire age https://t.co/Vvo9noqQfA",
            0,
            [
              "audio",
              "image",
            ],
          ],
          [
            "The Supreme Court won’t hear a challenge from gun maker Remington to a lawsuit brought by families of victims kille… https://t.co/k8ocrhV7Qj",
            0,
            [
              "audio",
              "image",
            ],
          ],
        ]
      `);
      expect(messages(problems)).toMatchInlineSnapshot(`
        [
          "warning :1:2 Left out: reviews (1), rectanglelabels regions (2).",
          "warning :1:2894 Left out: reviews (1), rectanglelabels regions (3).",
        ]
      `);
    },
  );
});
