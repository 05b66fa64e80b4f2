// From one document of a project to another, in import order. Pure.
import type { WorkStatus } from "../../../gql/graphql.ts";

export interface OrderedDocument {
  readonly id: string;
  /** How far one is with it oneself. */
  readonly myStatus: WorkStatus;
}

export function neighbourDocument(
  order: readonly OrderedDocument[],
  id: string,
  by: 1 | -1,
): OrderedDocument | null {
  const index = order.findIndex((document) => document.id === id);
  return index < 0 ? null : (order[index + by] ?? null);
}

/** The next one that one is not done with: after the present one, then from the first. */
export function unfinishedAfter(order: readonly OrderedDocument[], id: string): OrderedDocument | null {
  const index = order.findIndex((document) => document.id === id);
  const others = [...order.slice(index + 1), ...order.slice(0, Math.max(0, index))];
  return others.find(({ myStatus }) => myStatus !== "DONE") ?? null;
}
