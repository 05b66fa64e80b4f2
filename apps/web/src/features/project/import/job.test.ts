// A job as the server tells of it.
import { expect, test } from "vitest";
import { contentsOf, placeOf, problemsAsText, toJob } from "./job.ts";

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
  expect(
    toJob({ ...told, files: [{ name: "a.txt" }, {}], preview: { labels: [{ key: "Per" }] } }),
  ).toMatchObject({
    files: [{ name: "a.txt", format: null, documentCount: 0 }],
    preview: { labels: [{ key: "Per", name: "Per", isKnown: false }], table: null, duplicateCount: 0 },
  });
  expect(toJob({ ...told, state: "lost" })).toBeNull();
  expect(toJob(null)).toBeNull();
});

test("says where a problem is", () => {
  const problem = { file: null, line: 1204, column: 4, message: "Two\nlines.", severity: "warning" } as const;
  expect(placeOf(problem)).toBe("line 1,204, column 4");
  expect(placeOf({ ...problem, file: "a.json", line: null })).toBe("a.json");
  expect(problemsAsText([problem])).toBe(
    "severity\tfile\tline\tcolumn\tmessage\nwarning\t\t1204\t4\tTwo lines.\n",
  );
});

test("says what is in it, annotations only where there are some", () => {
  expect(contentsOf({ documentCount: 5, annotationCount: 412 })).toBe("5 documents, 412 annotations");
  expect(contentsOf({ documentCount: 1, annotationCount: 0 })).toBe("1 document");
});
