import { expect, it } from "vitest";
import { buildAnnotation, DOV, MIRA } from "../model/builders.ts";
import type { Entry } from "../model/entries.ts";
import { rightsOf } from "../rights.ts";
import { NO_PICKS, pick, pickedOf, refusedInWords, sortByRight } from "./picks.ts";

const ENTRIES: readonly Entry[] = ["a", "b", "c", "d"].map((id, index) => ({
  ...buildAnnotation(id, { createdBy: index === 0 ? MIRA : DOV }),
  state: "saved",
  operation: null,
}));
const ids = (picks: Parameters<typeof pickedOf>[1]) => pickedOf(ENTRIES, picks).map(({ id }) => id);

it("picks one by one and by ranges, either way", () => {
  const one = pick(NO_PICKS, ENTRIES, "c", false);
  expect(ids(one)).toEqual(["c"]);
  const three = pick(one, ENTRIES, "a", true);
  expect(ids(three)).toEqual(["a", "b", "c"]);
  const two = pick(three, ENTRIES, "b", false);
  expect(ids(two)).toEqual(["a", "c"]);
  expect(ids(pick(two, ENTRIES, "d", true))).toEqual(["a"]);
  expect(ids(pick(NO_PICKS, ENTRIES, "b", true))).toEqual(["b"]);
});

it("says whose the ones are that may not be changed", () => {
  const rights = rightsOf({ role: "ANNOTATOR", viewer: MIRA, isArchived: false });
  const { allowed, refused } = sortByRight(ENTRIES, rights);
  expect(allowed.map(({ id }) => id)).toEqual(["a"]);
  expect(refusedInWords(refused)).toBe(
    "3 stay as they are: 3 by Dov. Only who made it, or a curator, can change it.",
  );
  expect(refusedInWords([])).toBeNull();
});
