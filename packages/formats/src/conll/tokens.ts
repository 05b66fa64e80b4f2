/** A text as tokens, none of which is partly in an annotation, and the annotations that tags can say. */
import type { CorpusAnnotation, CorpusDocument } from "../corpus.ts";

/** A token in UTF-16 units, with its tag. */
export interface Token {
  start: number;
  end: number;
  tag: string;
}

/** Tokens, and how many annotations tags could not say, by reason. */
export interface Tagged {
  tokens: Token[];
  discontinuous: number;
  overlapping: number;
  blank: number;
}

/** What is in tokens: no white space, for JavaScript or for Python. */
const SOLID = /[^\s\p{Cc}]/u;

/**
 * Words and signs, cut where annotations begin and end. Of annotations that overlap the one that starts first is kept,
 * and of those that start together the longest.
 */
export function tag(document: CorpusDocument, nameOf: (label: string) => string): Tagged {
  const { text, offsets } = document;
  const flat: { start: number; end: number; label: string }[] = [];
  let [discontinuous, overlapping, blank] = [0, 0, 0];
  let last = 0;
  for (const { fragments, label } of inReadingOrder(document.annotations)) {
    const [first] = fragments;
    if (first === undefined || fragments.length > 1) {
      discontinuous++;
      continue;
    }
    const [start, end] = [offsets.toUtf16(first.start), offsets.toUtf16(first.end)];
    if (!SOLID.test(text.slice(start, end))) blank++;
    else if (start < last) overlapping++;
    else {
      flat.push({ start, end, label: nameOf(label) });
      last = end;
    }
  }
  const cuts = new Set(flat.flatMap(({ start, end }) => [start, end]));
  return { tokens: tagged(tokensOf(text, cuts), flat), discontinuous, overlapping, blank };
}

function inReadingOrder(annotations: readonly CorpusAnnotation[]): CorpusAnnotation[] {
  const startOf = ({ fragments }: CorpusAnnotation) => fragments[0]?.start ?? 0;
  const endOf = ({ fragments }: CorpusAnnotation) => fragments.at(-1)?.end ?? 0;
  return annotations.toSorted((a, b) => startOf(a) - startOf(b) || endOf(b) - endOf(a));
}

const segmenter = new Intl.Segmenter("en", { granularity: "word" });

/** Words come again and again, and taking them apart is slow: so many are remembered. */
const MAX_KNOWN = 20_000;
/** Longer ones are no copies: V8 would keep the whole text that they are a part of. */
const MAX_KNOWN_LENGTH = 12;
const known = new Map<string, readonly string[]>();

/** What stands between two spaces, word by word as Unicode has them, scripts without spaces too. */
function segmentsOf(chunk: string): readonly string[] {
  const before = known.get(chunk);
  if (before !== undefined) return before;
  const segments = Array.from(segmenter.segment(chunk), ({ segment }) => segment);
  if (chunk.length > MAX_KNOWN_LENGTH) return segments;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(chunk, segments);
  return segments;
}

function tokensOf(text: string, cuts: ReadonlySet<number>): Token[] {
  const tokens: Token[] = [];
  // The segmenter copies its whole text at each step: it gets what stands between spaces, one by one.
  for (const { 0: chunk, index } of text.matchAll(/[^\s\p{Cc}]+/gu)) {
    let start = index;
    for (const segment of segmentsOf(chunk)) {
      cutInto(tokens, start, segment.length, cuts);
      start += segment.length;
    }
  }
  return tokens;
}

function cutInto(tokens: Token[], from: number, length: number, cuts: ReadonlySet<number>): void {
  let start = from;
  for (let at = from + 1; at <= from + length; at++) {
    if (at < from + length && !cuts.has(at)) continue;
    tokens.push({ start, end: at, tag: "O" });
    start = at;
  }
}

function tagged(tokens: Token[], flat: readonly { start: number; end: number; label: string }[]): Token[] {
  let index = 0;
  let begun = false;
  for (const token of tokens) {
    while (index < flat.length && (flat[index]?.end ?? 0) <= token.start) {
      index++;
      begun = false;
    }
    const span = flat[index];
    if (span === undefined || token.start < span.start) continue;
    token.tag = `${begun ? "I" : "B"}-${span.label}`;
    begun = true;
  }
  return tokens;
}

/** What tags could not say, in words. */
export function leftOutOf({ discontinuous, overlapping, blank }: Tagged, title: string): string[] {
  const said: string[] = [];
  const add = (count: number, what: string) => {
    if (count > 0)
      said.push(
        `${JSON.stringify(title)}: ${count === 1 ? "one annotation is" : `${count} annotations are`} left out: ${what}.`,
      );
  };
  add(overlapping, "another one covers a part of the same words");
  add(discontinuous, "made of several fragments");
  add(blank, "nothing but white space in it");
  return said;
}
