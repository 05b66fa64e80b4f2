// Moving one edge of a highlight's part: where it may go, and what the fragments are then. Pure.
import type { Fragment } from "@concord/core";
import type { ParagraphIndex } from "./paragraph-index.ts";
import type { TextSegmenters } from "./words.ts";

export interface Edge {
  /** Which fragment. */
  readonly part: number;
  readonly side: "start" | "end";
}

/** How an edge is moved: to the words' edges, or exactly, which means between two characters as a reader sees them. */
export type EdgeStep = "word" | "character";

/** The fragments with one edge moved; it stays within its neighbours, and a part keeps at least one code point. */
export function moveEdge(
  fragments: readonly Fragment[],
  { part, side }: Edge,
  position: number,
  length: number,
): Fragment[] {
  return fragments.map((fragment, index) => {
    if (index !== part) return { start: fragment.start, end: fragment.end };
    const least = (fragments[index - 1]?.end ?? -1) + 1;
    const most = (fragments[index + 1]?.start ?? length + 1) - 1;
    return side === "start"
      ? { start: Math.max(least, Math.min(position, fragment.end - 1)), end: fragment.end }
      : { start: fragment.start, end: Math.min(most, Math.max(position, fragment.start + 1)) };
  });
}

/** The places in a paragraph where an edge may stand, in order. */
function stopsOf(
  text: ParagraphIndex,
  paragraph: number,
  side: Edge["side"],
  step: EdgeStep,
  segmenters: TextSegmenters,
): number[] {
  const own = text.paragraphs[paragraph];
  if (own === undefined) return [];
  const stops: number[] = [];
  const segmenter = step === "word" ? segmenters.word : segmenters.grapheme;
  for (const { index, segment, isWordLike } of segmenter.segment(own.text)) {
    if (segment.trim() === "" || (step === "word" && isWordLike !== true)) continue;
    stops.push(text.toCodePoint(paragraph, side === "start" ? index : index + segment.length));
  }
  return stops;
}

/** The stop nearest to a place, in its paragraph; the place itself where there is none. */
export function nearestStop(
  text: ParagraphIndex,
  position: number,
  side: Edge["side"],
  step: EdgeStep,
  segmenters: TextSegmenters,
): number {
  let best: number | null = null;
  for (const stop of stopsOf(text, text.at(position), side, step, segmenters))
    if (best === null || Math.abs(stop - position) < Math.abs(best - position)) best = stop;
  return best ?? position;
}

/** The stop after or before a place, on through the paragraphs; null at the text's ends. */
export function nextStop(
  text: ParagraphIndex,
  position: number,
  side: Edge["side"],
  by: 1 | -1,
  step: EdgeStep,
  segmenters: TextSegmenters,
): number | null {
  for (let p = text.at(position); p >= 0 && p < text.paragraphs.length; p += by) {
    const stops = stopsOf(text, p, side, step, segmenters);
    const found =
      by === 1 ? stops.find((stop) => stop > position) : stops.findLast((stop) => stop < position);
    if (found !== undefined) return found;
  }
  return null;
}
