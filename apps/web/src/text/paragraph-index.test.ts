// Positions against the plain definition: code points of the text as JavaScript's own iteration gives them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createParagraphIndex } from "./paragraph-index.ts";

const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("\n", "\r\n", "\r", "😀", "e\u0301", "👩🏽‍🚀", " ", "ä"),
    ),
  )
  .map((parts) => parts.join(""));

describe("createParagraphIndex", () => {
  it("splits at LF and CRLF and counts every character", () => {
    const index = createParagraphIndex("a😀b\r\n\nc\n");
    expect(index.paragraphs).toEqual([
      { start: 0, end: 3, text: "a😀b" },
      { start: 5, end: 5, text: "" },
      { start: 6, end: 7, text: "c" },
      { start: 8, end: 8, text: "" },
    ]);
    expect(index.length).toBe(8);
    expect([0, 3, 4, 5, 6, 7, 8].map(index.at)).toEqual([0, 0, 0, 1, 2, 2, 3]);
    expect(index.toUtf16(0, 2)).toBe(3);
    expect(index.toCodePoint(0, 2)).toBe(1);
  });

  it("keeps every code point in exactly one paragraph, in order", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const points = [...text];
        const { paragraphs, length } = createParagraphIndex(text);
        expect(length).toBe(points.length);
        const rebuilt = paragraphs.map(({ start, end, text: own }, p) => {
          expect(points.slice(start, end).join("")).toBe(own);
          return points.slice(start, paragraphs[p + 1]?.start ?? length).join("");
        });
        expect(rebuilt.join("")).toBe(text);
      }),
    );
  });

  it("goes from position to UTF-16 and back", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const points = [...text];
        const index = createParagraphIndex(text);
        for (let position = 0; position <= points.length; position++) {
          const p = index.at(position);
          const { start, end } = index.paragraphs[p]!;
          const clamped = Math.min(position, end);
          expect(index.toUtf16(p, position)).toBe(points.slice(start, clamped).join("").length);
          expect(index.toCodePoint(p, index.toUtf16(p, position))).toBe(clamped);
        }
      }),
    );
  });

  it("slices by code points, line breaks included", () => {
    fc.assert(
      fc.property(anyText, fc.nat(60), fc.nat(60), (text, a, b) => {
        const points = [...text];
        const [start, end] = [Math.min(a, b, points.length), Math.min(Math.max(a, b), points.length)];
        expect(createParagraphIndex(text).slice(start, end)).toBe(points.slice(start, end).join(""));
      }),
    );
  });
});
