/**
 * Between Unicode code points, in which everything here counts, and the UTF-16 units of JavaScript strings.
 * Only characters outside the basic plane are indexed, so an ordinary text costs next to nothing.
 */

/** A text with its positions in both units. */
export interface OffsetMap {
  /** Code points in the text; a lone surrogate counts as one. */
  readonly length: number;
  /** UTF-16 units in the text. */
  readonly lengthUtf16: number;
  /**
   * The UTF-16 index of a code-point position.
   * @throws RangeError unless `codePoint` is an integer from 0 to `length`
   */
  toUtf16(codePoint: number): number;
  /**
   * The code-point position of a UTF-16 index; one inside a surrogate pair gives the pair's start.
   * @throws RangeError unless `utf16` is an integer from 0 to `lengthUtf16`
   */
  toCodePoint(utf16: number): number;
  /**
   * The text from `start` to before `end`, in code points; empty where `end` is not after `start`.
   * @throws RangeError unless both are integers from 0 to `length`
   */
  slice(start: number, end: number): string;
}

/**
 * Reads a text once and answers positions in it by bisection.
 * @example
 * const map = createOffsetMap("a😀b");
 * map.toUtf16(2); // 3
 * map.toCodePoint(3); // 2
 * map.slice(1, 2); // "😀"
 */
export function createOffsetMap(text: string): OffsetMap {
  const astral = astralPositions(text);
  const length = text.length - astral.length;

  function toUtf16(codePoint: number): number {
    checkPosition(codePoint, length, "Code-point position");
    return codePoint + countBelow(astral, codePoint, 0);
  }

  function toCodePoint(utf16: number): number {
    checkPosition(utf16, text.length, "UTF-16 index");
    // The pair that starts just before `utf16` counts too, which is what takes an index inside it to its start.
    return utf16 - countBelow(astral, utf16, 1);
  }

  return {
    length,
    lengthUtf16: text.length,
    toUtf16,
    toCodePoint,
    slice: (start, end) => text.slice(toUtf16(start), toUtf16(end)),
  };
}

/**
 * Code points in a text; a lone surrogate counts as one.
 * @example codePointLength("a😀b"); // 3
 */
export function codePointLength(text: string): number {
  let pairs = 0;
  for (let index = 0; index + 1 < text.length; index++) {
    if (isPairAt(text, index)) {
      pairs++;
      index++;
    }
  }
  return text.length - pairs;
}

/** The code-point positions of all characters that take two UTF-16 units, ascending. */
function astralPositions(text: string): Int32Array {
  const positions: number[] = [];
  for (let index = 0; index + 1 < text.length; index++) {
    if (isPairAt(text, index)) {
      positions.push(index - positions.length);
      index++;
    }
  }
  return Int32Array.from(positions);
}

function isPairAt(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
}

/** How many astral characters start below `limit`, counting `unitsEach` more for each one before. */
function countBelow(astral: Int32Array, limit: number, unitsEach: 0 | 1): number {
  let low = 0;
  let high = astral.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const start = (astral[middle] ?? 0) + middle * unitsEach;
    if (start < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function checkPosition(position: number, length: number, what: string): void {
  if (!Number.isInteger(position) || position < 0 || position > length) {
    throw new RangeError(`${what} must be an integer from 0 to ${length}, not ${position}.`);
  }
}
