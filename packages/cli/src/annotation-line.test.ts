import { createOffsetMap } from "@concord/core";
import { describe, expect, it } from "vitest";
import { LineProblem, parseLine, placeOf } from "./annotation-line.ts";

const TEXT = "The boat 🚤 and the other boat.";
const map = createOffsetMap(TEXT);
const place = (line: object) =>
  placeOf(parseLine(JSON.stringify({ document: "d", label: "l", ...line }), {}), map);

/** The key that a line is refused for. */
function refusedFor(act: () => unknown): string | null {
  try {
    act();
  } catch (error) {
    if (error instanceof LineProblem) return error.field;
    throw error;
  }
  throw new Error("it was not refused");
}

describe("a place", () => {
  it("is given by positions, in code points", () => {
    expect(place({ start: 9, end: 10 })).toEqual([{ start: 9, end: 10 }]);
    expect(place({ start: 9, end: 10, quote: "🚤" })).toEqual([{ start: 9, end: 10 }]);
    expect(
      place({
        fragments: [
          [0, 3],
          [11, 14],
        ],
        quote: "The and",
      }),
    ).toHaveLength(2);
  });

  it("is found by words that stand in one place, also behind an emoji", () => {
    expect(place({ quote: "other" })).toEqual([{ start: 19, end: 24 }]);
    expect(place({ quote: "boat", prefix: "other " })).toEqual([{ start: 25, end: 29 }]);
    expect(place({ quote: "boat", suffix: " 🚤" })).toEqual([{ start: 4, end: 8 }]);
    expect(place({ quote: "boat", start: 25 })).toEqual([{ start: 25, end: 29 }]);
    expect(place({ quote: TEXT })).toEqual([{ start: 0, end: map.length }]);
  });

  it("is refused where the words are not, or are twice", () => {
    for (const line of [
      { quote: "ferry" },
      { quote: "boat" },
      { quote: "boat", start: 5 },
      { quote: "boat", start: 4, end: 9 },
    ])
      expect(refusedFor(() => place(line))).toBe("quote");
    expect(refusedFor(() => place({ start: 0, end: 31 }))).toBe("fragments");
    expect(refusedFor(() => place({ start: 3, end: 3 }))).toBe("fragments");
  });
});

describe("a line", () => {
  const parse = (line: object) => () => parseLine(JSON.stringify(line), {});

  it("takes what it leaves out from the command", () => {
    const defaults = { document: "d", label: "l" };
    expect(parseLine('{"quote":"x"}', defaults)).toMatchObject(defaults);
    expect(parseLine('{"quote":"x","label":"own"}', defaults)).toMatchObject({ document: "d", label: "own" });
  });

  it("is refused for the key that is wrong", () => {
    const good = { document: "d", label: "l", start: 0, end: 1 };
    expect(parse(good)).not.toThrow();
    expect(refusedFor(parse({ ...good, quot: "typo" }))).toBe("quot");
    expect(refusedFor(parse({ ...good, document: 7 }))).toBe("document");
    expect(refusedFor(parse({ ...good, label: undefined }))).toBe("label");
    expect(refusedFor(parse({ ...good, start: -1 }))).toBe("start");
    expect(refusedFor(parse({ ...good, start: undefined }))).toBe("start");
    expect(refusedFor(parse({ ...good, end: 1.5 }))).toBe("end");
    expect(refusedFor(parse({ ...good, fragments: [[0, 1]] }))).toBe("fragments");
    expect(refusedFor(parse({ ...good, attributes: ["x"] }))).toBe("attributes");
    expect(refusedFor(parse({ document: "d", label: "l", fragments: [[0]] }))).toBe("fragments");
    expect(refusedFor(parse({ document: "d", label: "l", quote: "" }))).toBe("quote");
    expect(refusedFor(parse({ document: "d", label: "l" }))).toBeNull();
    expect(refusedFor(() => parseLine("[]", {}))).toBeNull();
    expect(refusedFor(() => parseLine('{"label":', {}))).toBeNull();
  });
});
