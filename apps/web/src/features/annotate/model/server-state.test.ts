import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  buildAnnotation,
  buildComment,
  buildRelation,
  commentDeleted,
  commentSaved,
  deleted,
  saved,
} from "./builders.ts";
import { type Change, createServerState, type ServerState } from "./server-state.ts";

function batch(changes: readonly Change[]) {
  return { fromRevision: changes[0]?.revision ?? 0, toRevision: changes.at(-1)?.revision ?? 0, changes };
}

const look = (state: ServerState) => ({
  revision: state.revision,
  annotations: [...state.annotations()].map(({ id, version, note }) => [id, version, note]).sort(),
  relations: [...state.relations()].map(({ id }) => id).sort(),
});

/** A history as a server could have written it: versions count up, what is deleted may come back. */
const history = fc
  .array(fc.record({ id: fc.constantFrom("a", "b", "c"), act: fc.constantFrom("save", "delete") }), {
    minLength: 1,
    maxLength: 20,
  })
  .map((acts) => {
    const versions = new Map<string, number>();
    return acts.map(({ id, act }, index): Change => {
      const revision = index + 1;
      if (act === "delete") return deleted(revision, id);
      const version = (versions.get(id) ?? 0) + 1;
      versions.set(id, version);
      return saved(revision, buildAnnotation(id, { version, note: `at ${revision}` }));
    });
  });

describe("createServerState", () => {
  it("refuses a batch that leaves a gap, and applies nothing of it", () => {
    const state = createServerState(4);
    expect(state.applyBatch(batch([saved(6, buildAnnotation("a"))]))).toBeNull();
    expect(look(state)).toEqual({ revision: 4, annotations: [], relations: [] });
  });

  it("keeps an own answer that came before the batch, and what was deleted stays so", () => {
    const state = createServerState(0);
    state.apply(saved(2, buildAnnotation("a", { version: 2, note: "mine" })));
    state.applyBatch(batch([saved(1, buildAnnotation("a"))]));
    expect(state.annotation("a")?.note).toBe("mine");
    state.apply(deleted(4, "a"));
    state.applyBatch(
      batch([saved(2, buildAnnotation("a", { version: 2 })), saved(3, buildAnnotation("a", { version: 3 }))]),
    );
    expect(state.annotation("a")).toBeUndefined();
    expect(state.deleted("a")?.version).toBe(2);
  });

  it("brings relations back with a restored annotation", () => {
    const state = createServerState(0);
    const relation = buildRelation("r", "a", "b");
    state.load([buildAnnotation("a"), buildAnnotation("b")], [relation]);
    state.applyBatch(batch([deleted(1, "a", ["r"])]));
    expect(look(state).relations).toEqual([]);
    state.applyBatch(batch([saved(2, buildAnnotation("a", { version: 2 }), [relation])]));
    expect(look(state).relations).toEqual(["r"]);
  });

  it("keeps the comments of a deleted annotation, and takes those that a restored one brings", () => {
    const state = createServerState(0);
    const [first, second] = [buildComment("c", "a"), buildComment("d", "a")];
    state.load([buildAnnotation("a")], [], [first]);
    state.applyBatch(batch([deleted(1, "a")]));
    expect([...state.comments()]).toEqual([first]);
    const changes = state.apply(saved(2, buildAnnotation("a", { version: 2 }), [], [first, second]));
    // what is as it was is no news
    expect(changes).toEqual(["a", "d"]);
    state.apply(commentDeleted(4, "c"));
    state.apply(commentSaved(3, { ...first, body: "late" }));
    expect([...state.comments()]).toEqual([second]);
    expect(state.deletedBy("c")?.name).toBe("Dov");
  });

  it("doesn't let the first read undo a change, nor a replayed change undo the first read", () => {
    const state = createServerState(0);
    state.apply(deleted(1, "a"));
    state.load([buildAnnotation("a"), buildAnnotation("b", { version: 3 })], []);
    state.applyBatch(batch([deleted(1, "a"), saved(2, buildAnnotation("b", { version: 2 }))]));
    expect(look(state).annotations).toEqual([["b", 3, ""]]);
  });

  it("takes no answer from before the first read: a retry may tell of what somebody has deleted since", () => {
    const state = createServerState(2);
    state.load([buildAnnotation("b")], []);
    expect(state.apply(saved(1, buildAnnotation("a")))).toEqual([]);
    expect(look(state).annotations).toEqual([["b", 1, ""]]);
  });

  it("ends the same however often and in whatever pieces a history is told", () => {
    fc.assert(
      fc.property(
        history,
        fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 20 })), { maxLength: 8 }),
        (changes, pieces) => {
          const whole = createServerState(0);
          whole.applyBatch(batch(changes));
          const told = createServerState(0);
          for (const [from, count] of pieces) {
            const piece = changes.slice(from, from + count);
            if (piece.length > 0) told.applyBatch(batch(piece));
          }
          told.applyBatch(batch(changes));
          told.applyBatch(batch(changes));
          expect(look(told)).toEqual(look(whole));
        },
      ),
    );
  });

  it("ends the same when answers to own operations overtake the batches", () => {
    fc.assert(
      fc.property(history, fc.array(fc.nat(19)), (changes, early) => {
        const plain = createServerState(0);
        plain.applyBatch(batch(changes));
        const overtaken = createServerState(0);
        for (const index of early) {
          const change = changes[index];
          if (change !== undefined) overtaken.apply(change);
        }
        overtaken.applyBatch(batch(changes));
        expect(look(overtaken)).toEqual(look(plain));
      }),
    );
  });
});
