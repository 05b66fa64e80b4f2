import { describe, expect, it } from "vitest";
import { buildAnnotation, buildOperation, createMemoryStore } from "./builders.ts";
import type { Label } from "./entities.ts";
import { createDraftStorage, draftsOf } from "./note-draft.ts";
import { unsentLines } from "./unsent.ts";

const claim: Label = {
  id: "claim",
  name: "Claim",
  color: "RUST",
  letter: "C",
  shortcut: "c",
  description: "",
  isArchived: false,
  attributes: [],
};
const known = new Map([
  ["a", buildAnnotation("a", { quote: "the tide" })],
  ["b", buildAnnotation("b", { quote: "a table", labelId: "gone" })],
]);
const context = {
  labels: [claim],
  relationTypes: [{ id: "t", name: "states", sourceLabelIds: [], targetLabelIds: [] }],
  annotation: (id: string) => known.get(id),
};

describe("unsentLines", () => {
  it("says each act in words, notes last", () => {
    const operations = [
      buildOperation("1", {
        kind: "createAnnotation",
        id: "c",
        labelId: "claim",
        fragments: [{ start: 0, end: 4 }],
        quote: "both shores",
      }),
      buildOperation("2", {
        kind: "updateAnnotation",
        id: "a",
        expectedVersion: 1,
        patch: { note: "check", attributes: { stance: "for" } },
      }),
      buildOperation("3", { kind: "deleteAnnotation", id: "b", expectedVersion: 1 }),
      buildOperation("4", { kind: "createRelation", id: "r", typeId: "t", sourceId: "a", targetId: "x" }),
    ];
    expect(unsentLines(operations, [{ annotationId: "a", text: "half a th" }], context)).toEqual([
      "Marked Claim “both shores”",
      "Changed Claim “the tide”: stance for; note: check",
      "Deleted unknown label “a table”",
      "Related Claim “the tide” → states → an annotation",
      "Began a note on Claim “the tide”: half a th",
    ]);
  });
});

describe("draftsOf", () => {
  it("finds this person's notes on these annotations only", () => {
    const store = createMemoryStore();
    const keep = (userId: string, annotationId: string, text: string) =>
      createDraftStorage(store, userId, annotationId).save({ text, base: "" });
    keep("mira", "a", "mine");
    keep("mira", "elsewhere", "in another document");
    keep("dov", "a", "not mine");
    expect(draftsOf(store, "mira", (id) => known.has(id))).toEqual([{ annotationId: "a", text: "mine" }]);
  });
});
