// One attribute is changed while others change theirs.
import type { AttributeDefinition } from "@concord/core";
import { expect, test } from "vitest";
import { applyEdit, keyFor, moveAttribute } from "./attribute-edit.ts";

const make = (key: string, name = key): AttributeDefinition => ({
  key,
  name,
  kind: "TEXT",
  choices: [],
  required: false,
});
const [stage, horizon] = [make("stage"), make("horizon")];

test("adds, changes and takes away, leaving what others did to the rest", () => {
  expect(applyEdit([stage], { from: null, to: horizon })).toEqual([stage, horizon]);
  const renamed = make("horizon", "Until when");
  expect(applyEdit([stage, renamed], { from: stage, to: make("stage", "Step") })).toEqual([
    make("stage", "Step"),
    renamed,
  ]);
  expect(applyEdit([stage, horizon], { from: stage, to: null })).toEqual([horizon]);
});

test("what somebody else has changed or taken away meanwhile is not changed over their heads", () => {
  const theirs = make("stage", "theirs");
  expect(applyEdit([theirs], { from: stage, to: make("stage", "mine") })).toBeNull();
  expect(applyEdit([theirs], { from: stage, to: null })).toBeNull();
  expect(applyEdit([], { from: stage, to: make("stage", "mine") })).toBeNull();
  expect(applyEdit([horizon], { from: stage, to: null })).toEqual([horizon]);
});

test("moves within its bounds", () => {
  expect(moveAttribute([stage, horizon], "horizon", -1)).toEqual([horizon, stage]);
  expect(moveAttribute([stage, horizon], "horizon", 1)).toEqual([stage, horizon]);
});

test("a key is the name's, and nobody else's", () => {
  expect(keyFor(" Addressed  to ", [])).toBe("addressed-to");
  expect(keyFor("Stage", [stage])).toBe("stage-2");
});
