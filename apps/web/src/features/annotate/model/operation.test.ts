import { describe, expect, it } from "vitest";
import { buildAnnotation, buildOperation, createMemoryStore, MIRA } from "./builders.ts";
import { foldAnnotation, nextToSend, onTopOf, withoutOperation } from "./operation.ts";
import { createOutboxStorage } from "./outbox-storage.ts";

const create = (id: string) =>
  ({
    kind: "createAnnotation",
    id,
    labelId: "claim",
    fragments: [{ start: 0, end: 4 }],
    quote: "text",
  }) as const;
const update = (id: string, expectedVersion: number) =>
  ({ kind: "updateAnnotation", id, expectedVersion, patch: { note: "new" } }) as const;

describe("nextToSend", () => {
  it("goes in order, one at a time", () => {
    const [first, second] = [buildOperation("1", create("a")), buildOperation("2", update("a", 1))];
    expect(nextToSend([first, second])).toBe(first);
    expect(nextToSend([{ ...first, state: "sending" }, second])).toBeNull();
  });

  it("passes a refused one, but not what builds on it", () => {
    const refused = buildOperation("1", create("a"), "refused");
    const built = buildOperation("2", update("a", 1));
    const relation = buildOperation("3", {
      kind: "createRelation",
      id: "r",
      typeId: "t",
      sourceId: "a",
      targetId: "b",
    });
    const free = buildOperation("4", create("c"));
    expect(nextToSend([refused, built, relation, free])).toBe(free);
  });
});

describe("foldAnnotation", () => {
  it("shows own changes at once, counting versions as the server will", () => {
    const made = foldAnnotation(undefined, buildOperation("1", create("a")), MIRA, undefined);
    expect(made).toMatchObject({ id: "a", version: 1, createdBy: MIRA });
    expect(foldAnnotation(made, buildOperation("2", update("a", 1)), MIRA, undefined)).toMatchObject({
      note: "new",
      version: 2,
    });
    const deletion = { kind: "deleteAnnotation", id: "a", expectedVersion: 2 } as const;
    expect(foldAnnotation(made, buildOperation("3", deletion), MIRA, undefined)).toBeUndefined();
    expect(foldAnnotation(made, buildOperation("3", deletion, "refused"), MIRA, undefined)).toBe(made);
    const restored = foldAnnotation(
      undefined,
      buildOperation("4", { kind: "restoreAnnotation", id: "a" }),
      MIRA,
      buildAnnotation("a", { version: 2 }),
    );
    expect(restored?.version).toBe(3);
  });
});

describe("giving up and trying on", () => {
  it("drops with a creation all that builds on it", () => {
    const given = buildOperation("1", create("a"), "refused");
    const other = buildOperation("3", create("b"));
    expect(
      withoutOperation([given, buildOperation("2", update("a", 1)), other], given, 1, () => "new"),
    ).toEqual([other]);
  });

  it("counts later changes from the version that is there", () => {
    const given = buildOperation("1", update("a", 1), "refused");
    const left = withoutOperation(
      [given, buildOperation("2", update("a", 2)), buildOperation("3", update("a", 3))],
      given,
      7,
      () => "new",
    );
    expect(left.map(({ command }) => "expectedVersion" in command && command.expectedVersion)).toEqual([
      7, 8,
    ]);
  });

  it("puts mine on top of theirs under a new id", () => {
    const next = onTopOf(buildOperation("1", update("a", 1), "refused"), 5, () => "new");
    expect(next).toMatchObject({
      clientMutationId: "new",
      state: "waiting",
      command: { expectedVersion: 5 },
    });
  });
});

describe("createOutboxStorage", () => {
  it("gives back what was not answered, in order, and what was under way as waiting", () => {
    const store = createMemoryStore();
    const storage = createOutboxStorage(store, "mira", "d");
    storage.save(buildOperation("2", update("a", 1)));
    storage.save(buildOperation("1", create("a"), "sending"));
    storage.save(buildOperation("3", create("b")));
    storage.remove("3");
    createOutboxStorage(store, "dov", "d").save(buildOperation("0", create("c")));
    store.setItem("concord:outbox:mira:d:9", "{half");
    expect(
      createOutboxStorage(store, "mira", "d")
        .load()
        .map(({ clientMutationId, state }) => [clientMutationId, state]),
    ).toEqual([
      ["1", "waiting"],
      ["2", "waiting"],
    ]);
  });
});
