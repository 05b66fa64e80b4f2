/** Each rule for fragments, and that whatever keeps them all is accepted. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textWithFragments } from "./arbitrary-text.ts";
import { checkFragments, extentOf, type Fragment, MAX_FRAGMENTS, sameFragments } from "./fragments.ts";

function parts(...pairs: [number, number][]): Fragment[] {
  return pairs.map(([start, end]) => ({ start, end }));
}

describe("checkFragments", () => {
  it("accepts what keeps the rules", () => {
    fc.assert(
      fc.property(textWithFragments, ({ text, fragments }) => {
        expect(checkFragments(fragments, [...text].length)).toBeNull();
      }),
    );
  });

  it.each([
    ["none", [], "EMPTY", null, null],
    ["a half", parts([0, 1.5]), "NOT_AN_INTEGER", 0, "end"],
    ["not a number", parts([Number.NaN, 2]), "NOT_AN_INTEGER", 0, "start"],
    ["before the text", parts([-1, 2]), "OUT_OF_RANGE", 0, "start"],
    ["start behind the text", parts([11, 12]), "OUT_OF_RANGE", 0, "start"],
    ["end behind the text", parts([0, 2], [4, 11]), "OUT_OF_RANGE", 1, "end"],
    ["nothing inside", parts([4, 4]), "INVERTED", 0, "end"],
    ["backwards", parts([4, 3]), "INVERTED", 0, "end"],
    ["touching", parts([0, 2], [2, 4]), "OVERLAP", 1, "start"],
    ["overlapping", parts([0, 5], [4, 8]), "OVERLAP", 1, "start"],
    ["out of order", parts([5, 6], [0, 2]), "OVERLAP", 1, "start"],
  ] as const)("refuses %s", (_, fragments, code, index, key) => {
    expect(checkFragments(fragments, 10)).toMatchObject({ code, index, key });
  });

  it("counts fragments to a hundred", () => {
    const hundred = Array.from({ length: MAX_FRAGMENTS }, (_, index) => ({
      start: index * 2,
      end: index * 2 + 1,
    }));
    expect(checkFragments(hundred, 300)).toBeNull();
    expect(checkFragments([...hundred, { start: 250, end: 251 }], 300)?.code).toBe("TOO_MANY");
  });

  it("names the accepted values", () => {
    expect(checkFragments(parts([0, 11]), 10)?.message).toContain("0 to 10");
    expect(checkFragments(parts([4, 4]), 10)?.message).toContain("greater than start, which is 4");
    expect(checkFragments(parts([0, 2], [2, 3]), 10)?.message).toContain("greater than the end before, 2");
  });
});

describe("extentOf", () => {
  it("reaches from the first start to the last end", () => {
    expect(extentOf(parts([2, 5], [9, 12]))).toEqual({ start: 2, end: 12 });
    expect(() => extentOf([])).toThrow(RangeError);
  });
});

describe("sameFragments", () => {
  it("compares place by place", () => {
    expect(sameFragments(parts([0, 1], [3, 4]), parts([0, 1], [3, 4]))).toBe(true);
    expect(sameFragments(parts([0, 1]), parts([0, 1], [3, 4]))).toBe(false);
    expect(sameFragments(parts([0, 1], [3, 4]), parts([0, 1], [3, 5]))).toBe(false);
    expect(sameFragments(parts([0, 1]), parts([1, 1]))).toBe(false);
  });
});
