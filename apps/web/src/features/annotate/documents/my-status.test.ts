import { expect, it } from "vitest";
import { buildAnnotation, DOV, MIRA } from "../model/builders.ts";
import { isWorkOf, shownStatus, toggledStatus, withMine } from "./my-status.ts";

const mira = { id: "m", name: "Mira" };
const now = new Date("2026-03-09T12:00:00Z");

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

it("puts what one says into everybody's list, and takes it out of it", () => {
  const dov = { status: "DONE" as const, changedAt: "2026-03-08T12:00:00Z", user: { id: "d", name: "Dov" } };
  const both = withMine([dov], mira, "DONE", now);
  expect(both.map(({ user, status }) => [user.name, status])).toEqual([
    ["Dov", "DONE"],
    ["Mira", "DONE"],
  ]);
  expect(withMine(both, mira, "IN_PROGRESS", now)).toHaveLength(2);
  expect(withMine(both, mira, "NEW", now)).toEqual([dov]);
});

it("takes what came in with a file for work once it was changed", () => {
  const own = buildAnnotation("1", { createdBy: MIRA });
  expect([MIRA, DOV].map((person) => isWorkOf(own, person))).toEqual([true, false]);
  const imported = buildAnnotation("2", { createdBy: MIRA, origin: "IMPORT" });
  expect(isWorkOf(imported, MIRA)).toBe(false);
  const changed = { ...imported, version: 2, updatedBy: DOV };
  expect([MIRA, DOV].map((person) => isWorkOf(changed, person))).toEqual([false, true]);
});
