import { expect, it } from "vitest";
import type { WorkStatus } from "../../gql/graphql.ts";
import { countDone, progressOf } from "./work-status.ts";

const said = (...statuses: WorkStatus[]) => statuses.map((status) => ({ status }));

it("counts those who are done", () => {
  expect(countDone(said("DONE", "IN_PROGRESS", "DONE"))).toBe(2);
  expect(countDone([])).toBe(0);
});

it("puts a document that one is done with before those that any number have begun", () => {
  const begunByMany = progressOf(said(...Array<WorkStatus>(40).fill("IN_PROGRESS")));
  expect(progressOf(said("DONE"))).toBeGreaterThan(begunByMany);
  expect(begunByMany).toBeGreaterThan(progressOf(said("IN_PROGRESS")));
  expect(progressOf(said("IN_PROGRESS"))).toBeGreaterThan(progressOf([]));
  expect(progressOf(said("DONE", "IN_PROGRESS"))).toBeGreaterThan(progressOf(said("DONE")));
});
