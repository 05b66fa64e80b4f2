/**
 * Carries places over from a text to its corrected version, by quote. Exact quotes only: what was marked must stand in
 * the new text letter by letter, or it is not carried.
 *
 * What both versions share (common-blocks.ts) says where most places went, without a search. What is not in one of
 * those parts is looked for everywhere: it may have been moved, or its surroundings changed. Of several places the one
 * with the most context in common wins; one that belongs to what stood elsewhere before is taken only if it is the one.
 */
import { type CommonBlock, commonBlocks } from "./common-blocks.ts";
import type { Fragment } from "./fragments.ts";
import { createOccurrences } from "./occurrences.ts";
import type { OffsetMap } from "./offset-map.ts";

/** Why a place has no counterpart: its quote is not there, or stands in several places that fit equally well. */
export type NotCarriedReason = "NOT_FOUND" | "AMBIGUOUS";

/** Where a place went, or why nowhere. */
export type CarriedOver =
  | { fragments: Fragment[]; reason: null }
  | { fragments: null; reason: NotCarriedReason };

/** UTF-16 units on either side that are compared; what lies further away says little about a place. */
const CONTEXT = 32;
/** What standing where the old place would be is worth, in units of context: more than chance, less than a moved sentence. */
const NEAR = 16;
/** UTF-16 units on either side by which a quote is known again wherever it was moved. */
const SURROUNDINGS = 8;
/** Of a quote that stands everywhere, so many places are weighed: those nearest to the old one. */
const MAX_CANDIDATES = 200;

/** A place in the new text that one fragment may have gone to; UTF-16. */
interface Candidate {
  start: number;
  end: number;
  score: number;
}

/**
 * Reads both texts once; the function it gives says of the fragments of one span where they are in the new text. The
 * answer depends on these texts and fragments alone. Fragments keep their order, and neither touch nor overlap there.
 * Both texts must be well-formed: a lone surrogate may be taken for half of a pair.
 * @throws RangeError for a fragment outside the old text
 * @example
 * const carryOver = createCarryOver(createOffsetMap("A cat sat."), createOffsetMap("Then a cat sat."));
 * carryOver([{ start: 2, end: 5 }]); // { fragments: [{ start: 7, end: 10 }], reason: null }
 * carryOver([{ start: 0, end: 5 }]); // { fragments: null, reason: "NOT_FOUND" }
 */
export function createCarryOver(
  oldMap: OffsetMap,
  newMap: OffsetMap,
): (fragments: readonly Fragment[]) => CarriedOver {
  const oldText = oldMap.slice(0, oldMap.length);
  const newText = newMap.slice(0, newMap.length);
  const alignment = align(oldText, newText);
  const occurrences = createOccurrences(newText);
  const searched = new Map<string, Candidate[]>();

  function candidates(fragment: Fragment): Candidate[] {
    const start = oldMap.toUtf16(fragment.start);
    const end = oldMap.toUtf16(fragment.end);
    const aligned = alignedPlaces(start, end);
    if (aligned.length > 0) return aligned;
    const key = `${start}-${end}`;
    const known = searched.get(key) ?? search(start, end);
    searched.set(key, known);
    return known;
  }

  /** Where a part that both texts share puts it, and where its neighbours would: those differ where a text was doubled. */
  function alignedPlaces(start: number, end: number): Candidate[] {
    const shifts = alignment.shiftsOf(start, end);
    if (shifts === null) return [];
    const quote = shifts.beside.length === 0 ? "" : oldText.slice(start, end);
    const others = shifts.beside
      .map((shift) => start + shift)
      .filter((at) => at >= 0 && newText.startsWith(quote, at) && !alignment.isShared(at, at + end - start));
    return [start + shifts.own, ...others].map((at) => candidate(start, end, at)).sort(byStart);
  }

  function search(start: number, end: number): Candidate[] {
    const { from, to } = alignment.rangeOf(start, end);
    const quote = oldText.slice(start, end);
    // What was moved as a whole is far away, where many a short quote stands nearer.
    const before = Math.min(SURROUNDINGS, start);
    const surrounded = oldText.slice(start - before, end + SURROUNDINGS);
    const moved = occurrences.find(surrounded, from - before, MAX_CANDIDATES).map((at) => at + before);
    const places = new Set([...moved, ...occurrences.find(quote, from, MAX_CANDIDATES)]);
    return [...places]
      .sort((a, b) => a - b)
      .map((at) => {
        const place = candidate(start, end, at);
        // Belongs to what stood elsewhere before: any such place is as good as another.
        if (alignment.isShared(at, place.end)) return { ...place, score: 0 };
        const near = at < to && place.end > from;
        return { ...place, score: 1 + place.score + (near ? NEAR : 0) };
      });
  }

  function candidate(start: number, end: number, at: number): Candidate {
    const newEnd = at + end - start;
    const score = commonBefore(oldText, start, newText, at) + commonAfter(oldText, end, newText, newEnd);
    return { start: at, end: newEnd, score };
  }

  return (fragments) => {
    const places = bestInOrder(fragments.map(candidates));
    if (typeof places === "string") return { fragments: null, reason: places };
    return {
      fragments: places.map(({ start, end }) => ({
        start: newMap.toCodePoint(start),
        end: newMap.toCodePoint(end),
      })),
      reason: null,
    };
  };
}

