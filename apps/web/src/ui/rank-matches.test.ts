import { expect, it } from "vitest";
import { rankMatches } from "./rank-matches.ts";

const names = (typed: string) =>
  rankMatches(
    ["Undo your last step", "Next annotation", "Mark as Claim", "Reclaim", "Élan", "Өзен"].map((name) => ({
      name,
    })),
    typed,
  ).map(({ name }) => name);

it("puts beginnings first, then beginnings of words, then the rest", () => {
  expect(names("claim")).toEqual(["Mark as Claim", "Reclaim"]);
  expect(names("un")).toEqual(["Undo your last step"]);
  expect(names("ann nex")).toEqual(["Next annotation"]);
  expect(names("nothing like it")).toEqual([]);
  expect(names(" ")).toHaveLength(6);
});

it("minds neither case nor accents", () => {
  expect(names("elan")).toEqual(["Élan"]);
  expect(names("ӨЗЕН")).toEqual(["Өзен"]);
});
