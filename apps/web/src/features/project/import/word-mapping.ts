// What becomes of labels and relation types of a file that the codebook does not have. Pure.
import { t } from "../../../words/words.ts";
import type { FoundWord } from "./job.ts";

/** By the file's key: a key of the codebook, or null to leave it out. What is absent is added to the codebook. */
export type WordMapping = Readonly<Record<string, string | null>>;

const NEW = "new";
const LEFT_OUT = "none";
/** Before a key, so that none is taken for one of the two. */
const KEY = "key:";

export interface Known {
  readonly key: string;
  readonly name: string;
}

export interface WordChoice {
  readonly value: string;
  readonly label: string;
}

/** What is chosen for a word, as a value of its field. */
export function chosenFor(mapping: WordMapping, key: string): string {
  if (!Object.hasOwn(mapping, key)) return NEW;
  const target = mapping[key] ?? null;
  return target === null ? LEFT_OUT : KEY + target;
}

export function withChosen(mapping: WordMapping, key: string, value: string): WordMapping {
  const others = Object.fromEntries(Object.entries(mapping).filter(([each]) => each !== key));
  if (value === NEW) return others;
  return { ...others, [key]: value === LEFT_OUT ? null : value.slice(KEY.length) };
}

/** What can be chosen for a word: as a new one, as one that is there, or not at all. */
export function choicesFor(known: readonly Known[], newWords: string): WordChoice[] {
  return [
    { value: NEW, label: newWords },
    ...known.map(({ key, name }) => ({ value: KEY + key, label: name })),
    { value: LEFT_OUT, label: t("import:words.leaveOut") },
  ];
}

export const unknownIn = (words: readonly FoundWord[]): FoundWord[] =>
  words.filter(({ isKnown }) => !isKnown);

export const knownIn = (words: readonly FoundWord[]): FoundWord[] => words.filter(({ isKnown }) => isKnown);
