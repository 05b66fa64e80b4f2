// What an import run makes of what happens to it.
import { describe, expect, test } from "vitest";
import {
  afterEvent,
  type CorpusEvent,
  type Job,
  newRun,
  pauseBefore,
  placeOf,
  problemsAsText,
  shareOf,
  toJob,
} from "./job.ts";

const makeJob = (job: Partial<Job> = {}): Job => ({
  state: "running",
  done: 0,
  total: 100,
  documentCount: 0,
  annotationCount: 0,
  documents: [],
  problems: [],
  ...job,
});
const runAfter = (...events: CorpusEvent[]) => events.reduce(afterEvent, newRun("p", "reports.json", 200));

describe("afterEvent", () => {
  test("goes from sending through working to its end, and the bar never goes back", () => {
    const events: CorpusEvent[] = [
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
});

test("reads a job, and nothing that is none", () => {
  const told = {
    id: "j",
    state: "failed",
    done: 3,
    total: 9,
    documentCount: 0,
    annotationCount: 0,
    documents: ["d", 4],
    problems: [{ file: "a.json", line: 3, column: 17, message: "Not JSON.", severity: "error" }, "odd"],
  };
  expect(toJob(told)).toMatchObject({
    state: "failed",
    documents: ["d"],
    problems: [{ file: "a.json", line: 3, column: 17, message: "Not JSON.", severity: "error" }],
  });
  expect(toJob({ ...told, state: "lost" })).toBeNull();
  expect(toJob(null)).toBeNull();
});

test("asks a short job at once and a long one every two seconds", () => {
  const pauses = Array.from({ length: 30 }, (_, question) => pauseBefore(question));
  expect(pauses[0]).toBeLessThanOrEqual(300);
  expect(pauses.at(-1)).toBe(2000);
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
});

test("says where a problem is", () => {
  const problem = { file: null, line: 1204, column: 4, message: "Two\nlines.", severity: "warning" } as const;
  expect(placeOf(problem)).toBe("line 1,204, column 4");
  expect(placeOf({ ...problem, file: "a.json", line: null })).toBe("a.json");
  expect(problemsAsText([problem])).toBe(
    "severity\tfile\tline\tcolumn\tmessage\nwarning\t\t1204\t4\tTwo lines.\n",
  );
});
