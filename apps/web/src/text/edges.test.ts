import { describe, expect, it } from "vitest";
import { moveEdge, nearestStop, nextStop } from "./edges.ts";
import { createParagraphIndex } from "./paragraph-index.ts";
import { createSegmenters } from "./words.ts";

const segmenters = createSegmenters("en");
const text = createParagraphIndex("One two, three.\r\n👨‍👩‍👧 cafe\u0301 end");

describe("moveEdge", () => {
  const parts = [
    { start: 0, end: 3 },
    { start: 9, end: 14 },
  ];

  it("moves one edge and leaves the rest", () => {
    expect(moveEdge(parts, { part: 1, side: "start" }, 8, text.length)).toEqual([
      parts[0],
      { start: 8, end: 14 },
    ]);
    expect(moveEdge(parts, { part: 0, side: "end" }, 7, text.length)).toEqual([
      { start: 0, end: 7 },
      parts[1],
    ]);
  });

  it("keeps parts apart, and a code point in each", () => {
    expect(moveEdge(parts, { part: 0, side: "end" }, 12, text.length)[0]).toEqual({ start: 0, end: 8 });
    expect(moveEdge(parts, { part: 1, side: "start" }, 0, text.length)[1]).toEqual({ start: 4, end: 14 });
    expect(moveEdge(parts, { part: 1, side: "start" }, 99, text.length)[1]).toEqual({ start: 13, end: 14 });
    expect(moveEdge(parts, { part: 1, side: "end" }, 99, text.length)[1]).toEqual({
      start: 9,
      end: text.length,
    });
  });
});

describe("stops", () => {
  it("are the words' edges, punctuation left out", () => {
    expect(nearestStop(text, 6, "end", "word", segmenters)).toBe(7);
    expect(nearestStop(text, 8, "start", "word", segmenters)).toBe(9);
    expect(nextStop(text, 7, "end", 1, "word", segmenters)).toBe(14);
    expect(nextStop(text, 9, "start", -1, "word", segmenters)).toBe(4);
  });

  it("are whole characters where they are exact, and go on in the next paragraph", () => {
    expect(nextStop(text, 15, "end", 1, "character", segmenters)).toBe(22);
    expect(nextStop(text, 26, "end", 1, "character", segmenters)).toBe(28);
    expect(nextStop(text, 17, "start", -1, "character", segmenters)).toBe(14);
    expect(nextStop(text, text.length, "end", 1, "character", segmenters)).toBeNull();
  });
});
