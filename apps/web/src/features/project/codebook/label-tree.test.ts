// The order of labels with their children.
import { expect, test } from "vitest";
import { withDepth } from "./label-tree.ts";

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
