// What an import run makes of what happens to it.
import { describe, expect, test } from "vitest";
import type { Job } from "./job.ts";
import { afterEvent, type JobEvent, newRun, pauseBefore, shareOf } from "./job-run.ts";

const makeJob = (job: Partial<Job> = {}): Job => ({
  state: "running",
  done: 0,
  total: 100,
  documentCount: 0,
  annotationCount: 0,
  documents: [],
  problems: [],
  format: null,
  canStart: false,
  canUndo: false,
  files: [],
  preview: null,
  candidates: [],
  ...job,
});
const runAfter = (...events: JobEvent[]) => events.reduce(afterEvent, newRun("p", "reports.json", 200));

describe("afterEvent", () => {
  test("goes from sending through working to its end, and the bar never goes back", () => {
    const events: JobEvent[] = [
      { kind: "sent", bytes: 50 },
      { kind: "sent", bytes: 200 },
      { kind: "accepted", jobId: "j" },
      { kind: "told", job: makeJob({ state: "queued" }) },
      { kind: "told", job: makeJob({ done: 40 }) },
      { kind: "told", job: makeJob({ state: "done", done: 100 }) },
    ];
    const runs = events.map((_, index) => runAfter(...events.slice(0, index + 1)));
    expect(runs.map(({ phase }) => phase)).toEqual([
      "uploading",
      "uploading",
      "working",
      "working",
      "working",
      "over",
    ]);
    expect(runs.map(shareOf)).toEqual([0.125, 0.5, 0.5, 0.5, 0.7, 1]);
  });

  test("a question without an answer is no end", () => {
    const run = runAfter({ kind: "accepted", jobId: "j" }, { kind: "unanswered" });
    expect(run).toMatchObject({ phase: "working", isUnreachable: true });
    expect(afterEvent(run, { kind: "told", job: makeJob() })).toMatchObject({ isUnreachable: false });
  });

  test("what is over stays so", () => {
    const cancelled = runAfter({ kind: "cancelled" });
    expect(afterEvent(cancelled, { kind: "sent", bytes: 20 })).toBe(cancelled);
    const done = runAfter({ kind: "told", job: makeJob({ state: "done" }) });
    expect(afterEvent(done, { kind: "cancelled" })).toBe(done);
  });

  test("a job that the server cancelled counts as cancelled", () => {
    expect(runAfter({ kind: "told", job: makeJob({ state: "cancelled" }) })).toMatchObject({
      phase: "over",
      isCancelled: true,
    });
  });

  test("several files are packed first, and nobody knows how far that is", () => {
    const packing = newRun("p", "3 files", null);
    expect([packing.phase, shareOf(packing)]).toEqual(["packing", null]);
    const packed = afterEvent(packing, { kind: "packed", size: 400 });
    expect(packed).toMatchObject({ phase: "uploading", size: 400 });
  });

  test("what is over begins again, forwards or backwards", () => {
    const done = runAfter(
      { kind: "accepted", jobId: "j" },
      { kind: "told", job: makeJob({ state: "done" }) },
      { kind: "again", jobId: "k", isUndo: true },
    );
    expect(done).toMatchObject({ phase: "working", jobId: "k", job: null, isUndo: true });
    expect(shareOf(done)).toBeNull();
    expect(afterEvent(done, { kind: "told", job: makeJob({ state: "cancelled" }) })).toMatchObject({
      phase: "over",
      isUndo: true,
      isCancelled: true,
    });
  });
});

test("asks a short job at once and a long one every two seconds", () => {
  const pauses = Array.from({ length: 30 }, (_, question) => pauseBefore(question));
  expect(pauses[0]).toBeLessThanOrEqual(300);
  expect(pauses.at(-1)).toBe(2000);
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
});
