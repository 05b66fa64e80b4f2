// What becomes of a file's labels.
import { expect, test } from "vitest";
import { choicesFor, chosenFor, type WordMapping, withChosen } from "./word-mapping.ts";

test("each choice comes back as it was made, whatever the keys are", () => {
  const choices = choicesFor(
    [
      { key: "claim", name: "Claim" },
      { key: "new", name: "New" },
      { key: "none", name: "None" },
    ],
    "A new label",
  );
  expect(choices.map(({ label }) => label)).toEqual(["A new label", "Claim", "New", "None", "Leave out"]);
  const mappings = choices.map(({ value }) => {
    const mapping = withChosen({ other: "claim" }, "Per", value);
    expect(chosenFor(mapping, "Per")).toBe(value);
    return mapping;
  });
  expect(mappings).toEqual([
    { other: "claim" },
    { other: "claim", Per: "claim" },
    { other: "claim", Per: "new" },
    { other: "claim", Per: "none" },
    { other: "claim", Per: null },
  ]);
});

test("a key that objects have of themselves is no choice", () => {
  const empty: WordMapping = {};
  expect(chosenFor(empty, "constructor")).toBe(chosenFor(empty, "Per"));
});
