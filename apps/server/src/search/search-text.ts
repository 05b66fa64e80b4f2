/**
 * The forms of a passage in which it is searched, and the way back from a place in one of them to the passage as the
 * document has it. Composed and decomposed letters are the same, and so is all white space.
 */

/** Scripts that are written without spaces; with the marks that belong to a character. */
const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]\p{M}*/gu;

/** What NFC may compose, or white space: none of these pieces changes with its neighbours. */
const PIECES =
  /\s+|[\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff][\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]*\p{M}*|\P{M}\p{M}*|\p{M}+/gu;

const pieceOf = (piece: string) => (/^\s/u.test(piece) ? " " : piece.normalize("NFC"));

/** A passage or a question with its letters composed and each run of white space one space: what substrings are sought in. */
export function plainForm(exact: string): string {
  return exact.normalize("NFC").replace(/\s+/gu, " ");
}

/** Whether anything in it is written without spaces. */
export function isSpaceless(text: string): boolean {
  return text.search(SPACELESS) >= 0;
}

/**
 * The plain form as PostgreSQL's parser must see it: characters of scripts without spaces stand alone, so that words in
 * them are phrases; and nothing looks like a tag, of which the parser would skip the words.
 */
export function parserForm(plain: string): string {
  return plain.replaceAll("<", " ").replace(SPACELESS, " $& ");
}

/** From a range in one form to the range in another, both in UTF-16 units. */
export type RangeMap = (start: number, end: number) => { start: number; end: number };

/** From the parser's form to the plain one. */
export function fromParserForm(plain: string): RangeMap {
  const parsed = parserForm(plain);
  const places = new Uint32Array(parsed.length + 1);
  let at = 0;
  for (let index = 0; index < parsed.length; index++) {
    places[index] = at;
    // Anything else is a space that was put in.
    if (parsed[index] === plain[at] || (plain[at] === "<" && parsed[index] === " ")) at++;
  }
  places[parsed.length] = at;
  return (start, end) => ({ start: places[start] ?? 0, end: places[end] ?? at });
}

/** From the plain form to the passage as it is; null where that can't be told. */
export function fromPlainForm(exact: string): RangeMap | null {
  const plain = plainForm(exact);
  if (plain === exact) return (start, end) => ({ start, end });
  const starts = new Uint32Array(plain.length);
  const ends = new Uint32Array(plain.length);
  let at = 0;
  for (const { index, 0: piece } of exact.matchAll(PIECES)) {
    const composed = pieceOf(piece);
    if (!plain.startsWith(composed, at)) return null;
    starts.fill(index, at, at + composed.length);
    ends.fill(index + piece.length, at, at + composed.length);
    // Where nothing was composed each unit has its own place.
    if (composed === piece)
      for (let unit = 0; unit < piece.length; unit++) {
        starts[at + unit] = index + unit;
        ends[at + unit] = index + unit + 1;
      }
    at += composed.length;
  }
  if (at !== plain.length) return null;
  return (start, end) => ({
    start: starts[start] ?? exact.length,
    end: end > start ? (ends[end - 1] ?? exact.length) : (starts[start] ?? exact.length),
  });
}
