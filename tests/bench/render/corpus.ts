// A text of a given length with annotations as annotators make them: names, clauses, sentences; nested, crossing, some of
// whole paragraphs. The same numbers give the same corpus.
import type { BenchAnnotation, BenchData } from "./subject.ts";

const WORDS =
  "the delegations of three river states opened a meeting on flood warnings and asked who would pay for one desk that reads every gauge by day and by night before the autumn rain reaches the lower harbour according to the minister".split(
    " ",
  );
const LABELS = [
  ["INDIGO", "S"],
  ["RUST", "C"],
  ["GREEN", "I"],
  ["PURPLE", "A"],
  ["ROSE", "O"],
  ["TEAL", "E"],
  ["OLIVE", "N"],
  ["STONE", "P"],
] as const;
/** Longest extents, in characters: mostly short ones. */
const LENGTHS = [12, 12, 25, 25, 60, 60, 140, 300];

/** A small generator of numbers from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function makeText(length: number, random: () => number): string {
  const pick = () => WORDS[Math.floor(random() * WORDS.length)] ?? "";
  const paragraphs: string[] = [];
  for (let size = 0; size < length; ) {
    const target = 200 + Math.floor(random() * 700);
    let paragraph = "";
    while (paragraph.length < target) {
      const sentence = Array.from({ length: 8 + Math.floor(random() * 14) }, pick).join(" ");
      paragraph += `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}. `;
    }
    paragraphs.push(paragraph.trim());
    size += paragraph.trim().length + 1;
  }
  return paragraphs.join("\n").slice(0, length).trimEnd();
}

export function makeCorpus(length: number, count: number, seed = 7): BenchData {
  const random = randomFrom(seed);
  const text = makeText(length, random);
  const annotations = Array.from({ length: count }, (_, index): BenchAnnotation => {
    const longest = LENGTHS[Math.floor(random() * LENGTHS.length)] ?? 12;
    const near = Math.floor(random() * (text.length - longest - 2));
    const start = text.lastIndexOf(" ", near) + 1;
    const found = text.indexOf(" ", start + Math.floor((0.4 + 0.6 * random()) * longest));
    const end = found < 0 ? text.length : found;
    const number = Math.floor(random() * LABELS.length);
    const [color, letter] = LABELS[number] ?? LABELS[0];
    return {
      id: `a-${index}`,
      labelId: `label-${number}`,
      color,
      letter,
      fragments: [{ start, end }],
      quote: text.slice(start, end),
    };
  });
  return { text, annotations };
}
