import { describe, expect, it } from "vitest";
import { parseColumns, parseWords } from "./import-choices.ts";

describe("words", () => {
  it("are pairs by the last sign, and left out with nothing behind it", () => {
    expect(parseWords("--map", ["PER=speaker", "a=b=c", "MISC="])).toEqual({
      PER: "speaker",
      "a=b": "c",
      MISC: null,
    });
    for (const wrong of ["PER", "=speaker"])
      expect(() => parseWords("--map", [wrong])).toThrow("--map takes");
  });
});

describe("columns", () => {
  it("are headings by what they are", () => {
    expect(parseColumns("text=Body,title=,metadata=Date,metadata=A=B")).toEqual({
      text: "Body",
      title: null,
      metadata: ["Date", "A=B"],
    });
    expect(parseColumns("text=Body,metadata=")).toEqual({ text: "Body", metadata: [] });
    for (const wrong of ["Body", "txet=Body", ""])
      expect(() => parseColumns(wrong)).toThrow("--columns takes");
  });
});
