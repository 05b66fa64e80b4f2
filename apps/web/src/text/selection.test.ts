import { describe, expect, it } from "vitest";
import { nextOutwards } from "./hit-test.ts";
import { createParagraphIndex } from "./paragraph-index.ts";
import { joinFragments, reshapeLast, sentenceAround, snapFragment } from "./selection.ts";
import { countWords, createSegmenters, narrow, widen } from "./words.ts";

const segmenters = createSegmenters("en");

function snapped(text: string, start: number, end: number, language = "en"): string | null {
  const index = createParagraphIndex(text);
  const fragment = snapFragment(index, { start, end }, createSegmenters(language));
  return fragment === null ? null : index.slice(fragment.start, fragment.end);
}

describe("snapFragment", () => {
  it("widens to whole words and drops the space around them", () => {
    expect(snapped("The river does not stop.", 6, 12)).toBe("river does");
    expect(snapped("The river does not stop.", 3, 10)).toBe("river");
    expect(snapped("The river does not stop.", 3, 4)).toBeNull();
  });

  it("keeps punctuation only where it was selected", () => {
    expect(snapped("“Stop,” she said.", 0, 7)).toBe("“Stop,”");
    expect(snapped("“Stop,” she said.", 1, 5)).toBe("Stop");
  });

  it("counts astral and combining characters, and knows scripts without spaces", () => {
    expect(snapped("a 😀😀 cafe\u0301s open", 6, 7)).toBe("cafe\u0301s");
    expect(snapped("今天天气很好", 0, 1, "zh")).toBe("今天");
    expect(snapped("محادثات السلام", 9, 10, "ar")).toBe("السلام");
  });

  it("spans paragraphs and leaves out empty ends", () => {
    expect(snapped("One two\r\n\r\nthree four\n\n", 5, 13)).toBe("two\r\n\r\nthree");
    expect(snapped("One two\r\n\r\nthree four\n\n", 5, 11)).toBe("two");
  });

  it("takes an ill-formed language for none", () => {
    expect(snapped("The river", 0, 2, "not a language!")).toBe("The");
  });
});

describe("selection parts", () => {
  it("takes the sentence around a position", () => {
    const text = createParagraphIndex("One is here. Two is there! ");
    const sentence = sentenceAround(text, 15, segmenters);
    expect(sentence).toEqual({ start: 13, end: 26 });
  });

  it("joins parts that touch or overlap", () => {
    expect(joinFragments([{ start: 10, end: 20 }], { start: 0, end: 5 })).toEqual([
      { start: 0, end: 5 },
      { start: 10, end: 20 },
    ]);
    expect(
      joinFragments(
        [
          { start: 0, end: 5 },
          { start: 10, end: 20 },
        ],
        { start: 5, end: 12 },
      ),
    ).toEqual([{ start: 0, end: 20 }]);
  });

  it("grows and shrinks by a word at the end", () => {
    const text = createParagraphIndex("one two three");
    const wider = reshapeLast(text, [{ start: 0, end: 3 }], (own, range) => widen(own, range, segmenters));
    expect(wider).toEqual([{ start: 0, end: 7 }]);
    expect(reshapeLast(text, [{ start: 0, end: 7 }], (own, range) => narrow(own, range, segmenters))).toEqual(
      [{ start: 0, end: 3 }],
    );
    expect(
      reshapeLast(text, [{ start: 0, end: 3 }], (own, range) => narrow(own, range, segmenters)),
    ).toBeNull();
  });

  it("counts words", () => {
    expect(countWords("“Don’t stop,” she said.", segmenters)).toBe(4);
  });
});

describe("nextOutwards", () => {
  it("starts at the innermost, walks outwards and round again", () => {
    const found = [{ id: "inner" }, { id: "outer" }];
    expect(nextOutwards(found, null)).toBe("inner");
    expect(nextOutwards(found, "inner")).toBe("outer");
    expect(nextOutwards(found, "outer")).toBe("inner");
    expect(nextOutwards([], "outer")).toBeNull();
  });
});
