import { expect, it } from "vitest";
import {
  hasProgress,
  PROGRESS_FILTERS,
  type Progressing,
  progressFromParameter,
  progressToParameter,
} from "./progress-filter.ts";

const user = { id: "d", name: "Dov" };
const changedAt = "2026-03-09T12:00:00Z";
const fresh: Progressing = { myStatus: "NEW", statuses: [] };
const begun: Progressing = { myStatus: "NEW", statuses: [{ user, changedAt, status: "IN_PROGRESS" }] };
const doneByAnother: Progressing = { myStatus: "NEW", statuses: [{ user, changedAt, status: "DONE" }] };
const doneByMe: Progressing = { ...doneByAnother, myStatus: "DONE" };

it("asks who has done what", () => {
  const all = [fresh, begun, doneByAnother, doneByMe];
  const kept = (filter: (typeof PROGRESS_FILTERS)[number]) => all.filter((each) => hasProgress(each, filter));
  expect(kept("all")).toEqual(all);
  expect(kept("notMine")).toEqual([fresh, begun, doneByAnother]);
  expect(kept("untouched")).toEqual([fresh]);
  expect(kept("begun")).toEqual([begun, doneByAnother, doneByMe]);
  expect(kept("done")).toEqual([doneByAnother, doneByMe]);
});

it("stands in the address, but for the one that leaves everything", () => {
  for (const filter of PROGRESS_FILTERS)
    expect(progressFromParameter(progressToParameter(filter))).toBe(filter);
  expect(progressToParameter("all")).toBeNull();
  expect(progressFromParameter("nonsense")).toBe("all");
});
