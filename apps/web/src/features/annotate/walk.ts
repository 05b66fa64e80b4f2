// Walking through annotations in text order, and what is said of the one arrived at. Pure.
import { t } from "../../words/words.ts";
import type { Label } from "./model/entities.ts";
import type { Entry } from "./model/entries.ts";

/** The one after or before; with none selected the first one from `position` on, or the last before it. */
export function neighbourOf(
  inText: readonly Entry[],
  id: string | null,
  by: 1 | -1,
  position: number,
): string | null {
  const index = id === null ? -1 : inText.findIndex((entry) => entry.id === id);
  if (index >= 0) return inText[index + by]?.id ?? null;
  const isAhead = (entry: Entry) => (entry.fragments[0]?.start ?? 0) >= position;
  return (by === 1 ? inText.find(isAhead) : inText.findLast((entry) => !isAhead(entry)))?.id ?? null;
}

const MOST_CHARACTERS = 120;

export function describeAnnotation(
  entry: Entry,
  labels: ReadonlyMap<string, Label>,
  inText: readonly Entry[],
): string {
  const quote =
    entry.quote.length > MOST_CHARACTERS ? `${entry.quote.slice(0, MOST_CHARACTERS)}…` : entry.quote;
  return t("marking:described", {
    label: labels.get(entry.labelId)?.name ?? t("unknownLabel"),
    name: entry.createdBy.name,
    quote,
    place: inText.indexOf(entry) + 1,
    all: inText.length,
  });
}
