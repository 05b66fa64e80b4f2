import { describe, expect, it, vi } from "vitest";
import { waitingStatus } from "../documents/my-status.ts";
import {
  buildAnnotation,
  buildProblem,
  buildRelation,
  conflictWith,
  createMemoryOutbox,
  createMemoryStore,
  DOCUMENT,
  DOV,
  deleted,
  MIRA,
  saved,
  settle,
  statusSaved,
} from "./builders.ts";
import type { Annotation } from "./entities.ts";
import type { Operation, Problem } from "./operation.ts";
import { createOutbox } from "./outbox.ts";
import { createSender, type Outcome } from "./sender.ts";
import { createUndoStorage } from "./undo-storage.ts";
import { createWorkbench } from "./workbench.ts";

const PLACE = { fragments: [{ start: 0, end: 4 }], quote: "text" };
const anything = () => true;

/** A workbench whose server answers when the test says so. */
async function setUp(drafts: Record<string, string> = {}, undoStore = createMemoryStore()) {
  const sent: { operation: Operation; answer: (outcome: Outcome) => Promise<void> }[] = [];
  const send = (operation: Operation) =>
    new Promise<Outcome>((resolve) => {
      sent.push({
        operation,
        async answer(outcome) {
          resolve(outcome);
          await settle();
        },
      });
    });
  const outbox = createOutbox(createMemoryOutbox(), null);
  createSender({ outbox, send, exclusively: (job) => job(), pause: () => 1e6 });
  const workbench = createWorkbench({
    viewer: MIRA,
    document: DOCUMENT,
    revision: 0,
    outbox,
    undoStorage: createUndoStorage(undoStore, "mira", DOCUMENT.id),
    takeDraft: (id) => drafts[id] ?? null,
    takeCommentDraft: () => null,
  });
  const last = async () => {
    await settle();
    const one = sent.at(-1);
    if (one === undefined) throw new Error("nothing was sent");
    return one;
  };
  const applied = (revision: number, annotation: Annotation): Outcome => ({
    kind: "applied",
    change: saved(revision, annotation),
  });
  const refuse = async (problem: Problem = buildProblem()) =>
    (await last()).answer({ kind: "refused", problem });
  /** The refused operation that is asked about. */
  const asked = () => {
    const one = workbench.getSnapshot().operations.find(({ state }) => state === "refused");
    if (one === undefined) throw new Error("nothing is refused");
    return one;
  };
  const undo = () => workbench.undo(anything);
  const redo = () => workbench.redo(anything);
  return { workbench, sent, last, applied, refuse, asked, undo, redo, undoStore };
}

const batchOf = (...changes: ReturnType<typeof saved>[]) => ({
  fromRevision: changes[0]?.revision ?? 0,
  toRevision: changes.at(-1)?.revision ?? 0,
  changes,
});

describe("tagging", () => {
  it("shows at once as pending, and as saved when answered", async () => {
    const { workbench, last, applied } = await setUp();
    const id = workbench.tag(PLACE, "claim");
    expect(workbench.get(id)).toMatchObject({ state: "pending", quote: "text" });
    await (await last()).answer(applied(1, buildAnnotation(id)));
    expect(workbench.get(id)?.state).toBe("saved");
    expect(workbench.getSnapshot().operations).toEqual([]);
  });

  it("takes the subscription's echo for the answer, and itself for nobody else", async () => {
    const { workbench, last } = await setUp();
    const id = workbench.tag(PLACE, "claim");
    const { clientMutationId } = (await last()).operation;
    workbench.applyBatch(batchOf({ ...saved(1, buildAnnotation(id)), clientMutationId }));
    expect(workbench.get(id)?.state).toBe("saved");
    expect(workbench.arrivalOf(id)).toBeNull();
    workbench.applyBatch(batchOf(saved(2, buildAnnotation("other", { updatedBy: DOV }))));
    expect(workbench.arrivalOf("other")).toMatchObject({ initials: "D" });
    workbench.dispose();
  });

  it("says why it was refused, tries again, and gives up with what builds on it", async () => {
    const { workbench, refuse, asked, sent } = await setUp();
    const id = workbench.tag(PLACE, "claim");
    workbench.update(id, { note: "built on it" });
    await refuse();
    expect(workbench.get(id)).toMatchObject({ state: "refused", operation: { problem: { message: "No." } } });
    workbench.decide.tryAgain(asked());
    await settle();
    expect(sent).toHaveLength(2);
    await refuse();
    expect(workbench.decide.lostWith(asked())).toHaveLength(2);
    workbench.decide.giveUp(asked());
    expect(workbench.get(id)).toBeUndefined();
    expect(workbench.getSnapshot()).toMatchObject({ operations: [], undo: { undo: [], redo: [] } });
  });

  it("goes with another label when the one that was meant is no longer offered", async () => {
    const { workbench, refuse, asked, last } = await setUp();
    workbench.tag(PLACE, "claim");
    await refuse(buildProblem({ field: "input.labelId" }));
    workbench.decide.withLabel(asked(), "speaker");
    expect((await last()).operation.command).toMatchObject({ kind: "createAnnotation", labelId: "speaker" });
  });
});

