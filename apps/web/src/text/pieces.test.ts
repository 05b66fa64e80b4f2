import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Highlight, type Look, PLAIN_LOOK } from "./highlight.ts";
import { buildHighlight } from "./highlight-builder.ts";
import { createHighlightIndex } from "./highlight-index.ts";
import { createParagraphIndex } from "./paragraph-index.ts";
import { LANES, type Pieces, piecesOf } from "./pieces.ts";

const text = createParagraphIndex("x".repeat(100));

function piecesFor(highlights: readonly Highlight[], look: Partial<Look> = {}, start = 0, end = 100): Pieces {
  const index = createHighlightIndex(text);
  index.reset(highlights);
  return piecesOf(start, end, index.touching(0), { ...PLAIN_LOOK, ...look });
}

describe("piecesOf", () => {
  it("tints by the innermost and deepens with each level", () => {
    const { tints, runs } = piecesFor([
      buildHighlight("outer", [0, 50]),
      { ...buildHighlight("inner", [10, 20]), color: "GREEN" },
    ]);
    expect(tints).toEqual([
      { start: 0, end: 10, color: "RUST", depth: 1 },
      { start: 10, end: 20, color: "GREEN", depth: 2 },
      { start: 20, end: 50, color: "RUST", depth: 1 },
    ]);
    expect(
      runs.filter(({ lane }) => lane === 1).map(({ start, end, strong }) => [start, end, strong]),
    ).toEqual([
      [0, 10, false],
      [10, 20, true],
      [20, 50, false],
    ]);
  });

  it("dots the gap of a discontinuous highlight, without a tint", () => {
    const { tints, runs } = piecesFor([buildHighlight("a", [0, 10], [20, 30])]);
    expect(runs.map(({ start, end, style }) => [start, end, style])).toEqual(
      [
        [0, 10, "line"],
        [10, 20, "gap"],
        [20, 30, "line"],
      ].sort(),
    );
    expect(tints.map(({ start, end }) => [start, end])).toEqual([
      [0, 10],
      [20, 30],
    ]);
  });

  it("shows no tint but the selected one's inside its extent", () => {
    const { tints } = piecesFor([buildHighlight("a", [0, 10], [20, 30]), buildHighlight("b", [5, 25])], {
      selectedId: "a",
    });
    expect(tints.map(({ start, end, depth }) => [start, end, depth])).toEqual([
      [0, 10, "selected"],
      [20, 30, "selected"],
    ]);
  });

  it("greys all but the isolated one, and leaves waiting and refused ones untinted", () => {
    const isolated = piecesFor([buildHighlight("a", [0, 10]), buildHighlight("b", [20, 30])], {
      isolatedId: "b",
    });
    expect(isolated.runs.map(({ style }) => style).sort()).toEqual(["dimmed", "line"]);
    const waiting = piecesFor([
      { ...buildHighlight("a", [0, 10]), state: "pending" },
      { ...buildHighlight("b", [20, 30]), state: "refused" },
    ]);
    expect(waiting.tints).toEqual([]);
    expect(waiting.runs.map(({ style }) => style)).toEqual(["pending", "refused"]);
  });

  const part = fc
    .tuple(fc.nat(98), fc.integer({ min: 1, max: 40 }))
    .map(([start, size]): [number, number] => [start, Math.min(100, start + size)]);

  it("covers exactly what the highlights cover, whatever the stretch", () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.nat(100), fc.nat(100), (parts, a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const { tints, runs } = piecesFor(
          parts.map((one, id) => buildHighlight(String(id), one)),
          {},
          start,
          end,
        );
        for (let at = 0; at < 100; at++) {
          const depth =
            at < start || at >= end ? 0 : parts.filter(([from, to]) => from <= at && at < to).length;
          const tint = tints.filter((one) => one.start <= at && at < one.end);
          expect(tint.map((one) => one.depth)).toEqual(depth === 0 ? [] : [Math.min(5, depth)]);
          const lanes = runs.filter((one) => one.start <= at && at < one.end).map(({ lane }) => lane);
          expect(new Set(lanes).size).toBe(lanes.length);
          expect(lanes.length).toBeLessThanOrEqual(Math.min(depth, LANES));
          if (depth > 0 && depth <= 2) expect(lanes.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});
