import { describe, expect, it } from "vitest";
import { type Highlight, PLAIN_LOOK } from "./highlight.ts";
import { buildHighlight } from "./highlight-builder.ts";
import { createHighlightIndex } from "./highlight-index.ts";
import { letterAt, type MarginLayout, type MeasuredLetter, placeSigns } from "./margin-letters.ts";
import { createParagraphIndex } from "./paragraph-index.ts";

const WIDE: MarginLayout = { isMirrored: false, right: 77, width: 12, pitch: 15, size: 11, rows: 1 };
const NARROW: MarginLayout = { isMirrored: false, right: 21, width: 10, pitch: 10, size: 10, rows: 2 };

const WIDTH = 600;

/** Nested highlights that all begin on one line. */
function lineOf(count: number, change: (highlight: Highlight) => Highlight = (one) => one): MeasuredLetter[] {
  const index = createHighlightIndex(createParagraphIndex("x".repeat(100)));
  const nested = Array.from({ length: count }, (_, n) => ({
    ...buildHighlight(`h${n}`, [n, 100 - n]),
    letter: String.fromCharCode(65 + n),
  }));
  index.reset(nested.map(change));
  return [...index.all()].map((item) => ({ item, top: 8, height: 18 }));
}

const told = (letters: MeasuredLetter[], layout: MarginLayout) =>
  placeSigns(letters, PLAIN_LOOK, layout, WIDTH)
    .sort((a, b) => a.top - b.top || a.x - b.x)
    .map(({ text }) => text)
    .join("");

describe("placeSigns", () => {
  it("has room for five letters, and tells how many more there are", () => {
    expect(told(lineOf(5), WIDE)).toBe("ABCDE");
    expect(told(lineOf(7), WIDE)).toBe("ABCD+3");
  });

  it("takes a second row on a narrow page", () => {
    expect(told(lineOf(3), NARROW)).toBe("ABC");
    expect(told(lineOf(5), NARROW)).toBe("ABCDE");
    expect(told(lineOf(9), NARROW)).toBe("ABCD+5");
  });

  it("leaves nothing outside of the margin, whatever stands beside the letters", () => {
    const arrival = { initials: "DL", color: "red", at: 0 };
    for (const layout of [WIDE, NARROW])
      for (let count = 1; count < 12; count++)
        for (const change of [
          (one: Highlight) => ({ ...one, arrival }),
          (one: Highlight) => ({ ...one, state: "pending" as const }),
          (one: Highlight) => one,
        ])
          for (const { x, face } of placeSigns(lineOf(count, change), PLAIN_LOOK, layout, WIDTH))
            expect(x).toBeGreaterThanOrEqual(face.kind === "initials" ? 16 : 4);
  });
});

it("stands on the right, in the mirrored order, where lines begin there", () => {
  const signs = placeSigns(lineOf(3), PLAIN_LOOK, { ...WIDE, isMirrored: true }, WIDTH);
  expect(signs.sort((a, b) => a.x - b.x).map(({ text, x }) => [text, x])).toEqual([
    ["C", 517],
    ["B", 532],
    ["A", 547],
  ]);
});

it("finds the letter at a point, in either row", () => {
  const signs = placeSigns(lineOf(5), PLAIN_LOOK, NARROW, WIDTH);
  for (const { text, x, top, height } of signs)
    expect(letterAt(signs, NARROW, x, top + height / 2)).toBe(`h${text.charCodeAt(0) - 65}`);
});
