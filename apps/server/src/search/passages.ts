/**
 * Cuts a text into the passages that are searched: paragraphs, or parts of those that are too long. The same text always
 * gives the same passages, since their places are what cursors name.
 */
import { codePointLength } from "@concord/core";

/** A part of a text, in code points, without white space at its ends. */
export interface Passage {
  start: number;
  end: number;
  text: string;
}

/**
 * The longest passage, in UTF-16 units: at most 16 KB as UTF-8. A tsvector takes more, but forgets where a word stands
 * after its 256th time, which single characters of Chinese reach in a longer one.
 */
export const MAX_LENGTH = 5_000;

/** In a text without blank lines a passage ends with the line that reaches this length, in UTF-16 units. */
const LINES_LENGTH = 1_000;

const LINE_BREAK = String.raw`(?:\r\n|[\n\r\u2028\u2029])`;
const BLANK_LINE = new RegExp(String.raw`${LINE_BREAK}(?:[^\S\n\r\u2028\u2029]*${LINE_BREAK})+`, "u");
const ANY_LINE_BREAK = /[\n\r\u2028\u2029]/g;
/** Behind what ends a sentence, its quotation marks included. */
const SENTENCE_END = /[.!?…؟।。！？]["'”’»)\]」』]*(?=\s)|[。！？][”’」』]*/g;
const WHITE_SPACE = /\s+/g;

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** The passages in text order. */
export function* passagesOf(text: string): Generator<Passage, void, undefined> {
  let at = 0;
  let codePoints = 0;
  while (at < text.length) {
    const window = text.slice(at, at + MAX_LENGTH);
    const length = lengthOf(window, at + window.length === text.length);
    const part = window.slice(0, length);
    const words = part.trim();
    if (words !== "") {
      const start = codePoints + codePointLength(part.slice(0, part.length - part.trimStart().length));
      yield { start, end: start + codePointLength(words), text: words };
    }
    codePoints += codePointLength(part);
    at += length;
  }
}

/** How much of a window one passage takes, at least one character. */
function lengthOf(window: string, isLast: boolean): number {
  const leading = window.length - window.trimStart().length;
  if (leading > 0) return leading;
  const blank = BLANK_LINE.exec(window);
  if (blank) return blank.index + blank[0].length;
  if (isLast && window.length < LINES_LENGTH) return window.length;
  ANY_LINE_BREAK.lastIndex = LINES_LENGTH;
  const line = ANY_LINE_BREAK.exec(window);
  if (line) return line.index + 1;
  if (isLast && window.length < MAX_LENGTH) return window.length;
  const earlierLine = window.search(/[\n\r\u2028\u2029][^\n\r\u2028\u2029]*$/);
  if (earlierLine > 0) return earlierLine + 1;
  return lastEnd(window, SENTENCE_END) ?? lastEnd(window, WHITE_SPACE) ?? graphemeEdge(window);
}

/** Behind the last find in the window's second half; what stands at its very end may go on behind it. */
function lastEnd(window: string, pattern: RegExp): number | null {
  let found: number | null = null;
  for (const { index, 0: match } of window.matchAll(pattern)) {
    const end = index + match.length;
    if (end > window.length / 2 && end < window.length) found = end;
  }
  return found;
}

/** Before the window's last grapheme; somewhere between two characters where all of its end is one. */
function graphemeEdge(window: string): number {
  const from = window.length - 64;
  const edge = [...graphemes.segment(window.slice(from))].at(-1)?.index ?? 0;
  if (edge > 0) return from + edge;
  const isInPair = /[\udc00-\udfff]/.test(window[window.length - 2] ?? "");
  return window.length - (isInPair ? 3 : 2);
}
