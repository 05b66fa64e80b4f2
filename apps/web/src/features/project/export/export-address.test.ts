// The address and the name of an exported file.
import { expect, test } from "vitest";
import { exportAddress, exportFileName } from "./export-address.ts";

test.each([
  ["Lower Sarn, 2025–26", "Lower Sarn, 2025–26.json"],
  ["a/b: c?\n", "a b c.json"],
  ["???", "corpus.json"],
])("%j", (name, file) => {
  expect(exportFileName(name, "json")).toBe(file);
});

test("archived documents are left out only when that is asked for", () => {
  expect(exportAddress("p", { format: "json", leavesOutArchived: false })).toBe(
    "/projects/p/export?format=json",
  );
  expect(exportAddress("p", { format: "ndjson", leavesOutArchived: true })).toBe(
    "/projects/p/export?format=ndjson&archived=0",
  );
});
