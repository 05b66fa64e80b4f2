/**
 * What two versions of a text have in common, as blocks in the order of both: a patience diff, first by lines, then by
 * sentences, then by words. Cheap rather than minimal: a correction leaves nearly all of a text in long blocks, and that
 * is what is asked.
 */

/** A part that stands in both texts, in UTF-16 units. */
export interface CommonBlock {
  oldStart: number;
  newStart: number;
  length: number;
}

/** A part of both texts that is not matched yet. */
interface Gap {
  oldStart: number;
  oldEnd: number;
  newStart: number;
  newEnd: number;
  depth: number;
}

/** Each level reads what is still unmatched once more; texts that correct each other need three or four. */
const MAX_DEPTH = 10;

const LINE = /[^\n]*\n|[^\n]+/g;
const SENTENCE = /[^.!?。！？]+[.!?。！？]*\s*/g;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const WORD_UNIT = /[\p{L}\p{M}\p{N}\p{Surrogate}]/u;

/**
 * The blocks that two texts share, ascending in both; where two touch, they do so in one of the texts only.
 * @example commonBlocks("red fox", "red old fox"); // [{ oldStart: 0, newStart: 0, length: 4 }, { oldStart: 4, newStart: 8, length: 3 }]
 */
export function commonBlocks(oldText: string, newText: string): CommonBlock[] {
  const blocks: CommonBlock[] = [];
  const gaps: Gap[] = [
    { oldStart: 0, oldEnd: oldText.length, newStart: 0, newEnd: newText.length, depth: 0 },
  ];
  for (let gap = gaps.pop(); gap !== undefined; gap = gaps.pop()) {
    // At whole words, since half a word would hide from the search for anchors that there is another like it.
    trim(oldText, newText, gap, blocks, true);
    const found = gap.depth < MAX_DEPTH ? anchors(oldText, newText, gap) : [];
    blocks.push(...found);
    if (found.length > 0) gaps.push(...gapsBetween(gap, found));
    else trim(oldText, newText, gap, blocks, false);
  }
  return joined(blocks);
}

/** Takes what both sides of a gap begin and end with off it. */
function trim(oldText: string, newText: string, gap: Gap, blocks: CommonBlock[], wholeWords: boolean): void {
  const { oldStart, newStart } = gap;
  const cuts = (oldAt: number, newAt: number) =>
    wholeWords && (isInsideWord(oldText, oldAt) || isInsideWord(newText, newAt));

  let most = Math.min(gap.oldEnd - oldStart, gap.newEnd - newStart);
  let length = 0;
  while (length < most && oldText.charCodeAt(oldStart + length) === newText.charCodeAt(newStart + length))
    length++;
  while (length > 0 && cuts(oldStart + length, newStart + length)) length--;
  if (length > 0) blocks.push({ oldStart, newStart, length });
  gap.oldStart += length;
  gap.newStart += length;

  most -= length;
  const { oldEnd, newEnd } = gap;
  length = 0;
  while (length < most && oldText.charCodeAt(oldEnd - length - 1) === newText.charCodeAt(newEnd - length - 1))
    length++;
  while (length > 0 && cuts(oldEnd - length, newEnd - length)) length--;
  if (length > 0) blocks.push({ oldStart: oldEnd - length, newStart: newEnd - length, length });
  gap.oldEnd -= length;
  gap.newEnd -= length;
}

/** Whether the characters on both sides of a position belong to one word; half an astral letter counts as one. */
function isInsideWord(text: string, at: number): boolean {
  return WORD_UNIT.test(text.charAt(at - 1)) && WORD_UNIT.test(text.charAt(at));
}

/**
 * Lines, or else sentences or words, by which the two sides of a gap can be told to belong together: all, where both sides have the
 * same ones, and otherwise those that stand exactly once in each, as many as come in the same order.
 */
function anchors(oldText: string, newText: string, gap: Gap): CommonBlock[] {
  if (gap.oldStart === gap.oldEnd || gap.newStart === gap.newEnd) return [];
  for (const token of [LINE, SENTENCE, WORD]) {
    const before = tokens(oldText, gap.oldStart, gap.oldEnd, token);
    const after = tokens(newText, gap.newStart, gap.newEnd, token);
    const found = sameTokens(before, after) ?? uniquePairs(before, after);
    if (found.length > 0) return found;
  }
  return [];
}

interface Token {
  text: string;
  start: number;
}

function tokens(text: string, start: number, end: number, token: RegExp): Token[] {
  return Array.from(text.slice(start, end).matchAll(token), ({ 0: found, index }) => ({
    text: found,
    start: start + index,
  }));
}

function sameTokens(before: readonly Token[], after: readonly Token[]): CommonBlock[] | null {
  if (before.length !== after.length || before.some(({ text }, index) => text !== after[index]?.text))
    return null;
  return before.map(({ text, start }, index) => ({
    oldStart: start,
    newStart: after[index]?.start ?? 0,
    length: text.length,
  }));
}

function uniquePairs(before: readonly Token[], after: readonly Token[]): CommonBlock[] {
  const places = uniquePlaces(after);
  const pairs: CommonBlock[] = [];
  for (const [text, oldStart] of uniquePlaces(before)) {
    const newStart = places.get(text);
    if (newStart !== undefined) pairs.push({ oldStart, newStart, length: text.length });
  }
  return longestAscending(pairs);
}

/** Where each token stands that stands there once, in text order. */
function uniquePlaces(all: readonly Token[]): Map<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (const { text, start } of all) {
    if (places.has(text)) repeated.add(text);
    else places.set(text, start);
  }
  for (const text of repeated) places.delete(text);
  return places;
}

/** The longest run of pairs, which ascend in the old text, that ascends in the new one too. */
function longestAscending(pairs: readonly CommonBlock[]): CommonBlock[] {
  // For each length the run of that length that ends earliest, by the index of its last pair.
  const lasts: number[] = [];
  const previous: (number | undefined)[] = [];
  for (const [index, { newStart }] of pairs.entries()) {
    let low = 0;
    let high = lasts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((pairs[lasts[middle] ?? 0]?.newStart ?? 0) < newStart) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? undefined : lasts[low - 1];
    lasts[low] = index;
  }
  const run: CommonBlock[] = [];
  for (let index = lasts.at(-1); index !== undefined; index = previous[index]) {
    const pair = pairs[index];
    if (pair !== undefined) run.push(pair);
  }
  return run.reverse();
}

function gapsBetween(gap: Gap, found: readonly CommonBlock[]): Gap[] {
  const depth = gap.depth + 1;
  let { oldStart, newStart } = gap;
  const gaps: Gap[] = [];
  for (const anchor of found) {
    gaps.push({ oldStart, oldEnd: anchor.oldStart, newStart, newEnd: anchor.newStart, depth });
    oldStart = anchor.oldStart + anchor.length;
    newStart = anchor.newStart + anchor.length;
  }
  return [...gaps, { oldStart, oldEnd: gap.oldEnd, newStart, newEnd: gap.newEnd, depth }];
}

/** In order, those that touch in both texts as one. */
function joined(blocks: CommonBlock[]): CommonBlock[] {
  const whole: CommonBlock[] = [];
  for (const block of blocks.sort((a, b) => a.oldStart - b.oldStart)) {
    const last = whole.at(-1);
    const continues =
      last !== undefined &&
      last.oldStart + last.length === block.oldStart &&
      last.newStart + last.length === block.newStart;
    if (continues) last.length += block.length;
    else whole.push({ ...block });
  }
  return whole;
}
