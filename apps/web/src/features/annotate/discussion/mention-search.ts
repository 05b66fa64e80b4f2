// Which member somebody is about to name: the @ before the caret, what is typed after it, and the text with the name put
// in. Places are UTF-16 indices, as a field counts. Pure.
import type { Person } from "../model/entities.ts";

export interface MentionSearch {
  /** Where the @ stands. */
  readonly at: number;
  readonly typed: string;
}

const MOST = 6;
/** An @ that begins a word, with the rest of its line; names have spaces, so only a comparison shows where they end. */
const BEFORE_CARET = /(?<![\p{L}\p{N}_])@([^@\n]{0,60})$/u;

export function mentionAt(text: string, caret: number): MentionSearch | null {
  const found = BEFORE_CARET.exec(text.slice(0, caret));
  return found === null ? null : { at: found.index, typed: found[1] ?? "" };
}

/** Members of whom a name begins with what is typed. */
export function membersFor(people: readonly Person[], typed: string): Person[] {
  const wanted = typed.toLocaleLowerCase();
  return people
    .filter(({ name }) => {
      const words = name.toLocaleLowerCase();
      return words.startsWith(wanted) || (wanted !== "" && words.includes(` ${wanted}`));
    })
    .slice(0, MOST);
}

export function withMention(
  text: string,
  { at, typed }: MentionSearch,
  { name }: Person,
): { readonly text: string; readonly caret: number } {
  const before = `${text.slice(0, at)}@${name} `;
  return { text: before + text.slice(at + 1 + typed.length).replace(/^ /, ""), caret: before.length };
}
