// What happens to labels under the hand of somebody who is about to choose one.
import { expect, test } from "vitest";
import { buildLabel } from "../model/builders.ts";
import { holdSteady } from "./steady-labels.ts";

const words = (labels: ReturnType<typeof holdSteady>) =>
  labels.map(({ label, isGone }) => (isGone ? `(${label.name})` : label.name));

test("keeps places, follows names, puts what is new last and lets nothing vanish", () => {
  const [a, b, c] = ["a", "b", "c"].map((id) => buildLabel(id));
  if (!a || !b || !c) throw new Error("three labels");
  const shown = holdSteady([], [a, b, c]);
  expect(words(shown)).toEqual(["a", "b", "c"]);
  const later = holdSteady(shown, [buildLabel("new"), c, { ...a, name: "A" }]);
  expect(words(later)).toEqual(["A", "(b)", "c", "new"]);
  expect(words(holdSteady(later, [b, a, c]))).toEqual(["a", "b", "c", "(new)"]);
});
