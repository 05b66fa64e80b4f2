/** The codebook that a new project starts with: who said what, who proposes what, who agrees with whom. */
import { v7 as uuidv7 } from "uuid";
import type { Transaction } from "../database/database.ts";
import type { LabelColor } from "../generated/prisma/enums.ts";

interface DefaultLabel {
  key: string;
  name: string;
  color: LabelColor;
  shortcut: string;
  description: string;
}

/** In the order they are offered. */
export const DEFAULT_LABELS: readonly DefaultLabel[] = [
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
export async function createDefaultCodebook(
  tx: Transaction,
  projectId: string,
): Promise<{ labels: Map<string, string>; relationTypes: Map<string, string> }> {
  const labels = new Map(DEFAULT_LABELS.map(({ key }) => [key, uuidv7()]));
  const relationTypes = new Map(DEFAULT_RELATION_TYPES.map(({ key }) => [key, uuidv7()] as const));
  const idOf = (ids: ReadonlyMap<string, string>, key: string): string => {
    const id = ids.get(key);
    if (id === undefined) throw new Error(`the default codebook has no ${key}`);
    return id;
  };
  await tx.label.createMany({
    data: DEFAULT_LABELS.map((label, position) => ({
      ...label,
      id: idOf(labels, label.key),
      projectId,
      position,
    })),
  });
  await tx.relationType.createMany({
    data: DEFAULT_RELATION_TYPES.map(({ key, name }, position) => ({
      id: idOf(relationTypes, key),
      projectId,
      key,
      name,
      position,
    })),
  });
  await tx.relationTypeEnd.createMany({
    data: DEFAULT_RELATION_TYPES.flatMap(({ key, source, target }) => [
      { relationTypeId: idOf(relationTypes, key), end: "SOURCE" as const, labelId: idOf(labels, source) },
      { relationTypeId: idOf(relationTypes, key), end: "TARGET" as const, labelId: idOf(labels, target) },
    ]),
  });
  return { labels, relationTypes: new Map(relationTypes) };
}