describe("conflicts", () => {
  const theirs = (fields: Partial<Annotation>) =>
    buildAnnotation("a", { version: 2, updatedBy: DOV, ...fields });

  async function meet(patch: Parameters<typeof theirs>[0], changed: Annotation) {
    const rig = await setUp();
    rig.workbench.load([buildAnnotation("a", { attributes: { stance: "for" } })], []);
    rig.workbench.update("a", patch);
    await rig.refuse(conflictWith(changed));
    rig.workbench.applyBatch(batchOf(saved(1, changed)));
    return rig;
  }

  it("keeps theirs, and there is nothing left to undo", async () => {
    const { workbench, asked, undo } = await meet({ note: "mine" }, theirs({ note: "theirs" }));
    expect(workbench.get("a")).toMatchObject({ note: "mine", state: "refused" });
    workbench.decide.giveUp(asked());
    expect(workbench.get("a")).toMatchObject({ note: "theirs", state: "saved" });
    expect(undo()).toBe("Nothing of yours to undo here.");
    workbench.dispose();
  });

  it("puts mine on top of theirs with what only they changed, and undo leads back to theirs", async () => {
    const changed = theirs({
      note: "theirs",
      labelId: "speaker",
      attributes: { stance: "for", sure: "yes" },
    });
    const { workbench, asked, last, applied, undo } = await meet(
      { note: "mine", attributes: { stance: "against" } },
      changed,
    );
    workbench.decide.putOnTop(asked());
    const { operation, answer } = await last();
    expect(operation.command).toMatchObject({
      expectedVersion: 2,
      patch: { note: "mine", attributes: { stance: "against", sure: "yes" } },
    });
    expect(operation.command).not.toHaveProperty("patch.labelId");
    // the database has its own order of keys
    const attributes = { sure: "yes", stance: "against" };
    await answer(applied(2, { ...changed, note: "mine", attributes, version: 3, updatedBy: MIRA }));
    expect(undo()).toBeNull();
    expect(workbench.get("a")).toMatchObject({
      note: "theirs",
      labelId: "speaker",
      attributes: { stance: "for", sure: "yes" },
    });
    workbench.dispose();
  });

  it("settles all of one's changes of the same annotation at once", async () => {
    const { workbench, asked, sent, last } = await meet({ note: "mine" }, theirs({ note: "theirs" }));
    workbench.update("a", { labelId: "speaker" });
    expect(sent).toHaveLength(1);
    workbench.decide.putOnTop(asked());
    expect((await last()).operation.command).toMatchObject({
      expectedVersion: 2,
      patch: { note: "mine", labelId: "speaker" },
    });
    expect(workbench.getSnapshot().operations).toHaveLength(1);
    workbench.dispose();
  });

  it("deletes all the same", async () => {
    const { workbench, asked, last, refuse } = await setUp();
    workbench.load([buildAnnotation("a")], []);
    workbench.remove("a");
    await refuse(conflictWith(theirs({ note: "theirs" })));
    expect(workbench.get("a")?.state).toBe("refused");
    workbench.decide.putOnTop(asked());
    expect((await last()).operation.command).toMatchObject({ kind: "deleteAnnotation", expectedVersion: 2 });
    expect(workbench.get("a")).toBeUndefined();
  });

  it("restores what somebody deleted, with mine", async () => {
    const { workbench, asked, refuse, sent, applied } = await setUp();
    workbench.load([buildAnnotation("a", { note: "old" })], []);
    workbench.update("a", { note: "mine" });
    workbench.applyBatch(batchOf(deleted(1, "a")));
    await refuse(buildProblem({ code: "NOT_FOUND", deletedBy: DOV }));
    expect(workbench.get("a")).toBeUndefined();
    expect(workbench.decide.question(asked())).toMatchObject({
      kind: "deleted",
      by: DOV,
      myFields: ["note"],
    });
    workbench.decide.restoreWithMine(asked());
    expect(workbench.get("a")).toMatchObject({ note: "mine", version: 3, state: "pending" });
    await settle();
    expect(sent[1]?.operation.command.kind).toBe("restoreAnnotation");
    await sent[1]?.answer(applied(2, buildAnnotation("a", { note: "old", version: 2 })));
    expect(sent[2]?.operation.command).toMatchObject({ expectedVersion: 2, patch: { note: "mine" } });
    workbench.dispose();
  });

  it("brings back the deleted end of a relation first", async () => {
    const { workbench, asked, refuse, sent } = await setUp();
    workbench.load([buildAnnotation("a"), buildAnnotation("b")], []);
    workbench.link("states", "a", "b");
    workbench.applyBatch(batchOf(deleted(1, "b")));
    await refuse(buildProblem({ field: "input.targetId" }));
    workbench.decide.restoreEnd(asked(), "b");
    expect(workbench.relationsOf("a")).toHaveLength(1);
    await settle();
    expect(sent[1]?.operation.command).toMatchObject({ kind: "restoreAnnotation", id: "b" });
    workbench.dispose();
  });

  it("asks about a note that was being written on what somebody deleted", async () => {
    const { workbench, last } = await setUp({ a: "half a thought" });
    workbench.load([buildAnnotation("a"), buildAnnotation("b")], []);
    workbench.applyBatch(batchOf(deleted(1, "a"), deleted(2, "b")));
    expect((await last()).operation.command).toMatchObject({ id: "a", patch: { note: "half a thought" } });
    expect(workbench.getSnapshot().operations).toHaveLength(1);
  });
});

