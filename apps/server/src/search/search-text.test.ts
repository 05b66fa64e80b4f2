/** The way back from the forms that are searched leads to the same characters. */
import { describe, expect, it } from "vitest";
import { readQuestion } from "./search-question.ts";
import { fromParserForm, fromPlainForm, parserForm, plainForm } from "./search-text.ts";

/** What a word found in the plain form is in the passage. */
function backTo(exact: string, word: string): string | null {
  const start = plainForm(exact).indexOf(word);
  const place = fromPlainForm(exact)?.(start, start + word.length);
  return place ? exact.slice(place.start, place.end) : null;
}

describe("the plain form", () => {
  it.each([
    ["composed letters", "a cafe\u0301 there", "café", "cafe\u0301"],
    ["line breaks", "one\r\n  two 🚤 three", "one two", "one\r\n  two"],
    ["behind an emoji", "🚤 \n e\u0301tude", "étude", "e\u0301tude"],
    [
      "Hangul in parts",
      "\u1112\u1161\u11ab\u1100\u1173\u11af 말",
      "한글",
      "\u1112\u1161\u11ab\u1100\u1173\u11af",
    ],
    ["a half-composed syllable", "\ud558\u11ab x", "한", "\ud558\u11ab"],
    ["several marks in another order", "q\u0307\u0323 x", "q\u0323\u0307", "q\u0307\u0323"],
    ["one sign for another", "5 \u212b long", "Å", "\u212b"],
    ["nothing to compose", "plain", "lai", "lai"],
  ])("leads back over %s", (_name, exact, word, expected) => {
    expect(backTo(exact, word)).toBe(expected);
  });
});

describe("the parser's form", () => {
  it("sets characters of scripts without spaces apart and has no tags", () => {
    expect(parserForm("a<b>手机x")).toBe("a b> 手  机 x");
  });

  it("leads back to the plain form", () => {
    const plain = "买了 Nokia手机 <b>在 这里";
    const parsed = parserForm(plain);
    for (const word of ["Nokia", "手", "b", "这", "在"]) {
      const start = parsed.indexOf(word);
      const place = fromParserForm(plain)(start, start + word.length);
      expect(plain.slice(place.start, place.end)).toBe(word);
    }
  });
});

describe("readQuestion", () => {
  it("keeps what search engines know", () => {
    expect(readQuestion('flood "state of emergency" -rain this OR that', "WORDS")).toMatchObject({
      web: 'flood "state of emergency" -rain this OR that',
      words: "flood this OR that",
      phrases: ['"state of emergency"'],
      strings: [],
    });
  });

  it("takes words without spaces for phrases", () => {
    expect(readQuestion('Nokia 手机 -水库 "ภาษา ไทย"', "WORDS")).toMatchObject({
      web: 'Nokia "手  机" -"水  库" "ภ  า  ษ  า   ไ  ท  ย"',
      words: "Nokia",
      phrases: [],
      strings: ["手机", "ภาษา ไทย"],
    });
  });

  it.each(['"', '""', "-", '-"', " < "])("finds no word in %j", (text) => {
    expect(readQuestion(text, "WORDS").words.replace("-", "")).toBe("");
  });
});
