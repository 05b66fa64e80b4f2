// Which annotations the list shows: by label, author, words, what is still discussed,
// where one is named, and what is in view. It stands in
// the address, all but what is in view, so that it can be shared. Pure.
import type { Fragment } from "@concord/core";
import type { Talk } from "../discussion/talk.ts";
import type { Entry } from "../model/entries.ts";

export interface ListFilter {
  /** Empty: any. */
  readonly labelIds: readonly string[];
  /** Empty: anybody's. */
  readonly authorIds: readonly string[];
  /** Looked for in quotes and notes. */
  readonly text: string;
  /** Only with a comment that is not settled. */
  readonly isDiscussed: boolean;
  /** Only where a comment names the viewer. */
  readonly mentionsMe: boolean;
}

export const NO_FILTER: ListFilter = {
  labelIds: [],
  authorIds: [],
  text: "",
  isDiscussed: false,
  mentionsMe: false,
};

export function filterFrom(parameters: URLSearchParams): ListFilter {
  return {
    labelIds: parameters.getAll("label"),
    authorIds: parameters.getAll("author"),
    text: parameters.get("q") ?? "",
    isDiscussed: parameters.get("discussed") === "open",
    mentionsMe: parameters.get("mentions") === "me",
  };
}

/** The address with the filter in it; what else it says stays. */
export function withFilter(present: URLSearchParams, filter: ListFilter): URLSearchParams {
  const next = new URLSearchParams(present);
  for (const name of ["label", "author", "q", "discussed", "mentions"]) next.delete(name);
  for (const id of filter.labelIds) next.append("label", id);
  for (const id of filter.authorIds) next.append("author", id);
  if (filter.text !== "") next.set("q", filter.text);
  if (filter.isDiscussed) next.set("discussed", "open");
  if (filter.mentionsMe) next.set("mentions", "me");
  return next;
}

export function isFiltering(filter: ListFilter): boolean {
  const { labelIds, authorIds, text, isDiscussed, mentionsMe } = filter;
  return labelIds.length > 0 || authorIds.length > 0 || text.trim() !== "" || isDiscussed || mentionsMe;
}

/** Those that pass. */
export function filterEntries(entries: readonly Entry[], filter: ListFilter, talk: Talk): readonly Entry[] {
  if (!isFiltering(filter)) return entries;
  const { labelIds, authorIds } = filter;
  const wanted = filter.text.trim().toLowerCase();
  return entries.filter(
    (entry) =>
      (labelIds.length === 0 || labelIds.includes(entry.labelId)) &&
      (authorIds.length === 0 || authorIds.includes(entry.createdBy.id)) &&
      (wanted === "" ||
        entry.quote.toLowerCase().includes(wanted) ||
        entry.note.toLowerCase().includes(wanted)) &&
      (!filter.isDiscussed || talk.open.has(entry.id)) &&
      (!filter.mentionsMe || talk.mentioning.has(entry.id)),
  );
}

/** Those that touch a stretch of the text. */
export function entriesIn(entries: readonly Entry[], { start, end }: Fragment): readonly Entry[] {
  return entries.filter((entry) =>
    entry.fragments.some((fragment) => fragment.start < end && fragment.end > start),
  );
}
