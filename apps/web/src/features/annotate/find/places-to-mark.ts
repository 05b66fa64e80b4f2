// Which of the places where a text stands can be marked with a label: those that are already are left out. Pure.
import type { Fragment } from "@concord/core";
import type { Entry } from "../model/entries.ts";

export interface PlacesToMark {
  /** In text order. */
  readonly free: readonly Fragment[];
  /** How many have the label already. */
  readonly marked: number;
}

const keyOf = ({ start, end }: Fragment) => `${start}-${end}`;

export function placesToMark(
  hits: readonly Fragment[],
  inText: readonly Pick<Entry, "labelId" | "fragments">[],
  labelId: string,
): PlacesToMark {
  const marked = new Set(
    inText.flatMap((entry) => {
      const [only, ...others] = entry.fragments;
      return entry.labelId === labelId && only !== undefined && others.length === 0 ? [keyOf(only)] : [];
    }),
  );
  const free = hits.filter((hit) => !marked.has(keyOf(hit)));
  return { free, marked: hits.length - free.length };
}
