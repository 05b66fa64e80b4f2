/** One value, one JSON: key order, numbers, and the order by code point. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "./arbitrary-text.ts";
import { canonicalJson, compareCodePoints, type JsonValue } from "./canonical-json.ts";
import { mendJsonParse } from "./mend-json-parse.ts";

mendJsonParse();

const jsonValue = fc.letrec<{ value: JsonValue; object: { [key: string]: JsonValue } }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    anyText,
    fc.array(tie("value"), { maxLength: 4 }),
    tie("object"),
  ),
  object: fc.dictionary(fc.oneof(anyText, fc.constantFrom("__proto__", "1", "10", "2")), tie("value"), {
    maxKeys: 5,
  }),
}));

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function reversed(value: JsonValue): JsonValue {
  if (value === null || typeof value !== "object") return value;
  if (isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, member === undefined ? undefined : reversed(member)]),
  );
}

describe("compareCodePoints", () => {
  it("orders as arrays of code points would be", () => {
    const points = (text: string) => Array.from(text, (character) => character.codePointAt(0) ?? 0);
    fc.assert(
      fc.property(anyText, anyText, fc.nat(5), (a, tail, shared) => {
        const b = a.slice(0, shared) + tail;
        const [left, right] = [points(a), points(b)];
        const at = left.findIndex((point, index) => point !== right[index]);
        const expected = at === -1 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1);
        expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(expected));
        expect(Math.sign(compareCodePoints(b, a))).toBe(Math.sign(-expected) || 0);
      }),
    );
  });

  it("differs from JavaScript's own order above the basic plane", () => {
    expect(["😀", "～"].sort(compareCodePoints)).toEqual(["～", "😀"]);
    expect(["～", "😀"].sort()).toEqual(["😀", "～"]);
  });
});

describe("canonicalJson", () => {
  it("says the same value, whatever order its keys came in", () => {
    fc.assert(
      fc.property(jsonValue.value, (value) => {
        const json = canonicalJson(value);
        expect(canonicalJson(reversed(value))).toBe(json);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(json))).toBe(json);
      }),
    );
  });

  it("orders keys by code point, numerals too", () => {
    expect(canonicalJson({ "😀": 1, "～": 2, "10": 3, "2": 4, b: { d: 5, c: 6 }, a: undefined })).toBe(
      '{"10":3,"2":4,"b":{"c":6,"d":5},"～":2,"😀":1}',
    );
  });

  it("prints numbers as JavaScript does", () => {
    expect(canonicalJson([1.0, -0, 1e21, 0.1, 1e-7])).toBe("[1,0,1e+21,0.1,1e-7]");
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(RangeError);
  });
});
