// From what is selected in the text to fragments: whole words unless exactness is asked for, several parts joined in
// text order. Pure but for the DOM range it may start from; the events are in `selection-control.ts`.
import type { Fragment } from "@concord/core";
import type { ParagraphIndex } from "./paragraph-index.ts";
import type { TextDom } from "./text-dom.ts";
import { type RangeUtf16, sentenceAt, snapToWords, type TextSegmenters } from "./words.ts";

/** The code points of a DOM range, in text order; null when an end lies outside the text or nothing is between them. */
export function fragmentOfRange(dom: TextDom, range: AbstractRange): Fragment | null {
  const start = dom.positionOf(range.startContainer, range.startOffset);
  const end = dom.positionOf(range.endContainer, range.endOffset);
  return start === null || end === null || start >= end ? null : { start, end };
}

/** Both ends moved out to whole words, white space trimmed off; null when nothing else is left. */
export function snapFragment(
  text: ParagraphIndex,
  { start, end }: Fragment,
  segmenters: TextSegmenters,
): Fragment | null {
  const [first, last] = [text.at(start), text.at(Math.max(start, end - 1))];
  const snapIn = (p: number): Fragment | null => {
    const paragraph = text.paragraphs[p];
    const range = { startUtf16: text.toUtf16(p, start), endUtf16: text.toUtf16(p, end) };
    if (paragraph === undefined || range.startUtf16 >= range.endUtf16) return null;
    const snapped = snapToWords(paragraph.text, range, segmenters);
    return snapped === null ? null : fragmentFrom(text, p, snapped);
  };
  // only the two outermost paragraphs with something selected matter, of however many
  let from: Fragment | null = null;
  let to: Fragment | null = null;
  for (let p = first; p <= last && from === null; p++) from = snapIn(p);
  for (let p = last; p >= first && to === null; p--) to = snapIn(p);
  return from === null || to === null ? null : { start: from.start, end: to.end };
}

/** What fragments hold, as a quote: the parts' text joined by a space. */
export function quoteOf(text: ParagraphIndex, fragments: readonly Fragment[]): string {
  return fragments.map(({ start, end }) => text.slice(start, end)).join(" ");
}

export function fragmentFrom(text: ParagraphIndex, paragraph: number, range: RangeUtf16): Fragment {
  return {
    start: text.toCodePoint(paragraph, range.startUtf16),
    end: text.toCodePoint(paragraph, range.endUtf16),
  };
}

export function sentenceAround(
  text: ParagraphIndex,
  position: number,
  segmenters: TextSegmenters,
): Fragment | null {
  const p = text.at(position);
  const range = sentenceAt(text.paragraphs[p]?.text ?? "", text.toUtf16(p, position), segmenters);
  return range === null ? null : fragmentFrom(text, p, range);
}

/** Adds a part: parts that touch or overlap become one, as the API asks of fragments. */
export function joinFragments(parts: readonly Fragment[], added: Fragment): Fragment[] {
  const joined: Fragment[] = [];
  for (const part of [...parts, added].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && part.start <= last.end)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, part.end) };
    else joined.push({ start: part.start, end: part.end });
  }
  return joined;
}

/** Changes the last part's end by a rule of `words.ts`; null where the rule has nothing to give. */
export function reshapeLast(
  text: ParagraphIndex,
  parts: readonly Fragment[],
  rule: (text: string, range: RangeUtf16) => RangeUtf16 | null,
): Fragment[] | null {
  const last = parts.at(-1);
  if (last === undefined) return null;
  const p = text.at(last.end - 1);
  const own = text.paragraphs[p];
  if (own === undefined) return null;
  const from = Math.max(last.start, own.start);
  const changed = rule(own.text, { startUtf16: text.toUtf16(p, from), endUtf16: text.toUtf16(p, last.end) });
  if (changed === null) return null;
  return joinFragments(parts.slice(0, -1), { start: last.start, end: text.toCodePoint(p, changed.endUtf16) });
}
