// Languages to choose from, named in the interface’s language; a document may have any other tag as well.
import { LOCALE } from "../../../words/words.ts";

const tags = [
  "ar",
  "be",
  "bg",
  "bn",
  "ca",
  "cs",
  "da",
  "de",
  "el",
  "en",
  "es",
  "et",
  "eu",
  "fa",
  "fi",
  "fr",
  "ga",
  "gl",
  "he",
  "hi",
  "hr",
  "hu",
  "hy",
  "id",
  "is",
  "it",
  "ja",
  "ka",
  "kk",
  "ko",
  "ky",
  "lt",
  "lv",
  "mk",
  "mn",
  "ms",
  "nl",
  "no",
  "pl",
  "pt",
  "ro",
  "ru",
  "sk",
  "sl",
  "sq",
  "sr",
  "sv",
  "sw",
  "ta",
  "tg",
  "th",
  "tk",
  "tr",
  "uk",
  "ur",
  "uz",
  "vi",
  "zh",
];

const names = new Intl.DisplayNames(LOCALE, { type: "language", fallback: "code" });

export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    // Not every stored tag is one that Intl accepts.
    return tag;
  }
}

export interface LanguageOption {
  readonly value: string;
  readonly label: string;
}

const common: readonly LanguageOption[] = tags
  .map((value) => ({ value, label: languageName(value) }))
  .sort((a, b) => a.label.localeCompare(b.label, LOCALE));

/** All choices, the present one included even if it is none of the usual. */
export function languageOptions(present: string | null): LanguageOption[] {
  const isKnown = present === null || tags.includes(present);
  return isKnown ? [...common] : [{ value: present, label: languageName(present) }, ...common];
}
