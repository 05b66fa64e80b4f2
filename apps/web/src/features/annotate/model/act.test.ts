import { describe, expect, it } from "vitest";
import { lastAct, latestActs, obstaclesInWords } from "./act.ts";

const STEPS = [
  { n: 1 },
  { n: 2, act: "a" },
  { n: 3, act: "a" },
  { n: 4 },
  { n: 5, act: "b" },
  { n: 6, act: "b" },
];
const numbers = (steps: readonly { n: number }[]) => steps.map(({ n }) => n);

describe("acts", () => {
  it("are single steps, or all that belong together", () => {
    expect(numbers(lastAct(STEPS))).toEqual([6, 5]);
    expect(numbers(lastAct(STEPS.slice(0, 4)))).toEqual([4]);
    expect(numbers(lastAct(STEPS.slice(0, 2)))).toEqual([2]);
    expect(lastAct([])).toEqual([]);
  });

  it("are forgotten whole, the oldest first", () => {
    expect([0, 1, 2, 3, 4, 9].map((most) => numbers(latestActs(STEPS, most)))).toEqual([
      [],
      [5, 6],
      [4, 5, 6],
      [2, 3, 4, 5, 6],
      [1, 2, 3, 4, 5, 6],
      [1, 2, 3, 4, 5, 6],
    ]);
  });

  it("say how much of them could not be done", () => {
    expect(obstaclesInWords([], 3)).toBeNull();
    expect(obstaclesInWords(["Gone."], 1)).toBe("Gone.");
    expect(obstaclesInWords(["Gone.", "Changed."], 3)).toBe("2 of 3 stay as they are. Gone.");
  });
});
