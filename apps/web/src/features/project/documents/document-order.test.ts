// The order of documents in the table.
import { describe, expect, test } from "vitest";
import {
  nextSort,
  type Sortable,
  sortDocuments,
  sortFromParameter,
  sortToParameter,
} from "./document-order.ts";

function makeDocument(title: string, rest: Partial<Sortable> = {}): Sortable {
  return {
    title,
    language: "en",
    length: 1,
    annotationCount: 0,
    changedAt: "2026-03-01T00:00:00.000Z",
    metadata: {},
    statuses: [],
    ...rest,
  };
}

const titles = (documents: readonly Sortable[]) => documents.map(({ title }) => title);

describe("sortDocuments", () => {
  test("no sort keeps the order they came in", () => {
    expect(titles(sortDocuments([makeDocument("b"), makeDocument("a")], null))).toEqual(["b", "a"]);
  });

  test("titles as people order them: numbers by value, case ignored", () => {
    const documents = ["Letter 10", "letter 2", "À qui", "Bridge"].map((title) => makeDocument(title));
    expect(titles(sortDocuments(documents, { key: "title", descending: false }))).toEqual([
      "À qui",
      "Bridge",
      "letter 2",
      "Letter 10",
    ]);
  });

  test.each([true, false])("what has no date comes last (descending: %s)", (descending) => {
    const documents = [makeDocument("none"), makeDocument("dated", { metadata: { date: "2026-03-05" } })];
    expect(titles(sortDocuments(documents, { key: "date", descending }))).toEqual(["dated", "none"]);
  });

  test("progress: most done first, then those that were begun", () => {
    const documents = [
      makeDocument("new"),
      makeDocument("begun", { statuses: [{ status: "IN_PROGRESS" }] }),
      makeDocument("done", { statuses: [{ status: "DONE" }] }),
    ];
    const sort = nextSort(null, "progress");
    expect(titles(sortDocuments(documents, sort))).toEqual(["done", "begun", "new"]);
  });

  test("equal ones keep their order, also descending", () => {
    const documents = ["x", "y", "z"].map((title) => makeDocument(title, { annotationCount: 3 }));
    expect(titles(sortDocuments(documents, { key: "annotations", descending: true }))).toEqual([
      "x",
      "y",
      "z",
    ]);
  });
});

test("a column's head goes its natural way, the other way, then back", () => {
  const first = nextSort(null, "annotations");
  const second = nextSort(first, "annotations");
  expect([first, second, nextSort(second, "annotations")]).toEqual([
    { key: "annotations", descending: true },
    { key: "annotations", descending: false },
    null,
  ]);
});

test("a sort survives the address", () => {
  const sort = { key: "changed", descending: true } as const;
  expect(sortFromParameter(sortToParameter(sort))).toEqual(sort);
  expect(sortFromParameter("-nonsense")).toBeNull();
});
