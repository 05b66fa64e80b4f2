// A guess at a text's language from its script and its commonest words; null when nothing speaks for one. The person
// sees it before it is sent.
const SAMPLE = 4000;

const scripts: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/\p{Script=Hiragana}|\p{Script=Katakana}/gu, () => "ja"],
  [/\p{Script=Hangul}/gu, () => "ko"],
  [/\p{Script=Han}/gu, () => "zh"],
  [/\p{Script=Thai}/gu, () => "th"],
  [/\p{Script=Hebrew}/gu, () => "he"],
  [/\p{Script=Greek}/gu, () => "el"],
  [/\p{Script=Armenian}/gu, () => "hy"],
  [/\p{Script=Georgian}/gu, () => "ka"],
  [/\p{Script=Devanagari}/gu, () => "hi"],
  [/\p{Script=Arabic}/gu, (text) => (/[پچژگی]/u.test(text) ? "fa" : "ar")],
  [/\p{Script=Cyrillic}/gu, cyrillic],
];

function cyrillic(text: string): string {
  if (/[әғқңөұүһ]/iu.test(text)) return "kk";
  if (/[їєґ]/iu.test(text)) return "uk";
  if (/ў/iu.test(text)) return "be";
  return "ru";
}

const words: Readonly<Record<string, readonly string[]>> = {
  en: ["the", "and", "of", "to", "in", "that", "is", "was", "for", "said", "with", "on"],
  de: ["der", "die", "und", "das", "nicht", "ist", "ein", "eine", "mit", "den", "von", "zu"],
  fr: ["le", "la", "les", "et", "des", "est", "une", "du", "que", "dans", "pour", "pas"],
  es: ["el", "la", "los", "y", "que", "del", "una", "las", "por", "con", "para", "es"],
  pt: ["o", "que", "e", "do", "da", "em", "um", "uma", "não", "para", "com", "os"],
  it: ["il", "di", "che", "la", "e", "non", "per", "una", "sono", "del", "della", "gli"],
  nl: ["de", "het", "een", "van", "en", "niet", "dat", "op", "zijn", "met", "voor", "is"],
  pl: ["i", "w", "nie", "na", "się", "z", "do", "jest", "że", "to", "od", "przez"],
  tr: ["ve", "bir", "bu", "da", "de", "için", "ile", "olarak", "daha", "çok", "gibi", "olan"],
  sv: ["och", "att", "det", "som", "en", "är", "på", "av", "inte", "för", "med", "ett"],
};

const LEAST_WORDS = 2;
/** A script speaks for its languages once it has this share of the letters. */
const LEAST_SHARE = 0.2;

export function guessLanguage(text: string): string | null {
  const sample = text.slice(0, SAMPLE);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return null;
  for (const [script, language] of scripts) {
    if ((sample.match(script)?.length ?? 0) / letters >= LEAST_SHARE) return language(sample);
  }
  const counts = new Map<string, number>();
  for (const word of sample.toLowerCase().match(/\p{L}+/gu) ?? [])
    counts.set(word, (counts.get(word) ?? 0) + 1);
  const scores = Object.entries(words).map(([language, common]) => {
    const score = common.reduce((sum, word) => sum + (counts.get(word) ?? 0), 0);
    return { language, score };
  });
  scores.sort((a, b) => b.score - a.score);
  const [best, second] = scores;
  if (!best || best.score < LEAST_WORDS || best.score === second?.score) return null;
  return best.language;
}
