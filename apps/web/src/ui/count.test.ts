import { expect, test } from "vitest";
import { formatBytes } from "./count.ts";

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1000, "1.0 KB"],
  [1_440_000, "1.4 MB"],
  [312_000_000, "312 MB"],
  [5_000_000_000_000_000, "5,000 TB"],
])("%i", (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});
