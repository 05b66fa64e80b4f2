import { describe, expect, it } from "vitest";
import { buildAnnotation, buildOperation, buildProblem, buildUpdate, DOV, MIRA } from "./builders.ts";
import {
  type Command,
  countedFrom,
  foldAnnotation,
  heldOf,
  nextToSend,
  withWhatBuildsOn,
} from "./operation.ts";

const create = (id: string): Command => ({
  kind: "createAnnotation",
  id,
  labelId: "claim",
  fragments: [{ start: 0, end: 4 }],
  quote: "text",
});
const update = (id: string, version: number): Command =>
  buildUpdate(buildAnnotation(id, { version }), { note: "new" });
const relate = (id: string, sourceId: string, targetId: string): Command => ({
  kind: "createRelation",
  id,
  typeId: "t",
  sourceId,
  targetId,
});

describe("nextToSend", () => {
  it("goes in order", () => {
    const first = buildOperation("1", create("a"));
    expect(nextToSend([first, buildOperation("2", update("a", 1))])).toBe(first);
  });

  it("passes a refused one, but not what builds on it", () => {
    const refused = buildOperation("1", create("a"), "refused");
    const built = buildOperation("2", update("a", 1));
    const relation = buildOperation("3", relate("r", "a", "b"));
    const unlink = buildOperation("4", { kind: "deleteRelation", id: "r" });
    const free = buildOperation("5", create("c"));
    const all = [refused, built, relation, unlink, free];
    expect(nextToSend(all)).toBe(free);
    expect(heldOf(all)).toEqual(new Set([refused, built, relation, unlink]));
  });
});

describe("a comment", () => {
  const say = (id: string, annotationId: string): Command => ({
    kind: "createComment",
    id,
    annotationId,
    body: "Why?",
  });

  it("goes while its annotation waits for a decision, but not before it is there", () => {
    const conflict = buildOperation("1", update("a", 1), "refused");
    const comment = buildOperation("2", say("c", "a"));
    expect(nextToSend([conflict, comment])).toBe(comment);
    const problem = buildProblem({ deletedBy: DOV });
    expect(nextToSend([{ ...conflict, problem }, comment])).toBeNull();
    expect(nextToSend([buildOperation("1", create("a"), "refused"), comment])).toBeNull();
  });

  it("falls with the annotation that was to come, not with another change of it", () => {
    const comment = buildOperation("2", say("c", "a"));
    const made = buildOperation("1", create("a"), "refused");
    const changed = buildOperation("1", update("a", 1), "refused");
    expect(withWhatBuildsOn([made, comment], made)).toEqual([made, comment]);
    expect(withWhatBuildsOn([changed, comment], changed)).toEqual([changed]);
  });
});

describe("foldAnnotation", () => {
  const fold = (base: ReturnType<typeof buildAnnotation> | undefined, command: Command, state?: "refused") =>
    foldAnnotation(base, buildOperation("1", command, state), MIRA);

  it("shows own changes at once, counting versions as the server will", () => {
    const made = fold(undefined, create("a"));
    expect(made).toMatchObject({ id: "a", version: 1, createdBy: MIRA });
    expect(fold(made, update("a", 1))).toMatchObject({ note: "new", version: 2 });
  });

  it("leaves the annotation as it was where deleting or restoring was refused", () => {
    const base = buildAnnotation("a", { version: 2 });
    const remove: Command = { kind: "deleteAnnotation", id: "a", expectedVersion: 2, base };
    expect(fold(base, remove)).toBeUndefined();
    expect(fold(base, remove, "refused")).toBe(base);
    const restore: Command = { kind: "restoreAnnotation", id: "a", base, relations: [] };
    expect(fold(undefined, restore)?.version).toBe(3);
    expect(fold(undefined, restore, "refused")).toBeUndefined();
  });
});

describe("what builds on another", () => {
  it("is, for an annotation that never comes, all that needs it", () => {
    const given = buildOperation("1", create("a"), "refused");
    const other = buildOperation("5", create("b"));
    const built = [
      given,
      buildOperation("2", update("a", 1)),
      buildOperation("3", relate("r", "a", "b")),
      buildOperation("4", { kind: "deleteRelation", id: "r" }),
    ];
    expect(withWhatBuildsOn([...built, other], given)).toEqual(built);
  });

  it("is, for a change, later changes of the same annotation only", () => {
    const given = buildOperation("1", update("a", 1), "refused");
    const later = buildOperation("2", update("a", 2));
    const relation = buildOperation("3", relate("r", "a", "b"));
    expect(withWhatBuildsOn([given, later, relation], given)).toEqual([given, later]);
  });
});

it("counts later changes anew when one changed nothing on the server", () => {
  const answered = buildOperation("1", update("a", 4));
  const later = [buildOperation("2", update("a", 5)), buildOperation("3", update("a", 6))];
  const all = [answered, ...later, buildOperation("4", update("b", 5))];
  expect(countedFrom(all, answered, 5)).toEqual([]);
  expect(
    countedFrom(all, answered, 4).map(
      ({ command }) => "expectedVersion" in command && command.expectedVersion,
    ),
  ).toEqual([4, 5]);
});
