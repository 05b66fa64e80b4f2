// Metadata to rows and back.
import { mendJsonParse } from "@concord/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { addRow, fromRows, type MetadataRow, problemsOf, toRows } from "./metadata-rows.ts";

mendJsonParse();

/** Names as the editor keeps them: without spaces around. */
const names = fc.string({ minLength: 1 }).filter((name) => name.trim() === name && name !== "__proto__");

test("what nobody touches comes back as it was, whatever it holds", () => {
  fc.assert(
    fc.property(fc.dictionary(names, fc.jsonValue()), (metadata) => {
      const stored = JSON.parse(JSON.stringify(metadata));
      const rows = toRows(stored);
      expect(problemsOf(rows).size).toBe(0);
      expect(fromRows(rows)).toEqual(stored);
    }),
  );
});

test("text stays text, also where it looks like JSON", () => {
  const rows = toRows({ year: "2026", page: 4, tags: ["a", "b"], note: "" });
  expect(rows.map(({ kind, value }) => [kind, value])).toEqual([
    ["text", "2026"],
    ["json", "4"],
    ["json", '["a","b"]'],
    ["text", ""],
  ]);
});

test("an added row is empty and is not kept until it is filled", () => {
  const rows = addRow(addRow(toRows({ source: "Lantern Wire" })));
  expect(new Set(rows.map(({ id }) => id)).size).toBe(3);
  expect(problemsOf(rows).size).toBe(0);
  expect(fromRows(rows)).toEqual({ source: "Lantern Wire" });
});

test("names what stands in the way", () => {
  const row = (id: number, key: string, value: string, kind: MetadataRow["kind"] = "text"): MetadataRow => ({
    id,
    key,
    value,
    kind,
  });
  const rows = [
    row(0, "date", "2026-03-09"),
    row(1, " date ", "again"),
    row(2, "", "without a name"),
    row(3, "pages", "[1,", "json"),
    row(4, "pages", "12", "json"),
  ];
  expect([...problemsOf(rows)].map(([id, { of }]) => [id, of])).toEqual([
    [1, "key"],
    [2, "key"],
    [3, "value"],
    [4, "key"],
  ]);
});
