// Strict decoding, held against the platform's own idea of UTF-8.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeText, firstBadByte } from "./decode-text.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);

describe("decodeText", () => {
  test("gives the text as it is, combining marks and emoji included", () => {
    const text = "Қазақ е\u0301 👩‍👧 محضر";
    expect(decodeText(new TextEncoder().encode(text))).toEqual({ text });
  });

  test("leaves the byte order mark out", () => {
    expect(decodeText(bytes(0xef, 0xbb, 0xbf, 0x61))).toEqual({ text: "a" });
  });

  test("names the first bad byte, counted from one", () => {
    expect(decodeText(bytes(0x61, 0x62, 0xe9, 0x63))).toEqual({
      problem: "Byte 3 (0xE9) is not UTF-8. Save the file as UTF-8.",
    });
  });

  test("says what a UTF-16 file is", () => {
    expect(decodeText(bytes(0xff, 0xfe, 0x61, 0x00))).toEqual({
      problem: "This file is UTF-16. Save it as UTF-8.",
    });
  });
});

describe("firstBadByte", () => {
  test.each([
    ["overlong", bytes(0xe0, 0x80, 0x80), 0],
    ["surrogate", bytes(0x61, 0xed, 0xa0, 0x80), 1],
    ["above U+10FFFF", bytes(0xf4, 0x90, 0x80, 0x80), 0],
    ["cut off", bytes(0x61, 0xe2, 0x82), 1],
  ])("%s", (_, input, place) => {
    expect(firstBadByte(input)).toBe(place);
  });

  test("agrees with TextDecoder on any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (input) => {
        let isValid = true;
        try {
          new TextDecoder("utf-8", { fatal: true }).decode(input);
        } catch {
          isValid = false;
        }
        expect(firstBadByte(input) === -1).toBe(isValid);
      }),
    );
  });
});
