/** The parts a span is made of, and the rules for them. Positions are code points, `end` exclusive. */

/** One part of a span, half-open, in code points from the start of the text. */
export interface Fragment {
  start: number;
  end: number;
}

/** The most fragments one span may have. */
export const MAX_FRAGMENTS = 100;

/** Which rule a list of fragments breaks, and where. */
export interface FragmentProblem {
  /** The offending fragment; null when it is the list itself. */
  index: number | null;
  /** The offending end of it; null when it is the list itself. */
  key: "start" | "end" | null;
  code: "EMPTY" | "TOO_MANY" | "NOT_AN_INTEGER" | "OUT_OF_RANGE" | "INVERTED" | "OVERLAP";
  /** A sentence that names the rule and the accepted values. */
  message: string;
}

/**
 * Checks that fragments make a span in a text of `length` code points: 1 to 100 of them, in text order, each with
 * at least one character, none touching or overlapping the one before.
 * @returns the first problem, or null
 * @example checkFragments([{ start: 4, end: 4 }], 10)?.code; // "INVERTED"
 */
export function checkFragments(fragments: readonly Fragment[], length: number): FragmentProblem | null {
  if (fragments.length === 0) {
    return problem("EMPTY", null, null, `A span has 1 to ${MAX_FRAGMENTS} fragments, not 0.`);
  }
  if (fragments.length > MAX_FRAGMENTS) {
    const message = `A span has 1 to ${MAX_FRAGMENTS} fragments, not ${fragments.length}.`;
    return problem("TOO_MANY", null, null, message);
  }
  let previousEnd = -1;
  for (const [index, fragment] of fragments.entries()) {
    const found = checkFragment(fragment, index, length, previousEnd);
    if (found !== null) return found;
    previousEnd = fragment.end;
  }
  return null;
}

/**
 * From the first fragment's start to the last one's end.
 * @throws RangeError without fragments
 * @example extentOf([{ start: 2, end: 5 }, { start: 9, end: 12 }]); // { start: 2, end: 12 }
 */
export function extentOf(fragments: readonly Fragment[]): Fragment {
  const first = fragments[0];
  const last = fragments.at(-1);
  if (first === undefined || last === undefined) throw new RangeError("A span has at least one fragment.");
  return { start: first.start, end: last.end };
}

/**
 * Whether two lists of fragments name the same place.
 * @example sameFragments([{ start: 0, end: 3 }], [{ start: 0, end: 3 }]); // true
 */
export function sameFragments(a: readonly Fragment[], b: readonly Fragment[]): boolean {
  return (
    a.length === b.length &&
    a.every((fragment, index) => fragment.start === b[index]?.start && fragment.end === b[index].end)
  );
}

function checkFragment(
  { start, end }: Fragment,
  index: number,
  length: number,
  previousEnd: number,
): FragmentProblem | null {
  if (!Number.isSafeInteger(start)) {
    const message = `start must be an integer from 0 to ${length}, not ${start}.`;
    return problem("NOT_AN_INTEGER", index, "start", message);
  }
  if (!Number.isSafeInteger(end)) {
    const message = `end must be an integer from 0 to ${length}, not ${end}.`;
    return problem("NOT_AN_INTEGER", index, "end", message);
  }
  const range = `0 to ${length}, the text's length in code points`;
  if (start < 0 || start > length) {
    return problem("OUT_OF_RANGE", index, "start", `start must be ${range}; it is ${start}.`);
  }
  if (end < 0 || end > length) {
    return problem("OUT_OF_RANGE", index, "end", `end must be ${range}; it is ${end}.`);
  }
  if (end <= start) {
    const message = `end must be greater than start, which is ${start}; it is ${end}.`;
    return problem("INVERTED", index, "end", message);
  }
  if (start <= previousEnd) {
    const message =
      `Fragments are in text order and neither touch nor overlap: ` +
      `start must be greater than the end before, ${previousEnd}; it is ${start}.`;
    return problem("OVERLAP", index, "start", message);
  }
  return null;
}

function problem(
  code: FragmentProblem["code"],
  index: number | null,
  key: "start" | "end" | null,
  message: string,
): FragmentProblem {
  return { index, key, code, message };
}
