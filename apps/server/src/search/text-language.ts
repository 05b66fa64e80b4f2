/** Which of PostgreSQL's text search configurations goes with a document's language. */

/** By language subtag (ISO 639-1); all are in PostgreSQL 14 and later. */
const CONFIGS: Readonly<Record<string, string>> = {
  ar: "arabic",
  ca: "catalan",
  da: "danish",
  de: "german",
  el: "greek",
  en: "english",
  es: "spanish",
  eu: "basque",
  fi: "finnish",
  fr: "french",
  ga: "irish",
  hi: "hindi",
  hu: "hungarian",
  hy: "armenian",
  id: "indonesian",
  it: "italian",
  lt: "lithuanian",
  nb: "norwegian",
  ne: "nepali",
  nl: "dutch",
  nn: "norwegian",
  no: "norwegian",
  pt: "portuguese",
  ro: "romanian",
  ru: "russian",
  sr: "serbian",
  sv: "swedish",
  ta: "tamil",
  tr: "turkish",
  yi: "yiddish",
};

/** The configuration's name; `simple`, which takes words as they stand, where there is no dictionary. */
export function configOf(language: string | null): string {
  const subtag = language?.split("-")[0]?.toLowerCase() ?? "";
  return Object.hasOwn(CONFIGS, subtag) ? `pg_catalog.${CONFIGS[subtag]}` : "pg_catalog.simple";
}
