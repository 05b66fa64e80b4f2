import { describe, expect, it, vi } from "vitest";
import { buildAnnotation, buildRelation, createMemoryStore, DOV, deleted, MIRA, saved } from "./builders.ts";
import type { Annotation } from "./entities.ts";
import type { Operation } from "./operation.ts";
import type { Outcome } from "./outbox.ts";
import { createOutboxStorage } from "./outbox-storage.ts";
import { createWorkbench } from "./workbench.ts";

const PLACE = { fragments: [{ start: 0, end: 4 }], quote: "text" };

/** A workbench whose server answers when the test says so. */
function setUp(store = createMemoryStore()) {
  const sent: { operation: Operation; answer: (outcome: Outcome) => Promise<void> }[] = [];
  const send = (operation: Operation) =>
    new Promise<Outcome>((resolve) => {
      sent.push({
        operation,
        async answer(outcome) {
          resolve(outcome);
          await new Promise<void>((done) => setImmediate(done));
        },
      });
    });
  const workbench = createWorkbench({
    viewer: MIRA,
    revision: 0,
    storage: createOutboxStorage(store, "mira", "d"),
    send,
  });
  workbench.start();
  const last = () => {
    const one = sent.at(-1);
    if (one === undefined) throw new Error("nothing was sent");
    return one;
  };
  const applied = (revision: number, annotation: Annotation): Outcome => ({
    kind: "applied",
    change: saved(revision, annotation),
  });
  return { workbench, sent, last, applied, store };
}

const batchOf = (...changes: ReturnType<typeof saved>[]) => ({
  fromRevision: changes[0]?.revision ?? 0,
  toRevision: changes.at(-1)?.revision ?? 0,
  changes,
});

describe("tagging", () => {
  it("shows at once as pending, and as saved when answered", async () => {
    const { workbench, last, applied } = setUp();
    const id = workbench.tag(PLACE, "claim");
    expect(workbench.get(id)).toMatchObject({ state: "pending", quote: "text" });
    await last().answer(applied(1, buildAnnotation(id)));
    expect(workbench.get(id)?.state).toBe("saved");
    expect(workbench.getSnapshot().operations).toEqual([]);
  });

  it("takes the subscription's echo for the answer, and itself for nobody else", async () => {
    const { workbench, last } = setUp();
    const id = workbench.tag(PLACE, "claim");
    const { clientMutationId } = last().operation;
    workbench.applyBatch(batchOf({ ...saved(1, buildAnnotation(id)), clientMutationId }));
    expect(workbench.get(id)?.state).toBe("saved");
    expect(workbench.arrivalOf(id)).toBeNull();
    workbench.applyBatch(batchOf(saved(2, buildAnnotation("other", { updatedBy: DOV }))));
    expect(workbench.arrivalOf("other")).toMatchObject({ initials: "D" });
    workbench.dispose();
  });

  it("waits without an answer, survives a reload and is sent again under the same id", async () => {
    const first = setUp();
    const id = first.workbench.tag(PLACE, "claim");
    const { clientMutationId } = first.last().operation;
    await first.last().answer({ kind: "unanswered" });
    expect(first.workbench.getSnapshot().isReachable).toBe(false);
    first.workbench.dispose();
    const second = setUp(first.store);
    expect(second.workbench.get(id)?.state).toBe("pending");
    expect(second.last().operation.clientMutationId).toBe(clientMutationId);
    await second.last().answer(second.applied(1, buildAnnotation(id)));
    expect(setUp(first.store).sent).toEqual([]);
  });

  it("says why it was refused, tries again and gives up", async () => {
    const { workbench, last, sent } = setUp();
    const id = workbench.tag(PLACE, "claim");
    await last().answer({
      kind: "refused",
      problem: { code: "BAD_USER_INPUT", message: "No.", current: null },
    });
    const entry = workbench.get(id);
    expect(entry).toMatchObject({ state: "refused", operation: { problem: { message: "No." } } });
    if (entry?.operation == null) throw new Error("no operation");
    workbench.tryAgain(entry.operation);
    expect(sent).toHaveLength(2);
    await last().answer({
      kind: "refused",
      problem: { code: "BAD_USER_INPUT", message: "No.", current: null },
    });
    const again = workbench.get(id)?.operation;
    if (again == null) throw new Error("no operation");
    workbench.discard(again);
    expect(workbench.get(id)).toBeUndefined();
  });
});

