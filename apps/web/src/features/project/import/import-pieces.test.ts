// Cutting an import into requests.
import { describe, expect, test } from "vitest";
import { type Draft, draftFromText } from "./draft.ts";
import { afterRefusal, refusedIndex, toPieces } from "./import-pieces.ts";

const makeDrafts = (count: number, text = "x"): Draft[] =>
  Array.from({ length: count }, () => draftFromText(text, null));

describe("toPieces", () => {
  test("keeps every draft, in order", () => {
    const drafts = makeDrafts(120);
    expect(toPieces(drafts).flat()).toEqual(drafts);
  });

  test("cuts by number and by size, and a giant goes alone", () => {
    expect(toPieces(makeDrafts(120)).map((piece) => piece.length)).toEqual([50, 50, 20]);
    const giant = draftFromText("y".repeat(5_000_000), null);
    expect(toPieces([...makeDrafts(2), giant, ...makeDrafts(1)]).map((piece) => piece.length)).toEqual([
      2, 1, 1,
    ]);
  });

  test("nothing is no request", () => {
    expect(toPieces([])).toEqual([]);
  });
});

test("finds the document an error is about", () => {
  expect(refusedIndex("input.documents[0].text")).toBe(0);
  expect(refusedIndex("i.documents[12].title")).toBe(12);
  expect(refusedIndex("input.projectId")).toBeNull();
  expect(refusedIndex(null)).toBeNull();
});

test("after a refusal the others are tried again", () => {
  const [a, b, c] = makeDrafts(3);
  if (!a || !b || !c) throw new Error("three drafts were asked for");
  expect(afterRefusal([a, b, c], 1)).toEqual({ refused: b, again: [[a, c]] });
  expect(afterRefusal([a, b], null)).toEqual({ refused: null, again: [[a], [b]] });
  expect(afterRefusal([a], null)).toEqual({ refused: a, again: [] });
});
