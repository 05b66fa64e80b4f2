// Words and sentences of a paragraph, by the language's own rules: what a selection snaps to. Pure; UTF-16 offsets.

export interface TextSegmenters {
  readonly word: Intl.Segmenter;
  readonly sentence: Intl.Segmenter;
  /** Characters as a reader sees them. */
  readonly grapheme: Intl.Segmenter;
}

export interface RangeUtf16 {
  readonly startUtf16: number;
  readonly endUtf16: number;
}

/**
 * Segmenters for a document's language; one the browser doesn't know, or an ill-formed tag, gets the default rules. Each
 * is made when it is first needed: that takes longer than the rest of a text's opening.
 */
export function createSegmenters(language: string | null): TextSegmenters {
  const made = new Map<string, Intl.Segmenter>();
  const segmenter = (granularity: "word" | "sentence" | "grapheme") => {
    const known = made.get(granularity) ?? makeSegmenter(language ?? undefined, granularity);
    made.set(granularity, known);
    return known;
  };
  return {
    get word() {
      return segmenter("word");
    },
    get sentence() {
      return segmenter("sentence");
    },
    get grapheme() {
      return segmenter("grapheme");
    },
  };
}

function makeSegmenter(
  locale: string | undefined,
  granularity: "word" | "sentence" | "grapheme",
): Intl.Segmenter {
  try {
    return new Intl.Segmenter(locale, { granularity });
  } catch (error) {
    if (error instanceof RangeError) return new Intl.Segmenter(undefined, { granularity });
    throw error;
  }
}

const SPACE = /\s/u;

function trimSpace(text: string, range: RangeUtf16): RangeUtf16 | null {
  let { startUtf16, endUtf16 } = range;
  while (startUtf16 < endUtf16 && SPACE.test(text.charAt(startUtf16))) startUtf16++;
  while (endUtf16 > startUtf16 && SPACE.test(text.charAt(endUtf16 - 1))) endUtf16--;
  return startUtf16 < endUtf16 ? { startUtf16, endUtf16 } : null;
}

/** The segment around an offset; `side` says which one counts where two meet. */
function segmentAt(
  text: string,
  segmenter: Intl.Segmenter,
  offset: number,
  side: "before" | "after",
): Intl.SegmentData | undefined {
  const index = side === "after" ? offset : offset - 1;
  return index < 0 || index >= text.length ? undefined : segmenter.segment(text).containing(index);
}

const reaches = (segment: Intl.SegmentData) => segment.index + segment.segment.length;

/**
 * Widens a range to whole words and trims white space off its ends. Punctuation stays only where it was selected, so a
 * double click takes the word alone. Null when nothing but white space is left.
 */
export function snapToWords(text: string, range: RangeUtf16, segmenters: TextSegmenters): RangeUtf16 | null {
  const inner = trimSpace(text, range);
  if (inner === null) return null;
  const first = segmentAt(text, segmenters.word, inner.startUtf16, "after");
  const last = segmentAt(text, segmenters.word, inner.endUtf16, "before");
  return {
    startUtf16: first === undefined ? inner.startUtf16 : Math.min(inner.startUtf16, first.index),
    endUtf16: last === undefined ? inner.endUtf16 : Math.max(inner.endUtf16, reaches(last)),
  };
}

/** The sentence around an offset, without the white space that follows it. */
export function sentenceAt(text: string, offset: number, segmenters: TextSegmenters): RangeUtf16 | null {
  const sentence = segmentAt(text, segmenters.sentence, Math.min(offset, text.length - 1), "after");
  return sentence === undefined
    ? null
    : trimSpace(text, { startUtf16: sentence.index, endUtf16: reaches(sentence) });
}

/** Ends of the words after `offset`, nearest first. */
function* wordEndsAfter(text: string, offset: number, segmenters: TextSegmenters): Generator<number> {
  for (const segment of segmenters.word.segment(text))
    if (segment.isWordLike === true && reaches(segment) > offset) yield reaches(segment);
}

/** One word more at the end; null at the paragraph's last word. */
export function widen(text: string, range: RangeUtf16, segmenters: TextSegmenters): RangeUtf16 | null {
  const [end] = wordEndsAfter(text, range.endUtf16, segmenters);
  return end === undefined ? null : { ...range, endUtf16: end };
}

/** One word fewer at the end; null when only one is left. */
export function narrow(text: string, range: RangeUtf16, segmenters: TextSegmenters): RangeUtf16 | null {
  let end: number | null = null;
  for (const candidate of wordEndsAfter(text, range.startUtf16, segmenters)) {
    if (candidate >= range.endUtf16) break;
    end = candidate;
  }
  return end === null ? null : { ...range, endUtf16: end };
}

/** How many words a text has. */
export function countWords(text: string, segmenters: TextSegmenters): number {
  let count = 0;
  for (const segment of segmenters.word.segment(text)) if (segment.isWordLike === true) count++;
  return count;
}