describe("conflicts", () => {
  async function meet() {
    const rig = setUp();
    rig.workbench.load([buildAnnotation("a")], []);
    rig.workbench.update("a", { note: "mine" });
    const current = { version: 2, labelId: "claim", note: "theirs", attributes: {}, updatedBy: DOV };
    await rig.last().answer({ kind: "refused", problem: { code: "CONFLICT", message: "stale", current } });
    rig.workbench.applyBatch(
      batchOf(saved(1, buildAnnotation("a", { version: 2, note: "theirs", updatedBy: DOV }))),
    );
    const operation = rig.workbench.get("a")?.operation;
    if (operation == null) throw new Error("no operation");
    return { ...rig, operation };
  }

  it("keeps theirs", async () => {
    const { workbench, operation } = await meet();
    expect(workbench.get("a")).toMatchObject({ note: "mine", state: "refused" });
    workbench.discard(operation);
    expect(workbench.get("a")).toMatchObject({ note: "theirs", state: "saved" });
    workbench.dispose();
  });

  it("applies mine on top of theirs", async () => {
    const { workbench, operation, last } = await meet();
    workbench.putOnTop(operation);
    expect(last().operation.command).toMatchObject({ expectedVersion: 2, patch: { note: "mine" } });
    expect(last().operation.clientMutationId).not.toBe(operation.clientMutationId);
    workbench.dispose();
  });
});

describe("undo", () => {
  it("takes back a tag, brings it back, and takes it back again", async () => {
    const { workbench, last, applied } = setUp();
    const id = workbench.tag(PLACE, "claim");
    await last().answer(applied(1, buildAnnotation(id)));
    expect(workbench.undo()).toBeNull();
    expect(workbench.get(id)).toBeUndefined();
    expect(last().operation.command).toMatchObject({ kind: "deleteAnnotation", expectedVersion: 1 });
    await last().answer({ kind: "applied", change: { ...deleted(2, id), author: MIRA } });
    expect(workbench.redo()).toBeNull();
    expect(workbench.get(id)).toMatchObject({ state: "pending", version: 2 });
    await last().answer(applied(3, buildAnnotation(id, { version: 2 })));
    expect(workbench.undo()).toBeNull();
    expect(last().operation.command).toMatchObject({ kind: "deleteAnnotation", expectedVersion: 2 });
  });

  it("sets a field back, unless somebody else has set it since", () => {
    const { workbench } = setUp();
    workbench.load([buildAnnotation("a", { note: "old" }), buildAnnotation("b")], []);
    workbench.update("a", { note: "new" });
    expect(workbench.undo()).toBeNull();
    expect(workbench.get("a")?.note).toBe("old");
    workbench.update("b", { labelId: "speaker" });
    workbench.applyBatch(
      batchOf(saved(1, buildAnnotation("b", { version: 9, labelId: "place", updatedBy: DOV }))),
    );
    workbench.applyBatch(batchOf(deleted(2, "b")));
    expect(workbench.undo()).toBe("The annotation has been deleted since.");
    workbench.dispose();
  });

  it("doesn't take away what others have built on", () => {
    const { workbench } = setUp();
    const id = workbench.tag(PLACE, "claim");
    workbench.load([buildAnnotation("b")], [buildRelation("r", id, "b", DOV)]);
    expect(workbench.undo()).toBe("Dov has related it to something since; it stays.");
    expect(workbench.get(id)).toBeDefined();
    expect(workbench.undo()).toBe("Nothing of yours to undo here.");
  });

  it("removes and remakes a relation", () => {
    const { workbench } = setUp();
    workbench.load([buildAnnotation("a"), buildAnnotation("b")], []);
    workbench.link("states", "a", "b");
    expect(workbench.relationsOf("a")).toHaveLength(1);
    workbench.undo();
    expect(workbench.relationsOf("a")).toHaveLength(0);
    workbench.redo();
    expect(workbench.relationsOf("b")).toMatchObject([{ sourceId: "a", targetId: "b" }]);
  });

  it("sends nothing for a change that changes nothing", () => {
    const { workbench, sent } = setUp();
    workbench.load([buildAnnotation("a", { note: "same" })], []);
    workbench.update("a", { note: "same" });
    expect(sent).toEqual([]);
  });
});

describe("listeners", () => {
  it("hear which annotations changed", () => {
    const { workbench } = setUp();
    const heard = vi.fn();
    const stop = workbench.subscribeIds(heard);
    workbench.applyBatch(batchOf(saved(1, buildAnnotation("a"))));
    expect(heard).toHaveBeenCalledWith(["a"]);
    stop();
    workbench.applyBatch(batchOf(deleted(2, "a")));
    expect(heard).toHaveBeenCalledTimes(1);
  });
});
