/** What somebody asks for, in the forms that PostgreSQL and the search for places in a passage need. */
import { isSpaceless, parserForm, plainForm } from "./search-text.ts";

/** How a text is compared. */
export const TextMode = { WORDS: "WORDS", SUBSTRING: "SUBSTRING" } as const;
export type TextMode = keyof typeof TextMode;

export interface Question {
  mode: TextMode;
  /** As it is looked for letter by letter. */
  plain: string;
  /** For websearch_to_tsquery. */
  web: string;
  /** Its single words, for websearch_to_tsquery; none is "". */
  words: string;
  /** What it has between quotation marks. */
  phrases: string[];
  /** Its parts in scripts without spaces, which match as a whole. */
  strings: string[];
}

/** A part of a question: maybe a minus, then something in quotation marks or up to the next space. */
const PARTS = /(-?)(?:"([^"]*)"?|(\S+))/g;

/** Reads a question as search engines do: all words, "a phrase", -without, this OR that. */
export function readQuestion(text: string, mode: TextMode): Question {
  const plain = plainForm(text);
  // Quotation marks are about words; where nothing is left but letters they mean nothing.
  const letters = mode === "WORDS" ? plain.replaceAll('"', "").trim() : "";
  const question: Question = {
    mode,
    plain: letters === "" ? plain : letters,
    web: "",
    words: "",
    phrases: [],
    strings: [],
  };
  const web: string[] = [];
  const words: string[] = [];
  for (const [, minus = "", quoted, word] of plain.matchAll(PARTS)) {
    const part = quoted ?? word ?? "";
    const parsed = parserForm(part).trim();
    if (parsed === "") continue;
    const isString = isSpaceless(part);
    const isPhrase = quoted !== undefined || isString;
    web.push(isPhrase ? `${minus}"${parsed}"` : `${minus}${parsed}`);
    if (minus !== "") continue;
    if (isString) question.strings.push(part);
    else if (isPhrase) question.phrases.push(`"${parsed}"`);
    else words.push(parsed);
  }
  question.web = web.join(" ");
  question.words = words.join(" ");
  return question;
}
