/** Quotes and context, against a segmentation of the whole text. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textWithFragments } from "./arbitrary-text.ts";
import { createOffsetMap } from "./offset-map.ts";
import { contextOf, quoteOf } from "./quote.ts";

/** All grapheme edges of a text in code points, the slow and certain way. */
function graphemeEdges(text: string): number[] {
  const edges = [0];
  let position = 0;
  for (const { segment } of new Intl.Segmenter("und").segment(text)) {
    position += [...segment].length;
    edges.push(position);
  }
  return edges;
}

describe("quoteOf", () => {
  it("joins the fragments by one space", () => {
    fc.assert(
      fc.property(textWithFragments, ({ text, fragments }) => {
        const expected = fragments.map(({ start, end }) => [...text].slice(start, end).join(""));
        expect(quoteOf(createOffsetMap(text), fragments)).toBe(expected.join(" "));
      }),
    );
  });

  it("refuses what is outside the text", () => {
    expect(() => quoteOf(createOffsetMap("ab"), [{ start: 0, end: 3 }])).toThrow(RangeError);
  });
});

describe("contextOf", () => {
  it("gives the 32 code points on either side that begin and end on a grapheme edge", () => {
    fc.assert(
      fc.property(textWithFragments, ({ text, fragments }) => {
        const characters = [...text];
        const edges = graphemeEdges(text);
        const start = fragments[0]?.start ?? 0;
        const end = fragments.at(-1)?.end ?? 0;
        const from = edges.find((edge) => edge >= start - 32 && edge < start) ?? start;
        const to = edges.findLast((edge) => edge <= end + 32 && edge > end) ?? end;
        expect(contextOf(createOffsetMap(text), fragments)).toEqual({
          prefix: characters.slice(from, start).join(""),
          suffix: characters.slice(end, to).join(""),
        });
      }),
      { numRuns: 1000 },
    );
  });

  it("finds the same in the middle of a long text, where it sees only a part", () => {
    fc.assert(
      fc.property(textWithFragments, ({ text, fragments }) => {
        const before = 1000;
        const long = `${"x".repeat(before)}. ${text} .${"x".repeat(before)}`;
        const moved = fragments.map(({ start, end }) => ({
          start: start + before + 3,
          end: end + before + 3,
        }));
        const first = moved[0]?.start ?? 0;
        const { prefix, suffix } = contextOf(createOffsetMap(long), moved);
        const edges = graphemeEdges(long);
        expect(edges).toContain(first - [...prefix].length);
        expect(edges).toContain((moved.at(-1)?.end ?? 0) + [...suffix].length);
        expect([...prefix].length).toBeLessThanOrEqual(32);
      }),
    );
  });

  it("is empty at the ends of the text", () => {
    expect(contextOf(createOffsetMap("word"), [{ start: 0, end: 4 }])).toEqual({ prefix: "", suffix: "" });
  });

  it("cuts a family back as a whole", () => {
    const family = "👩\u200d👩\u200d👧";
    const text = createOffsetMap(`${family}${"x".repeat(30)}word${"x".repeat(30)}${family}`);
    const { prefix, suffix } = contextOf(text, [{ start: 35, end: 39 }]);
    expect([prefix, suffix]).toEqual(["x".repeat(30), "x".repeat(30)]);
  });

  it("gives nothing of a grapheme that is longer than the window", () => {
    const marks = "\u0301".repeat(40);
    const text = createOffsetMap(`word a${marks}b${marks} word`);
    expect(contextOf(text, [{ start: 46, end: 47 }])).toEqual({ prefix: "", suffix: "" });
  });

  it("gives no half flag, also after more flags than it looks at", () => {
    const flags = "🇩🇪".repeat(400);
    const { prefix, suffix } = contextOf(createOffsetMap(`x${flags}`), [{ start: 701, end: 703 }]);
    for (const side of [prefix, suffix]) expect(side).toBe("🇩🇪".repeat([...side].length / 2));
    const long = createOffsetMap(`ab${"🇩🇪".repeat(60)}cd`);
    expect(contextOf(long, [{ start: 122, end: 124 }]).prefix).toBe("🇩🇪".repeat(16));
  });
});
