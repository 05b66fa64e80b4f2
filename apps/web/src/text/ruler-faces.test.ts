// Faces of those who read in the same place stand side by side.
import fc from "fast-check";
import { expect, test } from "vitest";
import { spread } from "./ruler-faces.ts";

test("who reads apart stays in place", () => {
  expect(spread([0, 40, 90], 20, 200)).toEqual([0, 40, 90]);
});

test("who reads together moves down, at the end up", () => {
  expect(spread([10, 10, 10], 20, 200)).toEqual([10, 30, 50]);
  expect(spread([190, 195, 200], 20, 200)).toEqual([160, 180, 200]);
});

test("none overlaps another, and all are in view where there is room", () => {
  const heights = fc.array(fc.integer({ min: -50, max: 900 }), { maxLength: 30 });
  fc.assert(
    fc.property(heights, (wanted) => {
      const places = spread(
        wanted.sort((a, b) => a - b),
        20,
        800,
      );
      for (const [i, y] of places.entries()) {
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(800);
        if (i > 0) expect(y - (places[i - 1] ?? 0)).toBeGreaterThanOrEqual(20);
      }
    }),
  );
});
