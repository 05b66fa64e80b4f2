/**
 * Graphemes, what a reader takes for one character, by Intl.Segmenter. A text of millions is never segmented as a
 * whole: edges are looked for in a window, and only those count that what lies before the window can't undo.
 */
import { codePointLength, type OffsetMap } from "./offset-map.ts";

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

/** How far before a place, in code points, its graphemes are looked at; longer ones have no edge here. */
const LOOK_BACK = 256;

/**
 * Characters whose own left neighbours decide what follows them: marks, joiners and regional indicators. Whether there
 * is an edge after one of them may depend on what lies before the window; after any other character it can't.
 */
const DEPENDS_ON_BEFORE = /[\p{M}\p{Grapheme_Extend}\p{Emoji_Modifier}\p{Regional_Indicator}\u200d]$/u;

/**
 * The first grapheme of a text; empty for an empty one.
 * @example firstGrapheme("👩🏽‍🌾 farmer"); // "👩🏽‍🌾"
 */
export function firstGrapheme(text: string): string {
  for (const { segment } of segmenter.segment(text)) return segment;
  return "";
}

/**
 * The first grapheme edge at or after `from` and before `to`, or `to` where there is none. Positions are code points.
 */
export function edgeAfter(text: OffsetMap, from: number, to: number): number {
  if (from >= to || isPlainEdge(text, from)) return from;
  return edges(text, from, to).find((edge) => edge >= from) ?? to;
}

/**
 * The last grapheme edge after `from` and at or before `to`, or `from` where there is none. Positions are code points.
 */
export function edgeBefore(text: OffsetMap, from: number, to: number): number {
  if (from >= to || isPlainEdge(text, to)) return to;
  // The character after `to` tells whether `to` itself is an edge.
  return (
    edges(text, from, Math.min(to + 1, text.length)).findLast((edge) => edge > from && edge <= to) ?? from
  );
}

/** The grapheme edges before `to`, from some place at or before `from` on, as far as they are certain. */
function edges(text: OffsetMap, from: number, to: number): number[] {
  const windowStart = Math.max(0, from - LOOK_BACK);
  const found: number[] = [];
  let certain = windowStart === 0;
  let position = windowStart;
  for (const { segment } of segmenter.segment(text.slice(windowStart, to))) {
    if (certain) found.push(position);
    certain ||= !DEPENDS_ON_BEFORE.test(segment);
    position += codePointLength(segment);
  }
  return found;
}

/** Whether there is an edge for certain, since plain characters meet there, as they mostly do. */
function isPlainEdge(text: OffsetMap, position: number): boolean {
  if (position === 0 || position === text.length) return true;
  const pair = text.slice(position - 1, position + 1);
  return pair !== "\r\n" && isPlain(pair.charCodeAt(0)) && isPlain(pair.charCodeAt(1));
}

/** Latin, Greek, Cyrillic, dashes and quotation marks, kana, ideographs: nothing here joins its neighbour. */
function isPlain(code: number): boolean {
  return (
    code < 0x300 ||
    (code >= 0x370 && code <= 0x482) ||
    (code >= 0x48a && code <= 0x52f) ||
    (code >= 0x2010 && code <= 0x2027) ||
    (code >= 0x3041 && code <= 0x3096) ||
    (code >= 0x30a1 && code <= 0x30fa) ||
    (code >= 0x4e00 && code <= 0x9fff)
  );
}
