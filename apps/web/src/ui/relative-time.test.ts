// Relative times, in the zone the tests run in.
import { expect, test } from "vitest";
import { agoWords, dayAndTime, exactTime, relativeTime } from "./relative-time.ts";

const now = new Date(2026, 2, 11, 15, 30); // a Wednesday

test.each([
  [new Date(2026, 2, 11, 15, 29, 30), "now"],
  [new Date(2026, 2, 11, 15, 31), "now"],
  [new Date(2026, 2, 11, 15, 26), "4 min"],
  [new Date(2026, 2, 11, 12, 20), "3 h"],
  [new Date(2026, 2, 10, 23, 50), "yesterday"],
  [new Date(2026, 2, 8, 9), "Sunday"],
  [new Date(2026, 2, 4, 9), "4 Mar"],
  [new Date(2025, 11, 24, 9), "24 Dec 2025"],
])("%s", (at, words) => {
  expect(relativeTime(at, now, "en-GB")).toBe(words);
});

test("a few minutes past midnight are minutes, not yesterday", () => {
  expect(relativeTime(new Date(2026, 2, 10, 23, 58), new Date(2026, 2, 11, 0, 3), "en-GB")).toBe("5 min");
});

test("in a sentence, only spans of time are ago", () => {
  expect(["now", "4 min", "3 h", "yesterday", "4 Mar"].map(agoWords)).toEqual([
    "now",
    "4 min ago",
    "3 h ago",
    "yesterday",
    "4 Mar",
  ]);
});

test("exact times name the zone they are told in", () => {
  const zone = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" })
    .formatToParts(now)
    .find(({ type }) => type === "timeZoneName")?.value;
  expect(zone).toBeTruthy();
  for (const words of [exactTime(now, "en-GB"), dayAndTime(now, "en-GB")])
    expect(words).toMatch(new RegExp(` ${zone}$`));
});
