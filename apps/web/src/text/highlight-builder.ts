// A highlight for tests, with what a test doesn't care about filled in.
import type { Highlight } from "./highlight.ts";

export function buildHighlight(id: string, ...fragments: [number, number][]): Highlight {
  return {
    id,
    fragments: fragments.map(([start, end]) => ({ start, end })),
    labelId: "claim",
    color: "RUST",
    letter: "C",
    state: "saved",
    arrival: null,
  };
}
