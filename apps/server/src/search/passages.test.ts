/** Texts are cut into passages that lose nothing but white space, wherever and whatever they are. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_LENGTH, passagesOf } from "./passages.ts";

const cut = (text: string) => [...passagesOf(text)];

/** Every passage stands where it says, in order, and between them is only white space. */
function expectWhole(text: string) {
  const characters = [...text];
  let at = 0;
  for (const { start, end, text: passage } of cut(text)) {
    expect(characters.slice(at, start).join("").trim()).toBe("");
    expect(characters.slice(start, end).join("")).toBe(passage);
    expect(passage.length).toBeGreaterThan(0);
    expect(passage.length).toBeLessThanOrEqual(MAX_LENGTH);
    at = end;
  }
  expect(characters.slice(at).join("").trim()).toBe("");
}

describe("passagesOf", () => {
  it("ends a passage at a blank line, however it is written", () => {
    const text = "One,\nstill one.\n\nTwo.\r\n \t\r\nThree. 🚤\n\n\n\n  Four.\n";
    expect(cut(text).map(({ text: passage }) => passage)).toEqual([
      "One,\nstill one.",
      "Two.",
      "Three. 🚤",
      "Four.",
    ]);
    expectWhole(text);
  });

  it("counts in code points", () => {
    expect(cut("🚤🚤\n\n👩🏽‍🌾 é\n\nb").map(({ start, end }) => [start, end])).toEqual([
      [0, 2],
      [4, 10],
      [12, 13],
    ]);
  });

  it.each(["", " ", "\n\n\n", "\u2028 \u2029"])("finds none in %j", (text) => {
    expect(cut(text)).toEqual([]);
  });

  it("gathers lines where there are no blank ones", () => {
    const text = Array.from({ length: 400 }, (_, n) => `Line ${n} of a list of short ones.`).join("\n");
    const passages = cut(text);
    expect(passages.length).toBeGreaterThan(5);
    for (const { text: passage } of passages) expect(passage).toMatch(/^Line .* ones\.$/s);
    expectWhole(text);
  });

  it("cuts a long paragraph behind a sentence", () => {
    const text = "The river rose again, and nobody had asked for it. ".repeat(1_000);
    for (const { text: passage } of cut(text)) expect(passage).toMatch(/^The river .* for it\.$/s);
    expectWhole(text);
  });

  it.each([
    ["Chinese", "水库的水位上升了三米。", /^水库.*米。$/s],
    ["Thai", "น้ำท่วมบ้านเรือน ", /^น้ำ.*เรือน$/s],
  ])("cuts long %s", (_name, sentence, pattern) => {
    const text = sentence.repeat(2_000);
    for (const { text: passage } of cut(text)) expect(passage).toMatch(pattern);
    expectWhole(text);
  });

  it.each([
    ["no white space", "x".repeat(20_000)],
    ["emoji", "👩🏽‍🌾".repeat(3_000)],
    ["pairs alone", `a${"𝒳".repeat(12_000)}`],
    ["marks alone", `a${"\u0301".repeat(12_000)}`],
    ["white space in between", `a${" ".repeat(12_000)}b`],
    ["a window that ends with the text", "y".repeat(MAX_LENGTH)],
  ])("loses nothing of %s", (_name, text) => {
    expectWhole(text);
  });

  it("loses nothing of what is thrown together", () => {
    const part = fc.constantFrom(
      ...["\n", "\r\n", " ", "\u2029", "。", "! ", "word", "👩🏽‍🌾", "𝒳", "e\u0301", "水库", "x".repeat(900)],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 200, size: "max" }), (parts) => expectWhole(parts.join(""))),
      { numRuns: 50 },
    );
  });
});
