/** What two texts share: always true, and as much of it as a small correction leaves. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "./arbitrary-text.ts";
import { commonBlocks } from "./common-blocks.ts";

const words = fc
  .array(fc.constantFrom("one", "two", "three", " ", ". ", "\n", "😀"), { maxLength: 40 })
  .map((parts) => parts.join(""));

describe("commonBlocks", () => {
  it("stand in both texts, in the order of both", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, words), fc.oneof(anyText, words), (oldText, newText) => {
        let [oldEnd, newEnd] = [0, 0];
        for (const { oldStart, newStart, length } of commonBlocks(oldText, newText)) {
          expect(length).toBeGreaterThan(0);
          expect(oldStart).toBeGreaterThanOrEqual(oldEnd);
          expect(newStart).toBeGreaterThanOrEqual(newEnd);
          expect(newText.slice(newStart, newStart + length)).toBe(oldText.slice(oldStart, oldStart + length));
          [oldEnd, newEnd] = [oldStart + length, newStart + length];
        }
        expect(oldEnd).toBeLessThanOrEqual(oldText.length);
        expect(newEnd).toBeLessThanOrEqual(newText.length);
      }),
      { numRuns: 1000 },
    );
  });

  it("are one block of equal texts", () => {
    expect(commonBlocks("one two", "one two")).toEqual([{ oldStart: 0, newStart: 0, length: 7 }]);
    expect(commonBlocks("", "")).toEqual([]);
  });

  it("leave out only what was corrected, however many corrections there are", () => {
    const lines = Array.from({ length: 300 }, (_, n) => `Line ${n} of the report, as it was recieved.\n`);
    const oldText = lines.join("");
    const newText = oldText.replaceAll("recieved", "received");
    const shared = commonBlocks(oldText, newText).reduce((sum, { length }) => sum + length, 0);
    expect(shared).toBeGreaterThanOrEqual(oldText.length - 2 * lines.length);
  });
});
