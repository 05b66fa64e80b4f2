/**
 * Whether a quote stands where a file says, and where else it does: positions come counted in other units, from other
 * copies, or not at all. Nothing is guessed: of several places only one that the context tells apart is taken.
 */
import { createOccurrences, type Fragment, type Occurrences, type OffsetMap, quoteOf } from "@concord/core";

/** What a file says of a place; positions are code points, or meant to be. */
export interface StatedPlace {
  fragments: readonly Fragment[] | null;
  quote: string | null;
  prefix: string;
  suffix: string;
}

/** Where it is, and how that was found if not as stated; or why it is nowhere. */
export type Anchored = { fragments: Fragment[]; how: string | null } | { fragments: null; why: string };

/** Places that are looked at for one quote. */
const MAX_PLACES = 200;

/** Quotes of one text that are looked for: where more are not where they should be, it is another text. */
const MAX_SEARCHES = 20_000;

/** Finds places in one text. */
export interface Anchor {
  place(stated: StatedPlace): Anchored;
}

/**
 * Reads the text once; what searching needs is made at the first search.
 * @example
 * createAnchor(createOffsetMap("😀 yes"), "😀 yes").place({ fragments: [{ start: 3, end: 6 }], quote: "yes", prefix: "", suffix: "" });
 * // { fragments: [{ start: 2, end: 5 }], how: "its positions are UTF-16 units" }
 */
export function createAnchor(offsets: OffsetMap, text: string): Anchor {
  let occurrences: Occurrences | null = null;
  let breaks: number[] | null = null;
  let searches = 0;
  const find = (quote: string, near: number) => {
    occurrences ??= createOccurrences(text);
    return occurrences.find(quote, near, MAX_PLACES);
  };
  const isAt = (fragments: readonly Fragment[] | null, quote: string): fragments is Fragment[] =>
    fragments !== null && isInside(fragments, offsets.length) && says(offsets, fragments, quote);

  /** Read as if a line break of two characters had been counted as one. */
  function withBreaks(position: number): number {
    breaks ??= lineBreaks(offsets, text);
    let low = 0;
    let high = breaks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((breaks[middle] ?? 0) - middle < position) low = middle + 1;
      else high = middle;
    }
    return position + low;
  }

  function counted(fragments: readonly Fragment[], quote: string): Anchored | null {
    const { lengthUtf16 } = offsets;
    if (lengthUtf16 !== offsets.length && isInside(fragments, lengthUtf16)) {
      const utf16 = moved(fragments, (position) => offsets.toCodePoint(position));
      if (isAt(utf16, quote)) return { fragments: utf16, how: "its positions are UTF-16 units" };
    }
    if (text.includes("\r\n")) {
      const folded = moved(fragments, withBreaks);
      if (isAt(folded, quote)) return { fragments: folded, how: "its positions count a line break as one" };
    }
    return null;
  }

  function searched({ fragments, quote, prefix, suffix }: StatedPlace): Anchored {
    const wanted = quote ?? "";
    if (++searches > MAX_SEARCHES)
      return {
        fragments: null,
        why: `is one of more than ${MAX_SEARCHES} that are not where they should be`,
      };
    const first = fragments?.[0];
    const head = fragments !== null && fragments.length > 1 && first ? headOf(wanted, first) : wanted;
    const near =
      first === undefined ? 0 : offsets.toUtf16(Math.max(0, Math.min(first.start, offsets.length)) || 0);
    const candidates = find(head, near)
      .map((at) => toFragments(at, head, fragments))
      .filter((found) => isAt(found, wanted));
    if (candidates.length === 0) return { fragments: null, why: "is nowhere in the text" };
    const [only] = candidates.length === 1 ? candidates : byContext(candidates, prefix, suffix);
    if (only === undefined)
      return {
        fragments: null,
        why: `stands in ${candidates.length >= MAX_PLACES ? "many" : candidates.length} places`,
      };
    return { fragments: only, how: fragments === null ? null : "that is where its quote stands" };
  }

  function toFragments(at: number, head: string, stated: readonly Fragment[] | null): Fragment[] {
    const start = offsets.toCodePoint(at);
    const [first] = stated ?? [];
    if (stated !== null && first !== undefined && stated.length > 1)
      return moved(stated, (position) => position + start - first.start);
    return [{ start, end: offsets.toCodePoint(at + head.length) }];
  }

  function byContext(candidates: Fragment[][], prefix: string, suffix: string): Fragment[][] {
    if (prefix === "" && suffix === "") return [];
    const fitting = candidates.filter((fragments) => {
      const start = offsets.toUtf16(fragments[0]?.start ?? 0);
      const end = offsets.toUtf16(fragments.at(-1)?.end ?? 0);
      return text.endsWith(prefix, start) && text.startsWith(suffix, end);
    });
    return fitting.length === 1 ? fitting : [];
  }

  return {
    place(stated) {
      const { fragments, quote } = stated;
      if (quote === null || quote === "") {
        if (fragments !== null) return { fragments: [...fragments], how: null };
        return { fragments: null, why: "has neither positions nor a quote" };
      }
      if (isAt(fragments, quote)) return { fragments: [...fragments], how: null };
      return (fragments === null ? null : counted(fragments, quote)) ?? searched(stated);
    },
  };
}

/** White space, for JavaScript and for Python. */
const SPACE = /[\s\p{Cc}]+/gu;

/** White space is compared as such: other tools write a line break in a quote as a space. */
function says(offsets: OffsetMap, fragments: readonly Fragment[], quote: string): boolean {
  const there = quoteOf(offsets, fragments);
  return there === quote || folded(there) === folded(quote);
}

function folded(text: string): string {
  return text.replace(SPACE, " ").trim();
}

function isInside(fragments: readonly Fragment[], length: number): boolean {
  return fragments.every(
    ({ start, end }) =>
      Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= length,
  );
}

function moved(fragments: readonly Fragment[], by: (position: number) => number): Fragment[] {
  return fragments.map(({ start, end }) => ({ start: by(start), end: by(end) }));
}

/** The first fragment's part of a quote that joins several. */
function headOf(quote: string, { start, end }: Fragment): string {
  return Array.from(quote)
    .slice(0, Math.max(0, end - start))
    .join("");
}

/** Code-point positions of the line feeds that follow a carriage return. */
function lineBreaks(offsets: OffsetMap, text: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf("\r\n"); at !== -1; at = text.indexOf("\r\n", at + 2))
    found.push(offsets.toCodePoint(at + 1));
  return found;
}
