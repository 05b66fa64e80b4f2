import { describe, expect, it } from "vitest";
import { buildAnnotation, buildOperation, buildUpdate, createMemoryStore } from "./builders.ts";
import type { Label } from "./entities.ts";
import { createDraftStorage, draftsOf, takeDraft } from "./note-draft.ts";
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
  relationTypes: [{ id: "t", name: "states", isArchived: false, sourceLabelIds: [], targetLabelIds: [] }],
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
      buildOperation(
        "2",
        buildUpdate(buildAnnotation("a"), { note: "check", attributes: { stance: "for" } }),
      ),
      buildOperation("3", { kind: "deleteAnnotation", id: "b", expectedVersion: 1, base: null }),
      buildOperation("4", { kind: "createRelation", id: "r", typeId: "t", sourceId: "a", targetId: "x" }),
      buildOperation("5", { kind: "setStatus", id: "document", status: "DONE" }),
    ];
    expect(
      unsentLines(operations, [{ kind: "note", annotationId: "a", text: "half a th" }], context),
    ).toEqual([
      "Marked Claim “both shores”",
      "Changed Claim “the tide”: stance for; note: check",
      "Deleted unknown label “a table”",
      "Related Claim “the tide” → states → an annotation",
      "Set your progress to “Done”",
      "Began a note on Claim “the tide”: half a th",
    ]);
  });
});

describe("draftsOf", () => {
  it("finds what this person has begun on these annotations only", () => {
    const store = createMemoryStore();
    const keep = (userId: string, annotationId: string, text: string) =>
      createDraftStorage(store, "note", userId, annotationId).save({ text, base: "" });
    keep("mira", "a", "mine");
    keep("mira", "elsewhere", "in another document");
    keep("dov", "a", "not mine");
    createDraftStorage(store, "comment", "mira", "a").save({ text: "half a question", base: "" });
    expect(takeDraft(store, "note", "mira", "elsewhere")).toBe("in another document");
    expect(takeDraft(store, "note", "mira", "elsewhere")).toBeNull();
    expect(draftsOf(store, "mira", (id) => known.has(id))).toEqual([
      { kind: "note", annotationId: "a", text: "mine" },
      { kind: "comment", annotationId: "a", text: "half a question" },
    ]);
  });
});