describe("how far one is", () => {
  it("shows at once, goes in order with the other changes, and is no act to take back", async () => {
    const { workbench, sent, last, applied, undo } = await setUp();
    const shown = () => waitingStatus(workbench.getSnapshot().operations);
    const id = workbench.tag(PLACE, "claim");
    workbench.setStatus("DONE");
    workbench.setStatus("IN_PROGRESS");
    expect(shown()).toBe("IN_PROGRESS");
    await (await last()).answer(applied(1, buildAnnotation(id)));
    expect((await last()).operation.command).toEqual({ kind: "setStatus", id: DOCUMENT.id, status: "DONE" });
    await (await last()).answer({ kind: "applied", change: statusSaved("DONE") });
    expect(shown()).toBe("IN_PROGRESS");
    await (await last()).answer({ kind: "applied", change: statusSaved("IN_PROGRESS") });
    expect([shown(), sent.length, workbench.getSnapshot().operations]).toEqual([null, 3, []]);
    expect(undo()).toBeNull();
    expect(workbench.get(id)).toBeUndefined();
  });

  it("goes back where it was refused, which is asked about until it is said anew", async () => {
    const { workbench, refuse, asked, last } = await setUp();
    workbench.setStatus("DONE");
    workbench.setStatus("NEW");
    await refuse(buildProblem({ code: "FORBIDDEN" }));
    expect(workbench.decide.question(asked()).kind).toBe("refused");
    expect(waitingStatus(workbench.getSnapshot().operations)).toBeNull();
    workbench.setStatus("IN_PROGRESS");
    expect(workbench.getSnapshot().operations).toHaveLength(1);
    expect((await last()).operation.command).toMatchObject({ status: "IN_PROGRESS" });
  });
});

