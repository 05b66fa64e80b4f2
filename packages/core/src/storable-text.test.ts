/** What can't be stored is found, with its place. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText, difficultText } from "./arbitrary-text.ts";
import { findUnstorable } from "./storable-text.ts";

describe("findUnstorable", () => {
  it("finds the first character that is NUL or no character", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const position = [...text].findIndex((character) => character === "\0" || !character.isWellFormed());
        expect(findUnstorable(text)?.position ?? -1).toBe(position);
      }),
    );
  });

  it("leaves well-formed text alone", () => {
    fc.assert(fc.property(difficultText, (text) => findUnstorable(text) === null));
  });

  it("says what it found, in code points", () => {
    expect(findUnstorable("😀a\0")).toEqual({ position: 2, what: "NUL" });
    expect(findUnstorable("😀\ud83d\0")).toEqual({ position: 1, what: "lone surrogate" });
    expect(findUnstorable("\0\ud83d")).toEqual({ position: 0, what: "NUL" });
    expect(findUnstorable("\ude00😀")).toEqual({ position: 0, what: "lone surrogate" });
  });
});
