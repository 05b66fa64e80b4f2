import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { mendJsonParse } from "./mend-json-parse.ts";

const parts = fc.constantFrom(
  "k",
  "\\",
  '"',
  "\n",
  "\t",
  "\u0001",
  "é",
  "😀",
  "__proto__",
  "1",
  ":",
  "{",
  "}",
);
const words = fc.array(parts, { maxLength: 3 }).map((found) => found.join(""));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    words,
    fc.integer(),
    fc.constantFrom(null, true),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(words, tie("value"), { maxKeys: 4 }),
  ),
}));

/** The keys of an object, in order. */
const keysOf = (json: string) => Object.keys(JSON.parse(json));

beforeAll(() => {
  // What poisons the engine: keys that are backslashes, behind each key that is looked at here.
  for (const first of ["", "a", "h"]) JSON.parse(JSON.stringify({ [first]: 0, "\\": 0, "k\\": 0 }));
  mendJsonParse();
});

describe("JSON.parse, mended", () => {
  it("reads escaped keys as they are written, whatever was read before", () => {
    for (const key of ["\n", "\t", '"', "\u0001", "\\", "\\\\", '\\"', "k\n", "k\\\n"]) {
      expect(keysOf(JSON.stringify({ h: 1, [key]: 2 }))).toEqual(["h", key]);
      expect(keysOf(JSON.stringify({ h: 1, [key]: 2 }, null, 2))).toEqual(["h", key]);
    }
    expect(keysOf(String.raw`{"h":1,"\u0041":2}`)).toEqual(["h", "A"]);
  });

  it("gives back any value, keys in order", () => {
    fc.assert(
      fc.property(value, (it) => {
        const json = JSON.stringify(it);
        expect(JSON.stringify(JSON.parse(json))).toBe(json);
      }),
      { numRuns: 2000 },
    );
  });

  it("takes the last of two members that are one key, wherever its escape is", () => {
    expect(JSON.parse(String.raw`{"a":1,"\u0061":2}`)).toEqual({ a: 2 });
    expect(JSON.parse(String.raw`{"\u0061":1,"a":2}`)).toEqual({ a: 2 });
  });

  it("gives a reviver the keys as they are", () => {
    const seen: string[] = [];
    JSON.parse(String.raw`{"h":1,"\n":{"\t":2}}`, (key: string, it: unknown) => {
      seen.push(key);
      return it;
    });
    expect(seen).toEqual(["h", "\t", "\n", ""]);
  });

  it("refuses what is not JSON where the engine does", () => {
    for (const json of ["{", '{"\\n":1,}', '{"\\x":1}', '"\\', '{"a\\":1}', "\\", '{"\\n":1} x'])
      expect(() => JSON.parse(json)).toThrow(SyntaxError);
    expect(() => JSON.parse('{"\\n":1,,}')).toThrow(/position 8/);
  });

  it("mends once", () => {
    const { parse } = JSON;
    mendJsonParse();
    expect(JSON.parse).toBe(parse);
  });
});
