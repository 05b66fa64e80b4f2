import { describe, expect, it } from "vitest";
import { buildAnnotation, DOV, MIRA } from "../model/builders.ts";
import type { Entry } from "../model/entries.ts";
import { entriesIn, filterEntries, filterFrom, isFiltering, NO_FILTER, withFilter } from "./list-filter.ts";

const entry = (id: string, fields: Partial<Entry> = {}): Entry => ({
  ...buildAnnotation(id),
  state: "saved",
  operation: null,
  ...fields,
});
const ENTRIES = [
  entry("a", { quote: "The Tide", createdBy: MIRA }),
  entry("b", { quote: "a table", note: "of tides", createdBy: DOV, labelId: "speaker" }),
  entry("c", { quote: "noon", createdBy: DOV, fragments: [{ start: 90, end: 99 }] }),
];
const TALK = { open: new Set(["a", "c"]), mentioning: new Set(["b", "c"]) };
const ids = (filter: Partial<typeof NO_FILTER>) =>
  filterEntries(ENTRIES, { ...NO_FILTER, ...filter }, TALK).map(({ id }) => id);

describe("filterEntries", () => {
  it("goes by label, author and words in quote or note, all of them at once", () => {
    expect(ids({})).toEqual(["a", "b", "c"]);
    expect(ids({ labelIds: ["speaker"] })).toEqual(["b"]);
    expect(ids({ authorIds: ["dov"] })).toEqual(["b", "c"]);
    expect(ids({ text: " TIDE " })).toEqual(["a", "b"]);
    expect(ids({ text: "tide", authorIds: ["mira"] })).toEqual(["a"]);
  });

  it("hides what is settled, or where one is not named", () => {
    expect(ids({ isDiscussed: true })).toEqual(["a", "c"]);
    expect(ids({ mentionsMe: true })).toEqual(["b", "c"]);
    expect(ids({ isDiscussed: true, mentionsMe: true })).toEqual(["c"]);
  });
});

it("takes what touches a stretch of the text", () => {
  expect(entriesIn(ENTRIES, { start: 4, end: 91 }).map(({ id }) => id)).toEqual(["c"]);
});

it("stands in the address beside what else it says", () => {
  const filter = {
    labelIds: ["l1", "l2"],
    authorIds: ["p"],
    text: "tide & time",
    isDiscussed: true,
    mentionsMe: true,
  };
  const address = withFilter(new URLSearchParams("annotation=x&q=old"), filter);
  expect(filterFrom(new URLSearchParams(address.toString()))).toEqual(filter);
  expect(address.get("annotation")).toBe("x");
  expect(withFilter(address, NO_FILTER).toString()).toBe("annotation=x");
  expect([isFiltering(filter), isFiltering(NO_FILTER)]).toEqual([true, false]);
});
