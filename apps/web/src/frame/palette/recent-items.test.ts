import { expect, it } from "vitest";
import { parseRecent, withRecent } from "./recent-items.ts";

it("keeps the latest first, each once", () => {
  expect(withRecent([{ id: "a" }, { id: "b" }], { id: "b" })).toEqual([{ id: "b" }, { id: "a" }]);
  const many = Array.from({ length: 60 }, (_, index) => ({ id: String(index) }));
  expect(withRecent(many, { id: "new" })).toHaveLength(40);
});

it("takes from a store what makes sense", () => {
  expect(parseRecent(null)).toEqual([]);
  expect(parseRecent("{half")).toEqual([]);
  expect(parseRecent('[{"id":"a"},{"n":1},7,null]')).toEqual([{ id: "a" }]);
  const document = { id: "d", title: "T", projectId: "p" };
  expect(parseRecent(JSON.stringify([{ id: "document:d", document }]))).toEqual([
    { id: "document:d", document },
  ]);
});
