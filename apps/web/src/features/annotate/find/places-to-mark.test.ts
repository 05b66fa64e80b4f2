import { expect, it } from "vitest";
import { placesToMark } from "./places-to-mark.ts";

it("leaves out the places that have the label, and only those", () => {
  const hits = [0, 10, 20, 30].map((start) => ({ start, end: start + 4 }));
  const inText = [
    { labelId: "claim", fragments: [{ start: 0, end: 4 }] },
    { labelId: "speaker", fragments: [{ start: 10, end: 14 }] },
    { labelId: "claim", fragments: [{ start: 20, end: 25 }] },
    {
      labelId: "claim",
      fragments: [
        { start: 30, end: 34 },
        { start: 40, end: 44 },
      ],
    },
  ];
  expect(placesToMark(hits, inText, "claim")).toEqual({ free: hits.slice(1), marked: 1 });
});
