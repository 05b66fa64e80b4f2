import { expect, it } from "vitest";
import { buildAnnotation, DOV, MIRA } from "../model/builders.ts";
import { isWorkOf, shownStatus, toggledStatus } from "./my-status.ts";

it("is in progress as soon as something of one's own stands there, and done only when said", () => {
  expect(shownStatus("NEW", false)).toBe("NEW");
  expect(shownStatus("NEW", true)).toBe("IN_PROGRESS");
  expect(shownStatus("DONE", false)).toBe("DONE");
});

it("goes to done and back", () => {
  expect(toggledStatus("NEW")).toBe("DONE");
  expect(toggledStatus("IN_PROGRESS")).toBe("DONE");
  expect(toggledStatus("DONE")).toBe("IN_PROGRESS");
});

it("takes what came in with a file for work once it was changed", () => {
  const own = buildAnnotation("1", { createdBy: MIRA });
  expect([MIRA, DOV].map((person) => isWorkOf(own, person))).toEqual([true, false]);
  const imported = buildAnnotation("2", { createdBy: MIRA, origin: "IMPORT" });
  expect(isWorkOf(imported, MIRA)).toBe(false);
  const changed = { ...imported, version: 2, updatedBy: DOV };
  expect([MIRA, DOV].map((person) => isWorkOf(changed, person))).toEqual([false, true]);
});
