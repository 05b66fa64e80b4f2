import { expect, it } from "vitest";
import type { Act } from "./act.ts";
import { countOfRun, groupActs, localDate } from "./activity-runs.ts";

const MIRA = { id: "m", name: "Mira" };
const DOV = { id: "d", name: "Dov" };
const TIDES = { id: "t", title: "Tide tables" };

let made = 0;
/** At so many minutes before noon of the 9th. */
function act(minutesAgo: number, rest: Partial<Act> = {}): Act {
  made += 1;
  const at = new Date(2026, 2, 9, 12, -minutesAgo).toISOString();
  return { cursor: `c${made}`, at, author: MIRA, document: TIDES, deed: "tagged", ...rest };
}

const shapeOf = (acts: readonly Act[]) =>
  groupActs(acts).map(({ date, runs }) => [
    date,
    runs.map(({ acts: [first], acts: all }) => `${first?.author.name} ${first?.deed} ${all.length}`),
  ]);

it("makes one run of what one person did of one kind in one document", () => {
  expect(shapeOf([act(0), act(1), act(2, { deed: "related" }), act(3)])).toEqual([
    ["2026-03-09", ["Mira tagged 3", "Mira related 1"]],
  ]);
});

it("keeps people apart who work at the same time, each with one run", () => {
  const acts = [act(0), act(1, { author: DOV }), act(2), act(3, { author: DOV }), act(4)];
  expect(shapeOf(acts)).toEqual([["2026-03-09", ["Mira tagged 3", "Dov tagged 2"]]]);
});

it("begins anew after a pause, in another document, and at midnight", () => {
  expect(shapeOf([act(0), act(31)])).toEqual([["2026-03-09", ["Mira tagged 1", "Mira tagged 1"]]]);
  expect(shapeOf([act(0), act(1, { document: { id: "o", title: "Other" } })])).toEqual([
    ["2026-03-09", ["Mira tagged 1", "Mira tagged 1"]],
  ]);
  expect(shapeOf([act(12 * 60 - 1), act(12 * 60 + 1)])).toEqual([
    ["2026-03-09", ["Mira tagged 1"]],
    ["2026-03-08", ["Mira tagged 1"]],
  ]);
});

it("tells of each role by itself", () => {
  const given = { deed: "roleGiven", document: null, role: "CURATOR" } as const;
  expect(shapeOf([act(0, { ...given, subject: "Dov" }), act(1, { ...given, subject: "Noor" })])).toEqual([
    ["2026-03-09", ["Mira roleGiven 1", "Mira roleGiven 1"]],
  ]);
});

it("counts what one change did at a time", () => {
  const [day] = groupActs([act(0, { deed: "imported", count: 40 }), act(1, { deed: "imported", count: 2 })]);
  expect(day?.runs.map(countOfRun)).toEqual([42]);
});

it("leaves a run its name when earlier acts are added, so that it is not drawn anew", () => {
  const acts = [act(0), act(1)];
  const [before] = groupActs(acts);
  const [after] = groupActs([...acts, act(2)]);
  expect(after?.runs[0]?.id).toBe(before?.runs[0]?.id);
});

it("names days as they are here", () => {
  expect(localDate(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05");
});
