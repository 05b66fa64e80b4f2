// Keys of labels: one sign, one holder.
import { expect, test } from "vitest";
import { freeShortcut, lastSign, shortcutProblem } from "./shortcut.ts";

const labels = [
  { id: "1", name: "Claim", shortcut: "c" },
  { id: "2", name: "Orator", shortcut: "O" },
  { id: "3", name: "Place", shortcut: null },
];

test("a clash names who holds the key, whatever the case", () => {
  expect(shortcutProblem("C", "3", labels)).toContain("Claim");
  expect(shortcutProblem("o", null, labels)).toContain("Orator");
  expect(shortcutProblem("c", "1", labels)).toBeNull();
  expect(shortcutProblem("", "3", labels)).toBeNull();
});

test.each(["?", " ", "ab", "🙂"])("%j is no letter and no digit", (sign) => {
  expect(shortcutProblem(sign, null, [])).not.toBeNull();
});

test.each(["ж", "7", "é"])("%s is one", (sign) => {
  expect(shortcutProblem(sign, null, labels)).toBeNull();
});

test("the key pressed last counts", () => {
  expect(lastSign("CX")).toBe("x");
  expect(lastSign("")).toBe("");
});

test("a new label gets the first letter of its name that is free", () => {
  expect(freeShortcut("Occasion", labels)).toBe("a");
  expect(freeShortcut("Coco", labels)).toBe("");
});
