// What is to be exported, in addresses.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import {
  choiceFromAddress,
  choiceToAddress,
  commandLineOf,
  curlLineOf,
  EVERYTHING,
  type ExportChoice,
  endingOf,
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

test("the command line is asked for the same, and a shell takes every word to the letter", () => {
  const odd = ["--all", "it's `$(id)`\\ \n!", "*"];
  const choice = { ...NARROW, labels: [...NARROW.labels, ...odd] };
  const line = commandLineOf("http://concord.example:8080", exportPath("p", choice, true), "my file.csv");
  const script = String.raw`concord() { printf '%s\0' "$CONCORD_URL" "$@"; }; ${line}`;
  expect(execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0")).toEqual([
    ...["http://concord.example:8080", "export", "p", "--output", "my file.csv"],
    ...["--format", "csv", "--table", "statements", "--document", DOCUMENT],
    ...choice.labels.flatMap((label) => ["--label", label]),
    ...["--annotator", PERSON, "--status", "new", "--status", "done", "--no-archived"],
    ...["--updated-since", new Date(2026, 2, 9).toISOString()],
    ...["--updated-before", new Date(2026, 2, 11).toISOString()],
    "",
  ]);
  expect(commandLineOf("https://concord.example", exportPath("p", EVERYTHING, false), "all.json")).toBe(
    "CONCORD_URL=https://concord.example concord export p \\\n  --output all.json \\\n  --format json",
  );
});

test("a file's name ends in what its format is kept in", () => {
  expect(endingOf({ id: "csv", isBundle: false })).toBe("csv");
  expect(endingOf({ id: "brat", isBundle: true })).toBe("zip");
  expect(endingOf({ id: "doccano", isBundle: false })).toBe("jsonl");
});

test("what narrows, and the way back", () => {
  expect(isNarrowed(EVERYTHING)).toBe(false);
  expect(isNarrowed({ ...EVERYTHING, statuses: ["NEW"] })).toBe(true);
  expect(narrowsAnnotations({ ...EVERYTHING, statuses: ["NEW"] })).toBe(false);
  expect(narrowsAnnotations({ ...EVERYTHING, to: "2026-03-10" })).toBe(true);
  expect(widened(NARROW)).toEqual({ ...EVERYTHING, format: "csv", table: "statements" });
});
