/** Writes a whole codebook into a project that has none. */
import type { AttributeDefinition } from "@concord/core";
import { v7 as uuidv7 } from "uuid";
import type { Transaction } from "../database/database.ts";
import type { LabelColor } from "../generated/prisma/enums.ts";

/** A label as it is written down; others are named by key. */
export interface NewLabel {
  key: string;
  name: string;
  color: LabelColor;
  shortcut: string | null;
  description: string;
  parent?: string;
  attributes?: AttributeDefinition[];
  archivedAt?: Date;
}

/** A relation type with the keys of the labels at its ends. */
export interface NewRelationType {
  key: string;
  name: string;
  sources: readonly string[];
  targets: readonly string[];
}

/** The ids of a codebook, by key. */
export interface CodebookIds {
  labels: ReadonlyMap<string, string>;
  relationTypes: ReadonlyMap<string, string>;
}

/**
 * The id of a key.
 * @throws Error when the codebook has no such key
 */
export function idOfKey(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`the codebook has no ${key}`);
  return id;
}

/** Creates labels and relation types in their order; answers the new ids. */
export async function createCodebook(
  tx: Transaction,
  projectId: string,
  newLabels: readonly NewLabel[],
  newRelationTypes: readonly NewRelationType[],
): Promise<CodebookIds> {
  const labels = new Map(newLabels.map(({ key }) => [key, uuidv7()]));
  const relationTypes = new Map(newRelationTypes.map(({ key }) => [key, uuidv7()]));
  await tx.label.createMany({
    data: newLabels.map(({ parent, attributes = [], archivedAt = null, ...label }, position) => ({
      ...label,
      id: idOfKey(labels, label.key),
      projectId,
      parentId: parent === undefined ? null : idOfKey(labels, parent),
      attributes: attributes.map((definition) => ({ ...definition })),
      archivedAt,
      position,
    })),
  });
  await tx.relationType.createMany({
    data: newRelationTypes.map(({ key, name }, position) => ({
      id: idOfKey(relationTypes, key),
      projectId,
      key,
      name,
      position,
    })),
  });
  await tx.relationTypeEnd.createMany({
    data: newRelationTypes.flatMap(({ key, sources, targets }) => {
      const relationTypeId = idOfKey(relationTypes, key);
      return [
        ...sources.map((label) => ({
          relationTypeId,
          end: "SOURCE" as const,
          labelId: idOfKey(labels, label),
        })),
        ...targets.map((label) => ({
          relationTypeId,
          end: "TARGET" as const,
          labelId: idOfKey(labels, label),
        })),
      ];
    }),
  });
  return { labels, relationTypes };
}
