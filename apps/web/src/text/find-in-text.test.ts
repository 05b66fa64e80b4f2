import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFinder, hitFrom } from "./find-in-text.ts";

const LOOSE = { matchesCase: false, wholeWords: false };
const WORDS = { matchesCase: false, wholeWords: true };

/** What the hits stand on, by code points. */
function quotes(text: string, typed: string, options = LOOSE): string[] {
  const characters = [...text];
  return createFinder(text)
    .find(typed, options)
    .hits.map(({ start, end }) => characters.slice(start, end).join(""));
}

describe("find", () => {
  it("ignores case unless told, whatever the script", () => {
    expect(quotes("Flood, flood, FLOOD", "flood")).toEqual(["Flood", "flood", "FLOOD"]);
    expect(quotes("Flood, flood, FLOOD", "Flood", { ...LOOSE, matchesCase: true })).toEqual(["Flood"]);
    expect(quotes("Өзен, ӨЗЕН", "өзен")).toEqual(["Өзен", "ӨЗЕН"]);
    expect(quotes("ΟΔΟΣ, οδός, οδος", "οδοσ")).toEqual(["ΟΔΟΣ", "οδος"]);
    expect(quotes("İstanbul, istanbul", "istanbul")).toEqual(["İstanbul", "istanbul"]);
  });

  it("takes diacritics as typed, however they are stored", () => {
    expect(quotes("re\u0301sume\u0301, résumé, resume", "résumé")).toEqual(["re\u0301sume\u0301", "résumé"]);
    expect(quotes("re\u0301sume\u0301, résumé, resume", "resume")).toEqual(["resume"]);
  });

  it("counts code points after emoji, and never cuts a character", () => {
    expect(createFinder("🙂🙂 tide").find("tide", LOOSE).hits).toEqual([{ start: 3, end: 7 }]);
    expect(quotes("👍🏽 and 👍", "👍")).toEqual(["👍"]);
    expect(createFinder("👍🏽 and 👍").find("👍", LOOSE).hits).toEqual([{ start: 7, end: 8 }]);
  });

  it("knows whole words, but not where a script has no spaces", () => {
    expect(quotes("the other, the end", "the", WORDS)).toEqual(["the", "the"]);
    expect(quotes("river_bed riverbed (river)", "river", WORDS)).toEqual(["river"]);
    expect(quotes("C++ and C", "c++", WORDS)).toEqual(["C++"]);
    expect(quotes("東京都の東京", "東京", WORDS)).toEqual(["東京", "東京"]);
  });

  it("goes on over line breaks and takes syntax for what it is", () => {
    expect(quotes("lower\r\nSarn, lower  Sarn", " lower sarn ")).toEqual(["lower\r\nSarn", "lower  Sarn"]);
    expect(quotes("(a|b)* a", "(a|b)*")).toEqual(["(a|b)*"]);
    expect(quotes("anything", "  ")).toEqual([]);
  });

  it("finds every place that plain searching finds", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "🙂", "(", " x") });
    fc.assert(
      fc.property(letters, fc.constantFrom("a", "ab", "🙂", "b🙂a", "(", "x"), (text, typed) => {
        const expected: number[] = [];
        for (let at = text.indexOf(typed); at >= 0; at = text.indexOf(typed, at + typed.length))
          expected.push([...text.slice(0, at)].length);
        const { hits } = createFinder(text).find(typed, { matchesCase: true, wholeWords: false });
        expect(hits.map(({ start }) => start)).toEqual(expected);
      }),
    );
  });

  it("gives up at a number nobody goes through, and says so", () => {
    const { hits, isCut } = createFinder("e ".repeat(30_000)).find("e", LOOSE);
    expect([hits.length, isCut]).toEqual([20_000, true]);
  });
});

describe("contextOf", () => {
  it("shows what stands around, on one line", () => {
    const finder = createFinder(`${"x".repeat(60)} 🙂 the\ntide turned`);
    const [hit] = finder.find("tide", LOOSE).hits;
    expect(hit && finder.contextOf(hit)).toEqual({
      before: `…${"x".repeat(41)} 🙂 the `,
      quote: "tide",
      after: " turned",
    });
  });
});

describe("hitFrom", () => {
  it("begins anew after the last", () => {
    const hits = [
      { start: 2, end: 3 },
      { start: 8, end: 9 },
    ];
    expect([0, 2, 3, 9].map((position) => hitFrom(hits, position))).toEqual([0, 0, 1, 0]);
    expect(hitFrom([], 0)).toBe(-1);
  });
});
