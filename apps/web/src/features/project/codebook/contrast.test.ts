import { expect, test } from "vitest";
import { contrast } from "./contrast.ts";

test.each([
  ["#000000", "#ffffff", 21],
  ["#777777", "#777777", 1],
  ["#767676", "#ffffff", 4.54],
  ["#767676", " #FFF", 4.54],
] as const)("%s on %s", (a, b, expected) => {
  expect(contrast(a, b)).toBeCloseTo(expected, 1);
  expect(contrast(b, a)).toBeCloseTo(expected, 1);
});
