// Relative times, in the zone the tests run in.
import { expect, test } from "vitest";
import { dayAndTime, exactTime, relativeTime, timeAgo } from "./relative-time.ts";

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
  expect(relativeTime(at, now)).toBe(words);
});

test("a few minutes past midnight are minutes, not yesterday", () => {
  expect(relativeTime(new Date(2026, 2, 10, 23, 58), new Date(2026, 2, 11, 0, 3))).toBe("5 min");
});

test("in a sentence, only spans of time are ago", () => {
  const times = [
    new Date(2026, 2, 11, 15, 30),
    new Date(2026, 2, 11, 15, 26),
    new Date(2026, 2, 11, 12, 20),
    new Date(2026, 2, 10, 23, 50),
    new Date(2026, 2, 4, 9),
  ];
  expect(times.map((at) => timeAgo(at, now))).toEqual(["now", "4 min ago", "3 h ago", "yesterday", "4 Mar"]);
});

test("exact times name the zone they are told in", () => {
  const zone = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" })
    .formatToParts(now)
    .find(({ type }) => type === "timeZoneName")?.value;
  expect(zone).toBeTruthy();
  for (const words of [exactTime(now), dayAndTime(now)]) expect(words).toMatch(new RegExp(` ${zone}$`));
});
