/** The codebook that a new project starts with: who said what, who proposes what, who agrees with whom. */
import type { Transaction } from "../database/database.ts";
import { type CodebookIds, createCodebook, type NewLabel } from "./create-codebook.ts";

/** In the order they are offered. */
export const DEFAULT_LABELS: readonly NewLabel[] = [
  {
    key: "speaker",
    name: "Speaker",
    color: "INDIGO",
    shortcut: "s",
    description: "A person or body that says or does something, named, titled or meant by a pronoun.",
  },
  {
    key: "claim",
    name: "Claim",
    color: "RUST",
    shortcut: "c",
    description: "What a speaker states to be so, quoted or paraphrased.",
  },
  {
    key: "initiative",
    name: "Initiative",
    color: "GREEN",
    shortcut: "i",
    description: "What a speaker proposes, plans or puts forward.",
  },
  {
    key: "agreement",
    name: "Agreement",
    color: "PURPLE",
    shortcut: "a",
    description: "What parties sign, settle or declare together.",
  },
];

/** The links that the default codebook allows. */
export const DEFAULT_RELATION_TYPES = [
  { key: "states", name: "states", source: "speaker", target: "claim" },
  { key: "proposes", name: "proposes", source: "speaker", target: "initiative" },
  { key: "party-to", name: "party to", source: "speaker", target: "agreement" },
  { key: "same-as", name: "same as", source: "speaker", target: "speaker" },
] as const;

/** Gives a project the default codebook; answers the new ids by key. */
export function createDefaultCodebook(tx: Transaction, projectId: string): Promise<CodebookIds> {
  const relationTypes = DEFAULT_RELATION_TYPES.map(({ key, name, source, target }) => {
    return { key, name, sources: [source], targets: [target] };
  });
  return createCodebook(tx, projectId, DEFAULT_LABELS, relationTypes);
}
