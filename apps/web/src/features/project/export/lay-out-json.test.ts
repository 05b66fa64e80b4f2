// Laying out JSON for the preview.
import { mendJsonParse } from "@concord/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { layOutJson } from "./lay-out-json.ts";

mendJsonParse();

test("breaks lines between members, not within strings or empty pairs", () => {
  expect(layOutJson('{"a":"x, {y}","b":[],"c":[1,2]}')).toBe(
    '{\n  "a": "x, {y}",\n  "b": [],\n  "c": [\n    1,\n    2\n  ]\n}',
  );
});

test("is the same JSON", () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(JSON.parse(layOutJson(json))).toEqual(JSON.parse(json));
    }),
  );
});

test("takes what is cut off", () => {
  expect(layOutJson('{"a":"b\\')).toBe('{\n  "a": "b\\');
});
