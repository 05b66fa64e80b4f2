// A job found again after a reload.
import { expect, test } from "vitest";
import { forgetJob, recallJob, rememberJob } from "./remembered-job.ts";

function makeStore(content: [string, string][] = []) {
  const map = new Map(content);
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}

const job = { projectId: "p", fileName: "reports.json", size: 12, jobId: "j" };

test("is found until it is forgotten", () => {
  const store = makeStore();
  expect(recallJob(store)).toBeNull();
  rememberJob(store, job);
  expect(recallJob(store)).toEqual(job);
  forgetJob(store);
  expect(recallJob(store)).toBeNull();
});

test.each(["", "null", "[]", '{"jobId":4}', "{"])("anything else is none: %j", (content) => {
  expect(recallJob(makeStore([["concord.import", content]]))).toBeNull();
});
