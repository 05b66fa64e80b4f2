import { expect, it } from "vitest";
import { neighbourDocument, type OrderedDocument, unfinishedAfter } from "./document-walk.ts";

const orderOf = (done: string): OrderedDocument[] =>
  ["a", "b", "c", "d"].map((id) => ({ id, myStatus: done.includes(id) ? "DONE" : "NEW" }));
const ORDER = orderOf("");

it("knows the ones beside, and no further than the ends", () => {
  expect(neighbourDocument(ORDER, "b", 1)?.id).toBe("c");
  expect(neighbourDocument(ORDER, "b", -1)?.id).toBe("a");
  expect(neighbourDocument(ORDER, "d", 1)).toBeNull();
  expect(neighbourDocument(ORDER, "archived", 1)).toBeNull();
});

it("looks for work onwards, then from the first, past what one is done with", () => {
  expect(unfinishedAfter(ORDER, "b")?.id).toBe("c");
  expect(unfinishedAfter(orderOf("cd"), "b")?.id).toBe("a");
  expect(unfinishedAfter(orderOf("a"), "d")?.id).toBe("b");
  expect(unfinishedAfter(orderOf("acd"), "b")).toBeNull();
  expect(unfinishedAfter(orderOf("a"), "archived")?.id).toBe("b");
});

it("takes one that was begun for unfinished", () => {
  expect(unfinishedAfter([{ id: "x", myStatus: "IN_PROGRESS" }], "archived")?.id).toBe("x");
});
