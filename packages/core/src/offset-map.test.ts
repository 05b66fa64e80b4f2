/** Both ways between code points and UTF-16, against JavaScript's own iteration. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "./arbitrary-text.ts";
import { codePointLength, createOffsetMap } from "./offset-map.ts";

describe("createOffsetMap", () => {
  it("agrees with iterating the text, in both directions", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const map = createOffsetMap(text);
        const characters = [...text];
        expect(map.length).toBe(characters.length);
        expect(map.lengthUtf16).toBe(text.length);
        let utf16 = 0;
        for (const [position, character] of characters.entries()) {
          expect(map.toUtf16(position)).toBe(utf16);
          for (let unit = 0; unit < character.length; unit++) {
            expect(map.toCodePoint(utf16 + unit)).toBe(position);
          }
          utf16 += character.length;
        }
        expect(map.toUtf16(map.length)).toBe(text.length);
        expect(map.toCodePoint(text.length)).toBe(map.length);
      }),
    );
  });

  it("cuts by code points", () => {
    fc.assert(
      fc.property(anyText, fc.nat(60), fc.nat(60), (text, a, b) => {
        const map = createOffsetMap(text);
        const [start, end] = [Math.min(a, map.length), Math.min(b, map.length)];
        expect(map.slice(start, end)).toBe([...text].slice(start, end).join(""));
      }),
    );
  });

  it("takes an index inside a pair to the pair's start", () => {
    const map = createOffsetMap("a😀😀b");
    expect([0, 1, 2, 3, 4, 5, 6].map(map.toCodePoint)).toEqual([0, 1, 1, 2, 2, 3, 4]);
  });

  it.each([-1, 3, 0.5, Number.NaN])("refuses the position %s", (position) => {
    const map = createOffsetMap("ab");
    expect(() => map.toUtf16(position)).toThrow(RangeError);
    expect(() => map.toCodePoint(position)).toThrow(RangeError);
    expect(() => map.slice(0, position)).toThrow("from 0 to 2");
  });
});

describe("codePointLength", () => {
  it("counts as iterating does", () => {
    fc.assert(fc.property(anyText, (text) => codePointLength(text) === [...text].length));
  });
});
