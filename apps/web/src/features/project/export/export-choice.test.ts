// What is to be exported, in addresses.
import { expect, test } from "vitest";
import {
  choiceFromAddress,
  choiceToAddress,
  curlLineOf,
  EVERYTHING,
  type ExportChoice,
  exportPath,
  isNarrowed,
  narrowsAnnotations,
  widened,
} from "./export-choice.ts";

const DOCUMENT = "01890a5d-ac96-774b-bcce-b302099a8057";
const PERSON = "01890a5d-ac96-774b-bcce-b302099a8058";

const NARROW: ExportChoice = {
  format: "csv",
  table: "statements",
  documents: [DOCUMENT],
  labels: ["claim", 'über $HOME & "co"', "speaker"],
  annotators: [PERSON],
  statuses: ["NEW", "DONE"],
  from: "2026-03-09",
  to: "2026-03-10",
  leavesOutArchived: true,
};

test("the page's address holds all of it, and nothing where everything is wanted", () => {
  expect(choiceToAddress(EVERYTHING).toString()).toBe("");
  expect(choiceFromAddress(new URLSearchParams())).toEqual(EVERYTHING);
  expect(choiceFromAddress(new URLSearchParams(choiceToAddress(NARROW).toString()))).toEqual(NARROW);
});

test("what can't be meant is passed over", () => {
  const address = "document=7&annotator=me&status=asleep&table=chairs&from=yesterday&to=&archived=1";
  expect(choiceFromAddress(new URLSearchParams(address))).toEqual(EVERYTHING);
});

test("the server is asked for the same, with moments for days and a table only where there are some", () => {
  const asked = new URL(exportPath("p", NARROW, true), "http://concord.example");
  expect(asked.pathname).toBe("/projects/p/export");
  expect(asked.searchParams.getAll("label")).toEqual(NARROW.labels);
  expect(asked.searchParams.getAll("status")).toEqual(["new", "done"]);
  expect(asked.searchParams.get("table")).toBe("statements");
  // The day is over when the next one begins, whatever the place.
  expect(asked.searchParams.get("updatedSince")).toBe(new Date(2026, 2, 9).toISOString());
  expect(asked.searchParams.get("updatedBefore")).toBe(new Date(2026, 2, 11).toISOString());
  expect(exportPath("p", EVERYTHING, false)).toBe("/projects/p/export?format=json");
});

test("a line for a terminal holds nothing that a shell would read within quotes", () => {
  const [, , address] = curlLineOf("http://concord.example", exportPath("p", NARROW, true)).split("\n");
  expect(address?.trim().slice(1, -1)).not.toMatch(/["$`\\!]/u);
});

test("what narrows, and the way back", () => {
  expect(isNarrowed(EVERYTHING)).toBe(false);
  expect(isNarrowed({ ...EVERYTHING, statuses: ["NEW"] })).toBe(true);
  expect(narrowsAnnotations({ ...EVERYTHING, statuses: ["NEW"] })).toBe(false);
  expect(narrowsAnnotations({ ...EVERYTHING, to: "2026-03-10" })).toBe(true);
  expect(widened(NARROW)).toEqual({ ...EVERYTHING, format: "csv", table: "statements" });
});
