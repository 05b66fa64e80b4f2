// Counting versions.
import { expect, test } from "vitest";
import { versionNumber } from "./version-number.ts";

test("counts along the chain, as far as it was read", () => {
  const first = { id: "a", previousVersion: null };
  const second = { id: "b", previousVersion: first };
  expect(versionNumber(first)).toBe(1);
  expect(versionNumber({ id: "c", previousVersion: second })).toBe(3);
  expect(versionNumber({ id: "c", previousVersion: { id: "b" } })).toBeNull();
});
