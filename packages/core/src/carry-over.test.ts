/** Carrying places over to a corrected text: what must come along, what must not, and how long it takes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { difficultText, textWithFragments } from "./arbitrary-text.ts";
import { type CarriedOver, createCarryOver } from "./carry-over.ts";
import { checkFragments, type Fragment } from "./fragments.ts";
import { createOffsetMap } from "./offset-map.ts";

/** A character that no generated text has: what is inserted or deleted with it can't be taken for anything else. */
const MARK = "§";

function carry(oldText: string, newText: string, fragments: readonly Fragment[]): CarriedOver {
  return createCarryOver(createOffsetMap(oldText), createOffsetMap(newText))(fragments);
}

/** Carries the nth place of a quote, from 0. */
function carryQuote(oldText: string, newText: string, quote: string, nth = 0): CarriedOver {
  let at = oldText.indexOf(quote);
  for (let skipped = 0; skipped < nth; skipped++) at = oldText.indexOf(quote, at + 1);
  const start = [...oldText.slice(0, at)].length;
  return carry(oldText, newText, [{ start, end: start + [...quote].length }]);
}

const at = (start: number, end: number): CarriedOver => ({ fragments: [{ start, end }], reason: null });
const lost = (reason: "NOT_FOUND" | "AMBIGUOUS"): CarriedOver => ({ fragments: null, reason });
const length = (text: string) => [...text].length;

/** Texts of few words, so that quotes stand in many places. */
const repetitiveText = fc
  .array(fc.constantFrom("cat", "dog", "a", "aa", "😀", " ", ".", "\n"), { maxLength: 40 })
  .map((words) => words.join(""));

const place = (text: string) =>
  fc
    .uniqueArray(fc.nat(length(text)), { minLength: 2, maxLength: 2 })
    .map((cuts) => ({ start: Math.min(...cuts), end: Math.max(...cuts) }));

