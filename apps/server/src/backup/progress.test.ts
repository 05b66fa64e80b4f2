// Progress as it is written: over itself on a terminal, as lines elsewhere, not at all for what is done at once.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createProgress, size } from "./progress.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function progressOn(isTTY: boolean) {
  const written: string[] = [];
  const progress = createProgress({ isTTY, columns: 30, write: (text) => written.push(text) });
  return { progress, written };
}

test("says nothing of what takes no time", () => {
  const { progress, written } = progressOn(true);
  progress.begin("Writing person");
  progress.add(3, 100);
  progress.end();
  expect(written).toEqual([]);
});

test("a terminal has one line that is written over and taken away", () => {
  const { progress, written } = progressOn(true);
  progress.begin("Writing annotation");
  vi.advanceTimersByTime(1_000);
  progress.add(1_234, 56_789);
  progress.add(1, 1);
  vi.advanceTimersByTime(200);
  progress.begin("Writing relation");
  progress.end();
  expect(written).toEqual([
    "\r\x1b[KWriting annotation: 1,234 row",
    "\r\x1b[KWriting relation …",
    "\r\x1b[K",
  ]);
});

test("a pipe gets a line now and then", () => {
  const { progress, written } = progressOn(false);
  progress.begin("Writing annotation");
  vi.advanceTimersByTime(1_000);
  progress.add(1_234, 56_789);
  vi.advanceTimersByTime(9_999);
  progress.add(1, 1);
  vi.advanceTimersByTime(1);
  progress.add(1, 10);
  progress.end();
  expect(written).toEqual([
    "Writing annotation: 1,234 rows, 56.8 kB\n",
    "Writing annotation: 1,236 rows, 56.8 kB\n",
  ]);
});

test("bytes are told in units that people read", () => {
  expect([0, 999, 1_000, 1_449_999, 20e9, 5e15].map(size)).toEqual([
    "0 B",
    "999 B",
    "1.0 kB",
    "1.4 MB",
    "20.0 GB",
    "5000.0 TB",
  ]);
});
