/** What a span's place says, and what stands around it. Kept with the span, to find the place again in another copy. */
import { extentOf, type Fragment } from "./fragments.ts";
import { edgeAfter, edgeBefore } from "./grapheme.ts";
import type { OffsetMap } from "./offset-map.ts";

/** Code points of context on either side, at most. */
const CONTEXT_LENGTH = 32;

/**
 * The fragments' text, joined by one space where there are several.
 * @throws RangeError for a fragment outside the text
 * @example quoteOf(createOffsetMap("She said yes."), [{ start: 0, end: 3 }, { start: 9, end: 12 }]); // "She yes"
 */
export function quoteOf(text: OffsetMap, fragments: readonly Fragment[]): string {
  return fragments.map(({ start, end }) => text.slice(start, end)).join(" ");
}

/**
 * Up to 32 code points right before and right after the fragments' extent, cut back at the far end to a grapheme edge,
 * so that neither begins or ends with a part of a grapheme; empty where a grapheme is longer than the window. Takes the
 * same time however long the text is.
 * @throws RangeError without fragments, or for one outside the text
 * @example contextOf(createOffsetMap("She said yes."), [{ start: 4, end: 8 }]); // { prefix: "She ", suffix: " yes." }
 */
export function contextOf(
  text: OffsetMap,
  fragments: readonly Fragment[],
): { prefix: string; suffix: string } {
  const { start, end } = extentOf(fragments);
  const from = edgeAfter(text, Math.max(0, start - CONTEXT_LENGTH), start);
  const to = edgeBefore(text, end, Math.min(text.length, end + CONTEXT_LENGTH));
  return { prefix: text.slice(from, start), suffix: text.slice(end, to) };
}
