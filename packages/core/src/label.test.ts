/** The sign beside a label's colour. */
import { describe, expect, it } from "vitest";
import { LABEL_COLORS, letterOf } from "./label.ts";

describe("letterOf", () => {
  it.each([
    [{ name: "Claim", shortcut: "k" }, "K"],
    [{ name: "claim", shortcut: null }, "C"],
    [{ name: "e\u0301tat", shortcut: null }, "E\u0301"],
    [{ name: "👩🏽‍🌾 farmer", shortcut: null }, "👩🏽‍🌾"],
    [{ name: "утверждение", shortcut: null }, "У"],
    [{ name: "", shortcut: null }, ""],
  ])("of %o is %s", (label, letter) => {
    expect(letterOf(label)).toBe(letter);
  });
});

describe("LABEL_COLORS", () => {
  it("are eight", () => {
    expect(new Set(LABEL_COLORS).size).toBe(8);
  });
});
