import { describe, expect, it } from "vitest";
import { buildAnnotation, buildRelation } from "./builders.ts";
import type { RelationType } from "./entities.ts";
import { optionsBetween, partnersFor, relationOptions } from "./relation-options.ts";

const STATES: RelationType = {
  id: "states",
  name: "states",
  isArchived: false,
  sourceLabelIds: ["speaker"],
  targetLabelIds: ["claim"],
};
const ANSWERS: RelationType = {
  id: "answers",
  name: "answers",
  isArchived: false,
  sourceLabelIds: ["claim"],
  targetLabelIds: ["claim", "speaker"],
};
const SAME: RelationType = {
  id: "same",
  name: "same as",
  isArchived: false,
  sourceLabelIds: [],
  targetLabelIds: [],
};

const speaker = buildAnnotation("s", { labelId: "speaker" });
const claim = buildAnnotation("c", { labelId: "claim" });
const other = buildAnnotation("d", { labelId: "claim" });
const named = (found: ReturnType<typeof optionsBetween>) =>
  found.options.map(({ type, isOutgoing }) => `${isOutgoing ? ">" : "<"}${type.id}`);

describe("optionsBetween", () => {
  it("takes what leads the way the line was drawn, and only else what leads back", () => {
    expect(named(optionsBetween([STATES, ANSWERS], speaker, claim, []))).toEqual([">states"]);
    expect(named(optionsBetween([STATES, ANSWERS], claim, speaker, []))).toEqual([">answers"]);
    expect(named(optionsBetween([STATES], claim, speaker, []))).toEqual(["<states"]);
    expect(named(optionsBetween([ANSWERS, SAME], claim, other, []))).toEqual([">answers", ">same"]);
  });

  it("says why there is nothing", () => {
    expect(optionsBetween([SAME], claim, claim, []).why).toBe("itself");
    expect(optionsBetween([STATES], claim, other, []).why).toBe("codebook");
    expect(optionsBetween([STATES], speaker, claim, [buildRelation("r", "s", "c")]).why).toBe("exists");
    expect(optionsBetween([STATES], claim, speaker, [buildRelation("r", "s", "c")]).why).toBe("exists");
  });
});

describe("partnersFor", () => {
  it("lists what may stand at the other end and isn't there yet", () => {
    const [option] = relationOptions([STATES], "speaker");
    if (option === undefined) throw new Error("a speaker may state");
    const all = [speaker, claim, other];
    const existing = [buildRelation("r", "s", "d")];
    expect(partnersFor(option, speaker, all, existing, "").map(({ id }) => id)).toEqual(["c"]);
  });
});