describe("undo", () => {
  it("takes back a tag, brings it back, and takes it back again", async () => {
    const { workbench, last, applied, undo, redo } = await setUp();
    const id = workbench.tag(PLACE, "claim");
    await (await last()).answer(applied(1, buildAnnotation(id)));
    expect(undo()).toBeNull();
    expect(workbench.get(id)).toBeUndefined();
    expect((await last()).operation.command).toMatchObject({ kind: "deleteAnnotation", expectedVersion: 1 });
    await (await last()).answer({ kind: "applied", change: { ...deleted(2, id), author: MIRA } });
    expect(redo()).toBeNull();
    expect(workbench.get(id)).toMatchObject({ state: "pending", version: 2 });
    await (await last()).answer(applied(3, buildAnnotation(id, { version: 2 })));
    expect(undo()).toBeNull();
    expect((await last()).operation.command).toMatchObject({ kind: "deleteAnnotation", expectedVersion: 2 });
  });

  it("works on what still waits, and shows it at once", async () => {
    const { workbench, undo, redo } = await setUp();
    const id = workbench.tag(PLACE, "claim");
    undo();
    expect(workbench.get(id)).toBeUndefined();
    redo();
    expect(workbench.get(id)).toMatchObject({ labelId: "claim", version: 2 });
    expect(workbench.getSnapshot().operations).toHaveLength(3);
  });

  it("survives a reload of the tab", async () => {
    const first = await setUp();
    first.workbench.load([buildAnnotation("a", { note: "old" })], []);
    first.workbench.update("a", { note: "new" });
    const second = await setUp({}, first.undoStore);
    second.workbench.load([buildAnnotation("a", { note: "new", version: 2 })], []);
    expect(second.undo()).toBeNull();
    expect(second.workbench.get("a")?.note).toBe("old");
  });

  it("gives a refused act up rather than sending its opposite", async () => {
    const { workbench, refuse, undo, redo, sent } = await setUp();
    workbench.load([buildAnnotation("a")], []);
    workbench.update("a", { note: "mine" });
    await refuse(conflictWith(buildAnnotation("a", { version: 2, note: "theirs", updatedBy: DOV })));
    expect(undo()).toBeNull();
    expect(workbench.getSnapshot().operations).toEqual([]);
    workbench.applyBatch(
      batchOf(saved(1, buildAnnotation("a", { version: 2, note: "other", updatedBy: DOV }))),
    );
    expect(redo()).toBe("Dov changed the same thing since.");
    expect(sent).toHaveLength(1);
    workbench.dispose();
  });

  it("says why not: changed, deleted, built on, no longer one's own to change", async () => {
    const { workbench, undo } = await setUp();
    workbench.load([buildAnnotation("a"), buildAnnotation("b"), buildAnnotation("c")], []);
    for (const id of ["a", "b", "c"]) workbench.update(id, { labelId: "speaker" });
    workbench.applyBatch(
      batchOf(
        saved(1, buildAnnotation("c", { version: 9, labelId: "place", updatedBy: DOV })),
        deleted(2, "b"),
      ),
    );
    // one's own label waits on top of theirs
    const undone = workbench.undo(() => false);
    expect(undone).toBe("You may no longer change this.");
    expect(undo()).toBe("Dov deleted it since.");
    expect(undo()).toBeNull();
    const id = workbench.tag(PLACE, "claim");
    workbench.load([], [buildRelation("r", id, "a", DOV)]);
    expect(undo()).toBe("Dov has related it to something since; it stays.");
    expect(workbench.get(id)).toBeDefined();
    workbench.dispose();
  });

  it("deletes and brings back somebody else's, as a curator may", async () => {
    const { workbench, undo, redo } = await setUp();
    workbench.load([buildAnnotation("a", { createdBy: DOV, updatedBy: DOV })], []);
    workbench.remove("a");
    undo();
    expect(workbench.get("a")).toBeDefined();
    expect(redo()).toBeNull();
    expect(workbench.get("a")).toBeUndefined();
  });

  it("follows a relation through the new ids that it gets", async () => {
    const { workbench, undo, redo } = await setUp();
    workbench.load([buildAnnotation("a"), buildAnnotation("b")], []);
    workbench.link("states", "a", "b");
    const first = workbench.relationsOf("a")[0]?.id ?? "";
    workbench.unlink(first);
    expect(undo()).toBeNull();
    expect(workbench.relationsOf("b")).toMatchObject([{ sourceId: "a", targetId: "b" }]);
    expect(undo()).toBeNull();
    expect(workbench.relationsOf("a")).toHaveLength(0);
    expect(redo()).toBeNull();
    expect(redo()).toBeNull();
    expect(workbench.relationsOf("a")).toHaveLength(0);
    for (let count = 0; count < 2; count++) expect(undo()).toBeNull();
    expect(undo()).toBe("Nothing of yours to undo here.");
  });

  it("takes back and does again as one what was one act, but for what others changed", async () => {
    const { workbench, undo, redo } = await setUp();
    const ids = ["a", "b", "c"];
    workbench.load(
      ids.map((id) => buildAnnotation(id)),
      [],
    );
    const labels = () => ids.map((id) => workbench.get(id)?.labelId);
    workbench.update("a", { note: "before" });
    const heard = vi.fn();
    workbench.subscribeIds(heard);
    workbench.asOneAct(() => {
      for (const id of ids) workbench.update(id, { labelId: "speaker" });
    });
    expect(heard).toHaveBeenCalledTimes(1);
    expect(labels()).toEqual(["speaker", "speaker", "speaker"]);
    expect(undo()).toBeNull();
    expect(labels()).toEqual(["claim", "claim", "claim"]);
    expect(redo()).toBeNull();
    expect(labels()).toEqual(["speaker", "speaker", "speaker"]);
    workbench.applyBatch(batchOf(deleted(1, "b")));
    expect(undo()).toBe("1 of 3 stays as it is. Dov deleted it since.");
    expect(labels()).toEqual(["claim", undefined, "claim"]);
    expect(undo()).toBeNull();
    expect(workbench.get("a")?.note).toBe("");
    workbench.dispose();
  });

  it("sends nothing for a change that changes nothing", async () => {
    const { workbench, sent } = await setUp();
    workbench.load([buildAnnotation("a", { note: "same" })], []);
    workbench.update("a", { note: "same" });
    await settle();
    expect(sent).toEqual([]);
  });
});

describe("listeners", () => {
  it("hear which annotations changed", async () => {
    const { workbench } = await setUp();
    const heard = vi.fn();
    const stop = workbench.subscribeIds(heard);
    workbench.applyBatch(batchOf(saved(1, buildAnnotation("a"))));
    expect(heard).toHaveBeenCalledWith(["a"]);
    stop();
    workbench.applyBatch(batchOf(deleted(2, "a")));
    expect(heard).toHaveBeenCalledTimes(1);
  });
});
