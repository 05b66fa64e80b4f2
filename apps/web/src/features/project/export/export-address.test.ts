// The name of an exported file.
import { expect, test } from "vitest";
import { exportFileName } from "./export-address.ts";

test.each([
  ["Lower Sarn, 2025–26", "Lower Sarn, 2025–26.json"],
  ["a/b: c?\n", "a b c.json"],
  ["???", "corpus.json"],
])("%j", (name, file) => {
  expect(exportFileName(name, "json")).toBe(file);
});
