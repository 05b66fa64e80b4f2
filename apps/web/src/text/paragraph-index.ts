// Where a code point lies: in which paragraph, and at which UTF-16 offset of that paragraph's text node, and back.
// Paragraphs are the text's lines. A line break (LF or CRLF) belongs to the paragraph before it, so every code point
// belongs to exactly one; it isn't part of the paragraph's text, since one element a paragraph already breaks the line.

export interface Paragraph {
  /** First code point. */
  readonly start: number;
  /** Code point after the last one of the text, before the line break. */
  readonly end: number;
  readonly text: string;
}

export interface ParagraphIndex {
  readonly paragraphs: readonly Paragraph[];
  /** Code points in the whole text. */
  readonly length: number;
  /** The paragraph that holds a position; the text's end belongs to the last one. */
  at(position: number): number;
  /** UTF-16 offset in that paragraph's text; positions outside of it are clamped to its ends. */
  toUtf16(paragraph: number, position: number): number;
  /** Position of a UTF-16 offset in that paragraph's text; an offset inside a surrogate pair means the pair's start. */
  toCodePoint(paragraph: number, offsetUtf16: number): number;
  /** The text between two positions, line breaks as they were stored. */
  slice(start: number, end: number): string;
}

const PAIR = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;
const NO_PAIRS = new Int32Array(0);

/** Code-point indices, counted from the start of `line`, of the characters that take two UTF-16 units. */
function pairsIn(line: string): Int32Array {
  const found: number[] = [];
  for (const match of line.matchAll(PAIR)) found.push(match.index - found.length);
  return found.length === 0 ? NO_PAIRS : Int32Array.from(found);
}

/** How many of the first `count` indices satisfy `isBefore`, which must hold for a leading part only. */
export function countWhile(count: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function createParagraphIndex(text: string): ParagraphIndex {
  const paragraphs: Paragraph[] = [];
  const pairs: Int32Array[] = [];
  const startsUtf16: number[] = [];
  let position = 0;
  for (let from = 0; from <= text.length; ) {
    const newline = text.indexOf("\n", from);
    const lineEnd = newline < 0 ? text.length : newline;
    const end = newline > from && text[newline - 1] === "\r" ? newline - 1 : lineEnd;
    const line = text.slice(from, end);
    const linePairs = pairsIn(line);
    const next = newline < 0 ? text.length + 1 : newline + 1;
    paragraphs.push({ start: position, end: position + line.length - linePairs.length, text: line });
    pairs.push(linePairs);
    startsUtf16.push(from);
    position += Math.min(next, text.length) - from - linePairs.length;
    from = next;
  }

  const startOf = (paragraph: number) => paragraphs[paragraph]?.start ?? position;
  const pairsOf = (paragraph: number) => pairs[paragraph] ?? NO_PAIRS;

  function at(target: number): number {
    return Math.max(0, countWhile(paragraphs.length, (index) => startOf(index) <= target) - 1);
  }

  function relativeUtf16(paragraph: number, relative: number): number {
    const own = pairsOf(paragraph);
    return relative + countWhile(own.length, (index) => (own[index] ?? 0) < relative);
  }

  /** Offset in the whole text, also of a position inside a line break (which holds no pairs). */
  function wholeUtf16(target: number): number {
    const paragraph = at(target);
    return (startsUtf16[paragraph] ?? 0) + relativeUtf16(paragraph, target - startOf(paragraph));
  }

  return {
    paragraphs,
    length: position,
    at,
    toUtf16(paragraph, target) {
      const { start, end } = paragraphs[paragraph] ?? { start: 0, end: 0 };
      return relativeUtf16(paragraph, Math.min(Math.max(target, start), end) - start);
    },
    toCodePoint(paragraph, offsetUtf16) {
      const own = pairsOf(paragraph);
      const before = countWhile(own.length, (index) => (own[index] ?? 0) + index < offsetUtf16);
      return startOf(paragraph) + offsetUtf16 - before;
    },
    slice: (start, end) => text.slice(wholeUtf16(start), wholeUtf16(end)),
  };
}
