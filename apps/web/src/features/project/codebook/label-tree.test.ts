// The order of labels with their children.
import { expect, test } from "vitest";
import { dropAt, familyOf, stepTo, withDepth } from "./label-tree.ts";

const makeLabel = (id: string, parentId?: string) => ({ id, parent: parentId ? { id: parentId } : null });

test("children stand below their parent, in codebook order", () => {
  const labels = [
    makeLabel("speaker"),
    makeLabel("claim"),
    makeLabel("actor", "speaker"),
    makeLabel("office", "actor"),
  ];
  expect(withDepth(labels).map(({ label, depth }) => [label.id, depth])).toEqual([
    ["speaker", 0],
    ["actor", 1],
    ["office", 2],
    ["claim", 0],
  ]);
});

test("a child whose parent is not listed stands at the top", () => {
  expect(withDepth([makeLabel("actor", "archived")])).toMatchObject([{ depth: 0 }]);
});

// a · b (b1 · b2) · c
const tree = [makeLabel("a"), makeLabel("b"), makeLabel("b1", "b"), makeLabel("b2", "b"), makeLabel("c")];

test("a family is a label and all below it", () => {
  expect([...familyOf(tree, "b")]).toEqual(["b", "b1", "b2"]);
});

test.each([
  ["b", "up", { parentId: null, beforeId: "a" }],
  ["a", "down", { parentId: null, beforeId: "c" }],
  ["b", "down", { parentId: null, beforeId: null }],
  ["b", "in", { parentId: "a", beforeId: null }],
  ["b2", "out", { parentId: null, beforeId: "c" }],
  ["b2", "up", { parentId: "b", beforeId: "b1" }],
  ["a", "up", null],
  ["a", "in", null],
  ["a", "out", null],
  ["c", "down", null],
  ["gone", "up", null],
] as const)("%s steps %s", (id, step, place) => {
  expect(stepTo(tree, id, step)).toEqual(place);
});

test.each([
  ["c", "a", "before", { parentId: null, beforeId: "a" }],
  ["c", "a", "after", { parentId: null, beforeId: "b" }],
  ["a", "c", "after", { parentId: null, beforeId: null }],
  ["a", "b", "inside", { parentId: "b", beforeId: null }],
  ["c", "b1", "after", { parentId: "b", beforeId: "b2" }],
] as const)("%s is dropped on %s, %s it", (id, target, zone, place) => {
  expect(dropAt(tree, id, target, zone)).toEqual(place);
});

test("nothing is dropped into itself, below itself, or where it stands", () => {
  expect(dropAt(tree, "b", "b", "inside")).toBeNull();
  expect(dropAt(tree, "b", "b2", "after")).toBeNull();
  expect(dropAt(tree, "b1", "b", "inside")).toBeNull();
  expect(dropAt(tree, "a", "b", "before")).toBeNull();
});
