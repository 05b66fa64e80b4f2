import { expect, it } from "vitest";
import { buildAnnotation, buildRelation } from "./builders.ts";
import { optionsForMany, relatable } from "./bulk-relations.ts";

const STATES = {
  id: "states",
  name: "states",
  isArchived: false,
  sourceLabelIds: ["speaker"],
  targetLabelIds: ["claim"],
};
const ANY = { id: "any", name: "goes with", isArchived: false, sourceLabelIds: [], targetLabelIds: [] };
const MANY = [
  buildAnnotation("a", { labelId: "speaker" }),
  buildAnnotation("b", { labelId: "speaker" }),
  buildAnnotation("c", { labelId: "place" }),
];

it("offers what at least one can have, each once", () => {
  expect(optionsForMany([STATES, ANY], MANY).map(({ type, isOutgoing }) => [type.id, isOutgoing])).toEqual([
    ["states", true],
    ["any", true],
    ["any", false],
  ]);
});

it("leaves out who may not, who is the other one, and who has it", () => {
  const option = { type: STATES, isOutgoing: true };
  const ids = (otherId: string, ...relations: Parameters<typeof relatable>[3]) =>
    relatable(option, MANY, otherId, relations).map(({ id }) => id);
  expect(ids("x")).toEqual(["a", "b"]);
  expect(ids("a")).toEqual(["b"]);
  expect(ids("x", buildRelation("r", "b", "x"))).toEqual(["a"]);
});
