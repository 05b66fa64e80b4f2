/** Each kind of attribute with what it takes and what it refuses. */
import { describe, expect, it } from "vitest";
import {
  type AttributeDefinition,
  type AttributeKind,
  checkAttributes,
  missingRequired,
} from "./attributes.ts";

function define(kind: AttributeKind, required = false): AttributeDefinition {
  return { key: "a", name: "A", kind, choices: kind === "CHOICE" ? ["for", "against"] : [], required };
}

describe("checkAttributes", () => {
  it.each([
    ["BOOLEAN", true],
    ["BOOLEAN", false],
    ["TEXT", ""],
    ["NUMBER", -0.5],
    ["DATE", "2024-02-29"],
    ["DATE", "0001-01-01"],
    ["CHOICE", "against"],
  ] as const)("takes for %s %j", (kind, value) => {
    expect(checkAttributes({ a: value }, [define(kind)])).toBeNull();
  });

  it.each([
    ["BOOLEAN", 1],
    ["BOOLEAN", null],
    ["TEXT", 5],
    ["TEXT", null],
    ["TEXT", undefined],
    ["NUMBER", "5"],
    ["NUMBER", Number.NaN],
    ["NUMBER", Number.POSITIVE_INFINITY],
    ["DATE", "2023-02-29"],
    ["DATE", "2024-02-30"],
    ["DATE", "2024-13-01"],
    ["DATE", "2024-1-1"],
    ["DATE", "2024-01-01T00:00:00Z"],
    ["DATE", "2024-01-01\n"],
    ["CHOICE", "maybe"],
    ["CHOICE", ["for"]],
  ] as const)("refuses for %s %j", (kind, value) => {
    expect(checkAttributes({ a: value }, [define(kind)])?.key).toBe("a");
  });

  it("refuses keys that the label does not define, also those every object has", () => {
    expect(checkAttributes({ b: 1 }, [define("NUMBER")])).toEqual({
      key: "b",
      message: 'The label has no attribute "b"; it has "a".',
    });
    expect(checkAttributes({ constructor: 1 }, [])?.message).toContain("none at all");
  });

  it("names the accepted values", () => {
    expect(checkAttributes({ a: "maybe" }, [define("CHOICE")])?.message).toBe(
      'a must be one of "for", "against".',
    );
    expect(checkAttributes({ a: "today" }, [define("DATE")])?.message).toContain("YYYY-MM-DD");
  });

  it("lets a required value be missing", () => {
    expect(checkAttributes({}, [define("TEXT", true)])).toBeNull();
  });
});

describe("missingRequired", () => {
  it("lists required keys without a value", () => {
    const optional = { ...define("TEXT"), key: "optional" };
    const inherited = { ...define("TEXT", true), key: "toString" };
    expect(missingRequired({}, [define("TEXT", true), optional, inherited])).toEqual(["a", "toString"]);
    expect(missingRequired({ a: false }, [define("BOOLEAN", true)])).toEqual([]);
  });
});
