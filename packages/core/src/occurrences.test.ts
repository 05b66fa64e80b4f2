/** Finding quotes, against looking at every place. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createOccurrences } from "./occurrences.ts";

const few = (maxLength: number) =>
  fc.array(fc.constantFrom("a", "b", "😀"), { maxLength }).map((parts) => parts.join(""));

describe("createOccurrences", () => {
  it("finds every place, overlapping ones too, and of too many the nearest", () => {
    fc.assert(
      fc.property(
        few(60),
        few(8).filter((quote) => quote !== ""),
        fc.nat(60),
        fc.integer({ min: 1, max: 6 }),
        (text, quote, near, limit) => {
          const places = Array.from({ length: text.length }, (_, at) => at).filter((at) =>
            text.startsWith(quote, at),
          );
          const occurrences = createOccurrences(text);
          expect(occurrences.find(quote, near, 1000)).toEqual(places);
          const nearest = occurrences.find(quote, near, limit);
          expect(nearest).toHaveLength(Math.min(limit, places.length));
          const distances = (all: number[]) => all.map((at) => Math.abs(at - near)).sort((a, b) => a - b);
          expect(distances(nearest)).toEqual(distances(places).slice(0, limit));
          expect(nearest).toEqual(nearest.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("finds nothing that is not there", () => {
    const occurrences = createOccurrences("to be or not to be");
    for (const quote of ["x", "bee", "to be or not to bee", "tobe"]) {
      expect(occurrences.find(quote, 3, 10)).toEqual([]);
      expect(occurrences.find(quote, 0, 10)).toEqual([]);
    }
    expect(createOccurrences("").find("a", 0, 1)).toEqual([]);
  });
});
