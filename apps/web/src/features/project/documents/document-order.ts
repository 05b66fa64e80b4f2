// The order of a project's documents in the table. What a document does not have comes last, whichever way it goes.
import { progressOf } from "../../../frame/work-status/work-status.ts";
import type { WorkStatus } from "../../../gql/graphql.ts";

export const SORT_KEYS = [
  "title",
  "source",
  "date",
  "language",
  "length",
  "progress",
  "annotations",
  "changed",
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

export interface Sortable {
  readonly title: string;
  readonly language?: string | null;
  readonly length: number;
  readonly annotationCount: number;
  readonly changedAt: string;
  readonly statuses: readonly { readonly status: WorkStatus }[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

function metadataText(metadata: Readonly<Record<string, unknown>>, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = metadata[key];
    if (typeof value === "string" && value.trim() !== "") return value;
  }
  return null;
}

export const sourceOf = ({ metadata }: Pick<Sortable, "metadata">) =>
  metadataText(metadata, ["source", "publisher", "outlet"]);
export const dateOf = ({ metadata }: Pick<Sortable, "metadata">) =>
  metadataText(metadata, ["date", "published"]);

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

function sortValue(document: Sortable, key: SortKey): string | number | null {
  switch (key) {
    case "title":
      return document.title;
    case "source":
      return sourceOf(document);
    case "date":
      return dateOf(document);
    case "language":
      return document.language ?? null;
    case "length":
      return document.length;
    case "progress":
      return progressOf(document.statuses);
    case "annotations":
      return document.annotationCount;
    case "changed":
      return document.changedAt;
  }
}

function compareValues(a: string | number, b: string | number, key: SortKey): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  // Times and dates in ISO form compare as they are; collation would cost, and order nothing better.
  if (key === "changed" || key === "date") return a < b ? -1 : a > b ? 1 : 0;
  return collator.compare(String(a), String(b));
}

/** A sorted copy; equal ones keep their order. Without a sort, the order they came in. */
export function sortDocuments<T extends Sortable>(documents: readonly T[], sort: Sort | null): readonly T[] {
  if (!sort) return documents;
  const keyed = documents.map((document) => ({ document, value: sortValue(document, sort.key) }));
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    const order = compareValues(a.value, b.value, sort.key);
    return sort.descending ? -order : order;
  });
  return keyed.map(({ document }) => document);
}

/** What a click on a column's head makes of the present sort: its natural way, then the other, then none. */
export function nextSort(present: Sort | null, key: SortKey): Sort | null {
  const naturallyDescending =
    key === "progress" || key === "annotations" || key === "changed" || key === "date" || key === "length";
  if (present?.key !== key) return { key, descending: naturallyDescending };
  return present.descending === naturallyDescending ? { key, descending: !naturallyDescending } : null;
}

export function sortToParameter(sort: Sort | null): string | null {
  return sort && (sort.descending ? `-${sort.key}` : sort.key);
}

export function sortFromParameter(parameter: string | null): Sort | null {
  if (parameter === null) return null;
  const key = SORT_KEYS.find((each) => each === parameter.replace(/^-/u, ""));
  return key ? { key, descending: parameter.startsWith("-") } : null;
}
