/**
 * Finds quotes in a long text again and again. An index of all runs of four units is made at the first search, which
 * takes about as long as reading the text a few times; each search then looks only where the quote's rarest run stands.
 */

/** Looks quotes up in one text; positions are UTF-16 indices. */
export interface Occurrences {
  /**
   * Where a quote stands, overlapping places too: those nearest to `near`, in text order.
   * @param limit how many at most
   */
  find(quote: string, near: number, limit: number): number[];
}

/** Units in an indexed run; shorter quotes are so frequent that looking for them from `near` on finds them at once. */
const RUN = 4;
/** Buckets of the index, as a power of two, at most. */
const MAX_BITS = 20;
/** Runs of a long quote that are compared for the rarest. */
const MAX_RUNS = 64;
/** Places that are looked at for one quote: bounds the time in a text that repeats itself for ever. */
const MAX_VISITS = 20_000;

/**
 * Reads nothing yet; the first search of a quote of four units or more makes the index.
 * @example createOccurrences("to be or not to be").find("to be", 0, 10); // [0, 13]
 */
export function createOccurrences(text: string): Occurrences {
  const absent = new Set<string>();
  let index: RunIndex | null = null;
  return {
    find(quote, near, limit) {
      if (quote.length > text.length || absent.has(quote)) return [];
      if (quote.length < RUN) {
        const found = findShort(text, quote, near, limit);
        if (found.length === 0) absent.add(quote);
        return found;
      }
      index ??= indexRuns(text);
      return findByRun(text, index, quote, near, limit);
    },
  };
}

/** Positions of runs by the hash of the run: those of bucket `h` are `positions[heads[h]]` to before `positions[heads[h + 1]]`. */
interface RunIndex {
  mask: number;
  heads: Int32Array;
  positions: Int32Array;
}

function hashAt(text: string, at: number, mask: number): number {
  let hash = 0;
  for (let unit = 0; unit < RUN; unit++) hash = Math.imul(hash, 0x01000193) ^ text.charCodeAt(at + unit);
  return (hash ^ (hash >>> 15)) & mask;
}

function indexRuns(text: string): RunIndex {
  const runs = Math.max(0, text.length - RUN + 1);
  const bits = Math.min(MAX_BITS, Math.max(8, Math.ceil(Math.log2(runs + 1))));
  const mask = (1 << bits) - 1;
  // A counting sort: how many each bucket has, where each ends, then from behind who stands in it, which moves the ends
  // back to the starts.
  const heads = new Int32Array(mask + 2);
  for (let at = 0; at < runs; at++) {
    const bucket = hashAt(text, at, mask);
    heads[bucket] = (heads[bucket] ?? 0) + 1;
  }
  for (let bucket = 1; bucket < heads.length; bucket++)
    heads[bucket] = (heads[bucket] ?? 0) + (heads[bucket - 1] ?? 0);
  const positions = new Int32Array(runs);
  for (let at = runs - 1; at >= 0; at--) {
    const bucket = hashAt(text, at, mask);
    const place = (heads[bucket] ?? 0) - 1;
    heads[bucket] = place;
    positions[place] = at;
  }
  return { mask, heads, positions };
}

function findByRun(text: string, index: RunIndex, quote: string, near: number, limit: number): number[] {
  const { offset, from, to } = rarestRun(index, quote);
  const { positions } = index;
  let right = firstAtOrAfter(positions, from, to, near + offset);
  let left = right - 1;
  const found: number[] = [];
  for (let visits = 0; visits < MAX_VISITS && found.length < limit; visits++) {
    if (left < from && right >= to) break;
    const goRight =
      left < from ||
      (right < to && (positions[right] ?? 0) - near - offset <= near + offset - (positions[left] ?? 0));
    const at = (positions[goRight ? right++ : left--] ?? 0) - offset;
    if (at >= 0 && text.startsWith(quote, at)) found.push(at);
  }
  return found.sort((a, b) => a - b);
}

/** Which of a quote's runs stands at the fewest places, and its bucket. */
function rarestRun({ heads, mask }: RunIndex, quote: string): { offset: number; from: number; to: number } {
  const runs = quote.length - RUN + 1;
  const step = Math.max(1, Math.floor(runs / MAX_RUNS));
  let rarest = { offset: 0, from: 0, to: Number.POSITIVE_INFINITY };
  for (let offset = 0; offset < runs; offset += step) {
    const bucket = hashAt(quote, offset, mask);
    const from = heads[bucket] ?? 0;
    const to = heads[bucket + 1] ?? 0;
    if (to - from < rarest.to - rarest.from) rarest = { offset, from, to };
  }
  return rarest;
}

function firstAtOrAfter(positions: Int32Array, from: number, to: number, wanted: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((positions[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function findShort(text: string, quote: string, near: number, limit: number): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(quote, near); at >= 0 && found.length < limit; at = text.indexOf(quote, at + 1))
    found.push(at);
  const ahead = found.length;
  for (
    let at = near === 0 ? -1 : text.lastIndexOf(quote, near - 1);
    at >= 0 && found.length < ahead + limit;
    at = at === 0 ? -1 : text.lastIndexOf(quote, at - 1)
  )
    found.push(at);
  const nearest = found.sort((a, b) => Math.abs(a - near) - Math.abs(b - near) || a - b).slice(0, limit);
  return nearest.sort((a, b) => a - b);
}
