/** For tests: texts made of what goes wrong, which evenly spread characters would hardly ever bring together. */
import fc from "fast-check";

const DIFFICULT = [
  ..."ab Zé．～",
  "\r",
  "\n",
  "\u00ad",
  "\u0301",
  "\u200d",
  "\u200c",
  "\ufe0f",
  "\ufffd",
  "😀",
  "👩",
  "❤",
  "🏽",
  "🇩",
  "🇪",
  "𝒳",
  "\u{10ffff}",
  "क",
  "्",
  "ि",
  "ᄀ",
  "ᅡ",
  "ᆨ",
  "가",
  "\u0600",
];

/** Well-formed text with astral characters, marks, joiners, flags, conjuncts and Hangul. */
export const difficultText = fc
  .array(fc.constantFrom(...DIFFICULT), { maxLength: 120 })
  .map((parts) => parts.join(""));

/** The same with lone surrogates and NUL here and there. */
export const anyText = fc
  .array(fc.oneof(fc.constantFrom(...DIFFICULT, "\ud83d", "\ude00", "\0"), fc.string({ unit: "binary" })), {
    maxLength: 40,
  })
  .map((parts) => parts.join(""));

/** A text with fragments that keep the rules. */
export const textWithFragments = difficultText
  .filter((text) => text.length > 0)
  .chain((text) =>
    fc
      .uniqueArray(fc.nat([...text].length), { minLength: 2, maxLength: 12 })
      .map((cuts) => ({ text, fragments: fragmentsOf(cuts) })),
  );

function fragmentsOf(cuts: number[]): { start: number; end: number }[] {
  const sorted = cuts.toSorted((a, b) => a - b);
  const fragments: { start: number; end: number }[] = [];
  for (let index = 0; index + 1 < sorted.length; index += 2) {
    const [start = 0, end = 0] = sorted.slice(index, index + 2);
    fragments.push({ start, end });
  }
  return fragments;
}
