// Finds what was typed in a text, all of it at once: a regular expression passes over a million characters in some
// milliseconds. Pure; what goes in is as people type it, what comes out is code points.
import { createOffsetMap, type Fragment } from "@concord/core";

export interface FindOptions {
  readonly matchesCase: boolean;
  readonly wholeWords: boolean;
}

export interface Found {
  /** In text order, never overlapping. */
  readonly hits: readonly Fragment[];
  /** There are more than are given. */
  readonly isCut: boolean;
}

export interface Context {
  readonly before: string;
  readonly quote: string;
  readonly after: string;
}

export interface Finder {
  find(typed: string, options: FindOptions): Found;
  /** What a hit stands on, as it is stored. */
  quoteOf(hit: Fragment): string;
  /** A hit with some of the text around it, white space made single spaces. */
  contextOf(hit: Fragment): Context;
}

/** Enough for every wish to go through them; one letter of a long text would be a hundred thousand. */
const MOST_HITS = 20_000;
const CONTEXT_CHARACTERS = 48;

const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;
const WORD = String.raw`[\p{L}\p{N}\p{M}_]`;
const IS_WORD = new RegExp(WORD, "u");
/** Scripts that put no spaces between words: there, a word's edge can't be seen from the characters. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** A hit ends where a character ends for a reader: not before its accent, its vowel sign or its skin tone. */
const WHOLE_CHARACTER = String.raw`(?![\p{M}\p{Emoji_Modifier}\u200D])`;

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** One character as it may be stored: composed or not, which nobody can see. */
function characterPattern(character: string, matchesCase: boolean): string {
  // the one letter whose lower case the flag for case doesn't know
  if (!matchesCase && /^[iIİ]$/u.test(character)) return "[iİ]";
  const forms = new Set([character, character.normalize("NFC"), character.normalize("NFD")]);
  const escaped = [...forms].map((form) => form.replace(SYNTAX, String.raw`\$&`));
  return escaped.length === 1 ? (escaped[0] ?? "") : `(?:${escaped.join("|")})`;
}

function edgePattern(character: string | undefined, pattern: string): string {
  return character === undefined || !IS_WORD.test(character) || UNSPACED.test(character) ? "" : pattern;
}

function patternOf(typed: string, { matchesCase, wholeWords }: FindOptions): RegExp | null {
  const words = typed.trim().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return null;
  const body = words
    .map((word) =>
      [...graphemes.segment(word)].map(({ segment }) => characterPattern(segment, matchesCase)).join(""),
    )
    // lines of a text break where its source did: a phrase goes on over them
    .join(String.raw`\s+`);
  const characters = [...words.join("")];
  const [before, after] = wholeWords
    ? [edgePattern(characters[0], `(?<!${WORD})`), edgePattern(characters.at(-1), `(?!${WORD})`)]
    : ["", ""];
  return new RegExp(`${before}${body}${after}${WHOLE_CHARACTER}`, matchesCase ? "gu" : "giu");
}

const oneLine = (text: string) => text.replace(/\s+/gu, " ");

/** @example createFinder("Ada, ada").find("ada", { matchesCase: false, wholeWords: true }).hits.length; // 2 */
export function createFinder(text: string): Finder {
  const map = createOffsetMap(text);
  return {
    find(typed, options) {
      const pattern = patternOf(typed, options);
      if (pattern === null) return { hits: [], isCut: false };
      const hits: Fragment[] = [];
      for (const match of text.matchAll(pattern)) {
        if (hits.length === MOST_HITS) return { hits, isCut: true };
        const start = map.toCodePoint(match.index);
        hits.push({ start, end: map.toCodePoint(match.index + match[0].length) });
      }
      return { hits, isCut: false };
    },
    quoteOf: ({ start, end }) => map.slice(start, end),
    contextOf({ start, end }) {
      const from = Math.max(0, start - CONTEXT_CHARACTERS);
      const to = Math.min(map.length, end + CONTEXT_CHARACTERS);
      return {
        before: `${from > 0 ? "…" : ""}${oneLine(map.slice(from, start))}`,
        quote: oneLine(map.slice(start, end)),
        after: `${oneLine(map.slice(end, to))}${to < map.length ? "…" : ""}`,
      };
    },
  };
}

/** Which hit comes first from a position on, beginning anew after the last; -1 when there is none. */
export function hitFrom(hits: readonly Fragment[], position: number): number {
  const index = hits.findIndex(({ start }) => start >= position);
  return index >= 0 || hits.length === 0 ? index : 0;
}