describe("carrying over", () => {
  it("keeps every place of a text that did not change", () => {
    fc.assert(
      fc.property(textWithFragments, ({ text, fragments }) => {
        expect(carry(text, text, fragments)).toEqual({ fragments, reason: null });
      }),
      { numRuns: 500 },
    );
  });

  it("moves a place by exactly what was inserted before it, and not at all by what was inserted after", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          textWithFragments,
          repetitiveText
            .filter((text) => text !== "")
            .chain((text) => place(text).map((fragment) => ({ text, fragments: [fragment] }))),
        ),
        difficultText,
        fc.nat(),
        ({ text, fragments }, inserted, where) => {
          const characters = [...text];
          const cut = where % (characters.length + 1);
          // An insertion inside a fragment breaks its quote; that is another property.
          fc.pre(fragments.every(({ start, end }) => cut <= start || cut >= end));
          const piece = `${MARK}${inserted}${MARK}`;
          const newText = [...characters.slice(0, cut), piece, ...characters.slice(cut)].join("");
          const moved = fragments.map(({ start, end }) => {
            const by = start >= cut ? length(piece) : 0;
            return { start: start + by, end: end + by };
          });
          expect(carry(text, newText, fragments)).toEqual({ fragments: moved, reason: null });
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("moves a place by exactly what was deleted away from it", () => {
    fc.assert(
      fc.property(
        difficultText,
        difficultText,
        difficultText,
        fc.boolean(),
        (before, gone, after, marksFirst) => {
          const marked = marksFirst ? before : after;
          fc.pre(marked !== "");
          const piece = `${MARK}${gone}${MARK}`;
          const offset = marksFirst ? 0 : length(before) + length(piece);
          const fragment = { start: offset, end: offset + length(marked) };
          const newStart = marksFirst ? 0 : length(before);
          expect(carry(before + piece + after, before + after, [fragment])).toEqual(
            at(newStart, newStart + length(marked)),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("carries letter by letter, in order, whatever became of the text", () => {
    fc.assert(
      fc.property(textWithFragments, difficultText, ({ text, fragments }, other) => {
        const [oldMap, newMap] = [createOffsetMap(text), createOffsetMap(other)];
        const carried = createCarryOver(oldMap, newMap)(fragments);
        if (carried.fragments === null) return;
        expect(checkFragments(carried.fragments, newMap.length)).toBeNull();
        expect(carried.fragments.map(({ start, end }) => newMap.slice(start, end))).toEqual(
          fragments.map(({ start, end }) => oldMap.slice(start, end)),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("finds a quote that stands once in the new text, and only what is there", () => {
    const pair = fc.tuple(repetitiveText, repetitiveText).filter(([text]) => text !== "");
    fc.assert(
      fc.property(
        pair.chain(([oldText, newText]) =>
          place(oldText).map((fragment) => ({ oldText, newText, fragment })),
        ),
        ({ oldText, newText, fragment }) => {
          const quote = [...oldText].slice(fragment.start, fragment.end);
          const characters = [...newText];
          const places = characters.flatMap((_, start) =>
            quote.every((character, index) => characters[start + index] === character) ? [start] : [],
          );
          const carried = carry(oldText, newText, [fragment]);
          if (places.length === 0) expect(carried).toEqual(lost("NOT_FOUND"));
          else if (carried.fragments === null) expect(places.length).toBeGreaterThan(1);
          else expect(places).toContain(carried.fragments[0]?.start);
          if (places.length === 1) expect(carried.reason).toBeNull();
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("says the same of a place whatever else is carried", () => {
    fc.assert(
      fc.property(
        repetitiveText.filter((text) => text !== ""),
        repetitiveText,
        (oldText, newText) => {
          const together = createCarryOver(createOffsetMap(oldText), createOffsetMap(newText));
          const places = Array.from({ length: length(oldText) }, (_, start) => [{ start, end: start + 1 }]);
          const all = places.toReversed().map(together).reverse();
          expect(all).toEqual(places.map((fragments) => carry(oldText, newText, fragments)));
        },
      ),
    );
  });
});

describe("of several places", () => {
  it("takes the one whose surroundings are the same", () => {
    const oldText = "Anna came. Boris went.";
    expect(carryQuote(oldText, "It rained. Anna came, they say. Boris went.", "came")).toEqual(at(16, 20));
    expect(carryQuote("He said yes. She said no.", "She said no. He said yes!", "said", 0)).toEqual(
      at(16, 20),
    );
    expect(carryQuote("He said yes. She said no.", "She said no. He said yes!", "said", 1)).toEqual(at(4, 8));
  });

  it("finds a sentence that was moved far away", () => {
    const filler = Array.from({ length: 200 }, (_, n) => `Line ${n} says he went to place ${n * 7}.\n`);
    const sentence = "On Monday he left the house.\n";
    const oldText = [sentence, ...filler].join("");
    const newText = [...filler, sentence].join("");
    expect(carryQuote(oldText, newText, "he")).toEqual(
      at(newText.indexOf("he left"), newText.indexOf(" left")),
    );
  });

  it("leaves open what fits equally well", () => {
    expect(carryQuote("A cat sat.", "cat and cat.", "cat")).toEqual(lost("AMBIGUOUS"));
    expect(carryQuote("One fish.", "One fish. One fish.", "fish")).toEqual(lost("AMBIGUOUS"));
    expect(carryQuote("x cat y", "x cat y x cat y", "cat")).toEqual(lost("AMBIGUOUS"));
  });

  it("does not jump to one that stood there before, when there are more of them", () => {
    const oldText = "The red fox ran. The blue fox sat. The green fox slept.";
    expect(carryQuote(oldText, "The blue fox sat. The green fox slept.", "fox")).toEqual(lost("AMBIGUOUS"));
  });

  it("keeps all letters of a text whose quotation marks were replaced", () => {
    const oldText = 'He said "no" and "no" and "no".\nThen "no" again.';
    const newText = "He said “no” and “no” and “no”.\nThen “no” again.";
    for (const nth of [0, 1, 2, 3]) {
      const start = [...oldText.matchAll(/no/g)][nth]?.index ?? 0;
      expect(carryQuote(oldText, newText, "no", nth)).toEqual(at(start, start + 2));
    }
  });
});

describe("what is special", () => {
  it("counts code points", () => {
    expect(carryQuote("🙂 a 👩‍🌾 farmer", "🙃🙃 a 👩‍🌾 farmer", "👩‍🌾")).toEqual(at(5, 8));
    expect(carryQuote("x😀", "x😁😀", "😀")).toEqual(at(2, 3));
  });

  it("carries a whole text only as a whole", () => {
    expect(carryQuote("whole", "the whole text", "whole")).toEqual(at(4, 9));
    expect(carryQuote("whole", "whale", "whole")).toEqual(lost("NOT_FOUND"));
    expect(carryQuote("whole", "", "whole")).toEqual(lost("NOT_FOUND"));
  });

  it("follows overlapping places of a quote", () => {
    expect(carryQuote("banana bread", "Sanana bread", "ana", 0)).toEqual(at(1, 4));
    expect(carryQuote("banana bread", "Sanana bread", "ana", 1)).toEqual(at(3, 6));
  });

  it("carries each fragment by itself and keeps their order", () => {
    const oldText = "She, he says, went home.";
    const fragments = [
      { start: 0, end: 3 },
      { start: 14, end: 18 },
    ];
    expect(carry(oldText, "Yes! She, so he says, quickly went home.", fragments)).toEqual({
      fragments: [
        { start: 5, end: 8 },
        { start: 30, end: 34 },
      ],
      reason: null,
    });
    expect(carry(oldText, "went home, She", fragments)).toEqual(lost("NOT_FOUND"));
    expect(carry(oldText, "She stayed.", fragments)).toEqual(lost("NOT_FOUND"));
  });

  it("does not let fragments touch", () => {
    const fragments = [
      { start: 0, end: 2 },
      { start: 5, end: 7 },
    ];
    expect(carry("ab - cd", "abcd", fragments)).toEqual(lost("NOT_FOUND"));
  });

  it("refuses a fragment outside the text", () => {
    expect(() => carry("ab", "ab", [{ start: 0, end: 3 }])).toThrow(RangeError);
  });
});

describe("a text of two million code points with 20,000 annotations", () => {
  let state = 1;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
  const letters = (count: number) =>
    Array.from({ length: count }, () => "abdeiklmnorstuä".charAt(random(15))).join("");
  const vocabulary = Array.from({ length: 8_000 }, (_, rank) =>
    letters(2 + random(2) + Math.ceil(Math.log2(rank + 1) / 2)),
  );
  /** As in a language: few words make half of it. */
  const word = () => vocabulary[Math.floor(8_000 ** (random(10_000) / 10_000)) - 1] ?? "😀";
  const sentence = () => `${Array.from({ length: 8 + random(12) }, word).join(" ")}.`;
  const sentences: string[] = [];
  for (let size = 0; size < 2_000_000; size += (sentences.at(-1) ?? "").length + 1)
    sentences.push(sentence());
  const oldText = sentences.join(" ");
  const places = Array.from({ length: 20_000 }, () => {
    const start = random(1_900_000);
    return [{ start, end: start + 1 + random(50) }];
  });

  it.each<[string, number, (all: string[]) => string]>([
    [
      "with every tenth sentence corrected",
      19_000,
      (all) => all.map((one, n) => (n % 10 ? one : one.replace("a", "A"))).join(" "),
    ],
    ["in another order", 15_000, (all) => all.toReversed().join(" ")],
    ["rewritten as a whole", 0, (all) => all.map(sentence).join("\n")],
  ])("is carried over %s", { timeout: 120_000 }, (_name, least, rewrite) => {
    const newText = rewrite(sentences);
    const carryOver = createCarryOver(createOffsetMap(oldText), createOffsetMap(newText));
    const carried = places.map(carryOver).filter(({ reason }) => reason === null).length;
    expect(carried).toBeGreaterThanOrEqual(least);
  });
});
