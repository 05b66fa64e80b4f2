// What the server says of an export.
import { expect, test } from "vitest";
import { contentsOf, fileNameIn, toReport } from "./export-report.ts";

const problem = (message: string, file: string | null = null) => ({
  file,
  line: null,
  column: null,
  message,
  severity: "warning",
});

test("says once what is left out, and how much there is", () => {
  const report = toReport({
    documentCount: 1,
    annotationCount: 3,
    relationCount: 0,
    commentCount: 2,
    leftOut: [problem("No notes."), problem("No notes."), problem("No overlaps.", "a.txt")],
    leftOutCount: 1200,
  });
  expect(report.leftOut).toEqual(["No notes.", "a.txt: No overlaps."]);
  expect(report.leftOutCount).toBe(1200);
  expect(contentsOf(report)).toBe("1 document, 3 annotations, 2 comments");
});

test("what is no report holds nothing", () => {
  expect(contentsOf(toReport("oops"))).toBe("0 documents, 0 annotations");
});

test.each([
  [`attachment; filename="concord-a.csv"; filename*=UTF-8''concord-%C3%A4.csv`, "concord-ä.csv"],
  [`attachment; filename="concord-a.csv"`, "concord-a.csv"],
  [`attachment; filename*=UTF-8''%E4.csv`, null],
  [null, null],
])("%j", (disposition, name) => {
  expect(fileNameIn(disposition)).toBe(name);
});
