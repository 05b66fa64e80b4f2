// What is picked in the list to do something with all of it at once, and for whom of it that is allowed. Pure.
import { t } from "../../../words/words.ts";
import type { Entry } from "../model/entries.ts";
import type { Rights } from "../rights.ts";

export interface Picks {
  readonly ids: ReadonlySet<string>;
  /** From here a range reaches. */
  readonly anchorId: string | null;
}

export const NO_PICKS: Picks = { ids: new Set(), anchorId: null };

/** One more or one fewer; with `isRange` all between the last one and this, as the last one was. */
export function pick(picks: Picks, listed: readonly Entry[], id: string, isRange: boolean): Picks {
  const ids = new Set(picks.ids);
  const to = listed.findIndex((entry) => entry.id === id);
  const from = isRange ? listed.findIndex((entry) => entry.id === picks.anchorId) : -1;
  if (from < 0) {
    if (!ids.delete(id)) ids.add(id);
    return { ids, anchorId: id };
  }
  const isPicking = picks.anchorId !== null && ids.has(picks.anchorId);
  for (const entry of listed.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (isPicking) ids.add(entry.id);
    else ids.delete(entry.id);
  }
  return { ids, anchorId: id };
}

/** Those picked that are still there. */
export function pickedOf(inText: readonly Entry[], { ids }: Picks): readonly Entry[] {
  return ids.size === 0 ? [] : inText.filter((entry) => ids.has(entry.id));
}

export interface Sorted {
  readonly allowed: readonly Entry[];
  readonly refused: readonly Entry[];
}

export function sortByRight(entries: readonly Entry[], rights: Rights): Sorted {
  return {
    allowed: entries.filter((entry) => rights.canChange(entry)),
    refused: entries.filter((entry) => !rights.canChange(entry)),
  };
}

/** Whose the refused ones are and why they stay; null when there are none. */
export function refusedInWords(refused: readonly Entry[]): string | null {
  if (refused.length === 0) return null;
  const counts = new Map<string, number>();
  for (const { createdBy } of refused) counts.set(createdBy.name, (counts.get(createdBy.name) ?? 0) + 1);
  const whose = [...counts].map(([name, count]) => t("list:stay.by", { count, name }));
  return t("list:stay.words", { count: refused.length, whose });
}
