/** What a PostgreSQL text can't hold. Such a text is refused with the place, never changed. */
import { codePointLength } from "./offset-map.ts";

/** A character that can't be stored. */
export interface Unstorable {
  /** In code points from the start of the text. */
  position: number;
  what: "NUL" | "lone surrogate";
}

/**
 * The first character that can't be stored, or null.
 * @example findUnstorable("😀a\0"); // { position: 2, what: "NUL" }
 */
export function findUnstorable(text: string): Unstorable | null {
  const nul = text.indexOf("\0");
  // Most texts are well formed, and asking that is many times faster than walking through them.
  const surrogate = text.isWellFormed() ? -1 : text.search(/\p{Cs}/u);
  if (nul === -1 && surrogate === -1) return null;
  if (surrogate === -1 || (nul !== -1 && nul < surrogate)) {
    return { position: codePointLength(text.slice(0, nul)), what: "NUL" };
  }
  return { position: codePointLength(text.slice(0, surrogate)), what: "lone surrogate" };
}
