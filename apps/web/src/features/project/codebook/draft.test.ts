// Half-written words and what others do meanwhile.
import { expect, test } from "vitest";
import { createDraftStorage, isContested } from "./draft.ts";

function createStore() {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
}

test("a draft outlives the page, for its person and place", () => {
  const store = createStore();
  createDraftStorage(store, "mira", "label:1:description").save({ value: "half", base: "" });
  expect(createDraftStorage(store, "mira", "label:1:description").load()).toEqual({
    value: "half",
    base: "",
  });
  expect(createDraftStorage(store, "dov", "label:1:description").load()).toBeNull();
  createDraftStorage(store, "mira", "label:1:description").clear();
  expect(createDraftStorage(store, "mira", "label:1:description").load()).toBeNull();
});

test.each(["{half", "7", "null", '{"value":"a"}'])("%s is no draft", (kept) => {
  const store = createStore();
  store.setItem("concord:codebook:mira:x", kept);
  expect(createDraftStorage(store, "mira", "x").load()).toBeNull();
});

test("only another's other words stand against a draft", () => {
  const draft = { value: "mine", base: "old" };
  expect(isContested(null, "x")).toBe(false);
  expect(isContested(draft, "old")).toBe(false);
  expect(isContested(draft, "mine")).toBe(false);
  expect(isContested(draft, "theirs")).toBe(true);
});
