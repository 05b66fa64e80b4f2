// What the preview of a new version says.
import { expect, test } from "vitest";
import { carriedWords } from "./version-words.ts";

test.each([
  [41, 3, "41 of 44 annotations keep their place; 3 don’t."],
  [1, 1, "1 of 2 annotations keeps its place; 1 doesn’t."],
  [1200, 4, "1,200 of 1,204 annotations keep their place; 4 don’t."],
  [7, 0, "All 7 annotations keep their place."],
  [1, 0, "The one annotation keeps its place."],
  [0, 1, "The one annotation doesn’t keep its place."],
  [0, 5, "None of the 5 annotations keeps its place."],
  [0, 0, "There are no annotations to carry over."],
])("%i carried, %i not", (carried, lost, words) => {
  expect(carriedWords(carried, lost)).toBe(words);
});