function byStart(a: Candidate, b: Candidate): number {
  return a.start - b.start;
}

function commonBefore(oldText: string, oldEnd: number, newText: string, newEnd: number): number {
  const most = Math.min(CONTEXT, oldEnd, newEnd);
  let length = 0;
  while (length < most && oldText.charCodeAt(oldEnd - length - 1) === newText.charCodeAt(newEnd - length - 1))
    length++;
  return length;
}

function commonAfter(oldText: string, oldStart: number, newText: string, newStart: number): number {
  const most = Math.min(CONTEXT, oldText.length - oldStart, newText.length - newStart);
  let length = 0;
  while (length < most && oldText.charCodeAt(oldStart + length) === newText.charCodeAt(newStart + length))
    length++;
  return length;
}

/** Answers questions about places from what two texts share; UTF-16. */
interface Alignment {
  /** How far a part that both share moved, and those beside it where they moved otherwise; null for what lies in none. */
  shiftsOf(start: number, end: number): { own: number; beside: number[] } | null;
  /** Whether a place in the new text is part of what stood in the old one already. */
  isShared(newStart: number, newEnd: number): boolean;
  /** Where in the new text something would be that lies here in the old one. */
  rangeOf(start: number, end: number): { from: number; to: number };
}

function align(oldText: string, newText: string): Alignment {
  // Both ends of both texts belong together, so there is always a block before and after.
  const blocks: CommonBlock[] = [
    { oldStart: 0, newStart: 0, length: 0 },
    ...commonBlocks(oldText, newText),
    { oldStart: oldText.length, newStart: newText.length, length: 0 },
  ];
  const shift = (index: number) => {
    const { oldStart, newStart } = blocks[index] ?? { oldStart: 0, newStart: 0 };
    return newStart - oldStart;
  };

  /** The last block that starts at or before a position of the old or the new text. */
  function lastAt(position: number, side: "oldStart" | "newStart"): number {
    let low = 1;
    let high = blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((blocks[middle]?.[side] ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  return {
    shiftsOf(start, end) {
      const index = lastAt(start, "oldStart");
      const block = blocks[index];
      if (block === undefined || end > block.oldStart + block.length) return null;
      const own = shift(index);
      const beside = [shift(index - 1), shift(index + 1)].filter((other) => other !== own);
      return { own, beside: [...new Set(beside)] };
    },
    isShared(newStart, newEnd) {
      const block = blocks[lastAt(newStart, "newStart")];
      return block !== undefined && newEnd <= block.newStart + block.length;
    },
    rangeOf(start, end) {
      const before = blocks[lastAt(start, "oldStart")] ?? { oldStart: 0, newStart: 0, length: 0 };
      const from = before.newStart + Math.min(start - before.oldStart, before.length);
      const last = blocks[lastAt(end, "oldStart")] ?? before;
      if (end <= last.oldStart + last.length) return { from, to: last.newStart + end - last.oldStart };
      return { from, to: blocks[lastAt(end, "oldStart") + 1]?.newStart ?? newText.length };
    },
  };
}

/** The best way so far to place the fragments up to one of a candidate's. */
interface Way extends Candidate {
  total: number;
  /** Whether another way is as good. */
  tied: boolean;
  before: Way | null;
}

/** One candidate for each fragment, each behind the one before and not touching it, with the highest sum of scores. */
function bestInOrder(choices: readonly Candidate[][]): Candidate[] | NotCarriedReason {
  let ways: Way[] = [];
  for (const [index, candidates] of choices.entries()) {
    let earlier = 0;
    let best: Way | null = null;
    const next: Way[] = [];
    for (const candidate of candidates) {
      for (; earlier < ways.length && (ways[earlier]?.end ?? 0) < candidate.start; earlier++)
        best = better(best, ways[earlier] ?? null);
      if (index > 0 && best === null) continue;
      const total = (best?.total ?? 0) + candidate.score;
      next.push({ ...candidate, total, tied: best?.tied ?? false, before: best });
    }
    ways = next;
  }
  const best = ways.reduce<Way | null>(better, null);
  if (best === null) return "NOT_FOUND";
  if (best.tied) return "AMBIGUOUS";
  const places: Candidate[] = [];
  for (let way: Way | null = best; way !== null; way = way.before) places.push(way);
  return places.reverse();
}

function better(a: Way | null, b: Way | null): Way | null {
  if (a === null || b === null) return a ?? b;
  if (a.total === b.total) return { ...a, tied: true };
  return a.total > b.total ? a : b;
}
