import { expect, it } from "vitest";
import { arcPath, widthsOf } from "./arcs.ts";

it("gives the nearest pair the narrowest arc, and the widest to all beyond the third", () => {
  expect(widthsOf([300, 40, 120, 900])).toEqual([34, 12, 22, 34]);
  expect(widthsOf([40, 40])).toEqual([12, 12]);
});

it("ends in an arrow at the target", () => {
  expect(arcPath({ left: 10, y: 100 }, { left: 10, y: 200 }, 12)).toBe(
    "M10 100C26 100 26 200 10 200M15 196L10 200L15 204",
  );
});

it("goes around a handle at one of its ends", () => {
  expect(arcPath({ left: 25, y: 100 }, { left: 10, y: 200 }, 12)).toBe(
    "M25 100C41 100 41 200 10 200M15 196L10 200L15 204",
  );
});
