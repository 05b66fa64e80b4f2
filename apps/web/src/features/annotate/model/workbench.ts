// The store of one open document: server state, own operations on their way, undo, arrivals. Components read snapshots
// through `useSyncExternalStore`; the reading pane hears of changed ids, so that one tag among 20,000 costs one tag.
//
// Why not Apollo's cache: normalising 20,000 annotations costs seconds and every write re-reads whole queries, while a
// change from the subscription must reach the canvas within a frame; and the outbox needs its own overlay in any case.
// Apollo still carries every query, mutation and subscription; only this data is kept here, with `no-cache`.
import { v7 as uuidv7 } from "uuid";
import { createArrivals } from "./arrivals.ts";
import type { Annotation, Person, Relation } from "./entities.ts";
import { createEntries, type Entry } from "./entries.ts";
import {
  type AnnotationPatch,
  type Command,
  type Operation,
  onTopOf,
  withoutOperation,
} from "./operation.ts";
import { createOutbox, type Send } from "./outbox.ts";
import type { OutboxStorage } from "./outbox-storage.ts";
import { relationsShown } from "./relations-shown.ts";
import { type Batch, type Change, createServerState } from "./server-state.ts";
import {
  EMPTY_STACK,
  fieldsBefore,
  noteDone,
  noteStep,
  obstacleTo,
  type Step,
  type UndoStack,
} from "./undo.ts";

export interface WorkbenchSnapshot {
  readonly inText: readonly Entry[];
  readonly operations: readonly Operation[];
  readonly isReachable: boolean;
  readonly undo: UndoStack;
}

export interface WorkbenchOptions {
  readonly viewer: Person;
  readonly revision: number;
  readonly storage: OutboxStorage;
  readonly send: Send;
}

export type Workbench = ReturnType<typeof createWorkbench>;

export function createWorkbench({ viewer, revision, storage, send }: WorkbenchOptions) {
  const server = createServerState(revision);
  const listeners = new Set<() => void>();
  const idListeners = new Set<(ids: readonly string[] | null) => void>();
  const outbox = createOutbox(storage, send, (operation, change) => {
    const ids = change === null ? [] : server.apply(change);
    changed([operation.command.id, ...ids]);
  });
  let entries = createEntries(server, outbox.operations, viewer);
  let stack = EMPTY_STACK;
  let snapshot = makeSnapshot();
  const arrivals = createArrivals((ids) => tell(ids));

  function makeSnapshot(): WorkbenchSnapshot {
    return {
      inText: entries.inText,
      operations: outbox.operations,
      isReachable: outbox.isReachable,
      undo: stack,
    };
  }

  function tell(ids: readonly string[] | null): void {
    snapshot = makeSnapshot();
    for (const listener of idListeners) listener(ids);
    for (const listener of listeners) listener();
  }

  function changed(ids: readonly string[]): void {
    entries.refresh(ids, outbox.operations);
    tell(ids);
  }

  const relations = () =>
    relationsShown(server.relations(), outbox.operations, viewer, (id) => entries.get(id) !== undefined);
  const relationsOf = (id: string) =>
    relations().filter(({ sourceId, targetId }) => sourceId === id || targetId === id);
  const world = {
    viewer,
    annotation: (id: string) => entries.get(id),
    relation: (id: string) => relations().find((one) => one.id === id),
    relationsOf,
  };

  function perform(command: Command): void {
    outbox.add({
      clientMutationId: uuidv7(),
      at: new Date().toISOString(),
      command,
      state: "waiting",
      problem: null,
    });
    changed([command.id]);
  }

  /** Does a step and answers the one that takes it back. */
  function take(step: Step): Step | null {
    switch (step.kind) {
      case "delete": {
        const annotation = entries.get(step.id);
        if (annotation === undefined) return null;
        perform({ kind: "deleteAnnotation", id: step.id, expectedVersion: annotation.version });
        return { kind: "restore", id: step.id };
      }
      case "restore":
        perform({ kind: "restoreAnnotation", id: step.id });
        return { kind: "delete", id: step.id };
      case "update": {
        const annotation = entries.get(step.id);
        if (annotation === undefined) return null;
        perform({
          kind: "updateAnnotation",
          id: step.id,
          expectedVersion: annotation.version,
          patch: step.patch,
        });
        return { kind: "update", id: step.id, patch: fieldsBefore(annotation, step.patch), from: step.patch };
      }
      case "link": {
        const { typeId, sourceId, targetId } = step;
        const id = uuidv7();
        perform({ kind: "createRelation", id, typeId, sourceId, targetId });
        return { kind: "unlink", id };
      }
      case "unlink": {
        const relation = world.relation(step.id);
        if (relation === undefined) return null;
        perform({ kind: "deleteRelation", id: step.id });
        return {
          kind: "link",
          typeId: relation.typeId,
          sourceId: relation.sourceId,
          targetId: relation.targetId,
        };
      }
    }
  }

  function act(step: Step): void {
    const inverse = take(step);
    if (inverse === null) return;
    stack = noteDone(stack, inverse);
    tell([]);
  }

  /** Takes one step back or forward; answers why that is impossible, or null when it was done. */
  function travel(side: "undo" | "redo"): string | null {
    const step = stack[side].at(-1);
    if (step === undefined) return side === "undo" ? "Nothing of yours to undo here." : "Nothing to redo.";
    const obstacle = obstacleTo(step, world);
    stack = noteStep(stack, side, obstacle === null ? take(step) : null);
    tell([]);
    return obstacle;
  }

  function noteArrivals(changes: readonly Change[]): void {
    const ids = changes.flatMap((change) =>
      change.kind === "annotationSaved" && change.author.id !== viewer.id
        ? [{ id: change.annotation.id, author: change.author }]
        : [],
    );
    for (const { id, author } of ids) arrivals.add(id, author);
  }

  return {
    viewer,
    get revision() {
      return server.revision;
    },
    getSnapshot: () => snapshot,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Hears which annotations changed or went; `null` means all. */
    subscribeIds(listener: (ids: readonly string[] | null) => void) {
      idListeners.add(listener);
      return () => idListeners.delete(listener);
    },
    get: (id: string) => entries.get(id),
    arrivalOf: arrivals.get,
    relationsOf,

    load(annotations: Iterable<Annotation>, loaded: Iterable<Relation>) {
      server.load(annotations, loaded);
      entries = createEntries(server, outbox.operations, viewer);
      tell(null);
    },
    /** False when changes are missing before this batch. */
    applyBatch(batch: Batch): boolean {
      const applied = server.applyBatch(batch);
      if (applied === null) return false;
      // an echo answers the operation too: it may come before the mutation's own answer
      const answered = applied.fresh.flatMap((change) => outbox.acknowledge(change.clientMutationId));
      noteArrivals(applied.fresh);
      changed([...applied.changedIds, ...answered]);
      return true;
    },

    /** Marks a place; answers the annotation's id. */
    tag(place: Pick<Annotation, "fragments" | "quote">, labelId: string): string {
      const id = uuidv7();
      perform({ kind: "createAnnotation", id, labelId, fragments: place.fragments, quote: place.quote });
      stack = noteDone(stack, { kind: "delete", id });
      tell([]);
      return id;
    },
    update(id: string, patch: AnnotationPatch) {
      const annotation = entries.get(id);
      if (annotation === undefined) return;
      // a change that changes nothing would count a version here that the server doesn't
      const before = fieldsBefore(annotation, patch);
      if (JSON.stringify(before) !== JSON.stringify({ ...before, ...patch }))
        act({ kind: "update", id, patch, from: before });
    },
    remove: (id: string) => act({ kind: "delete", id }),
    link: (typeId: string, sourceId: string, targetId: string) =>
      act({ kind: "link", typeId, sourceId, targetId }),
    unlink: (id: string) => act({ kind: "unlink", id }),
    undo: () => travel("undo"),
    redo: () => travel("redo"),

    /** Sends a refused operation once more. */
    tryAgain(operation: Operation) {
      outbox.replace(operation, { ...operation, state: "waiting", problem: null });
      changed([operation.command.id]);
    },
    discard(operation: Operation) {
      const { id } = operation.command;
      const version = operation.problem?.current?.version ?? server.annotation(id)?.version ?? 1;
      const kept = withoutOperation(outbox.operations, operation, version, uuidv7);
      const dropped = outbox.operations.filter((one) => !kept.includes(one));
      outbox.reset(kept);
      changed(dropped.map((one) => one.command.id));
    },
    /** Answers a conflict with one's own version, made from theirs. */
    putOnTop(operation: Operation) {
      const version = operation.problem?.current?.version;
      if (version === undefined) return;
      outbox.replace(operation, onTopOf(operation, version, uuidv7));
      changed([operation.command.id]);
    },
    /** The connection is back: sends what waits without waiting longer. */
    wake: () => outbox.wake(),
    start: () => outbox.wake(),
    dispose() {
      outbox.dispose();
      arrivals.dispose();
    },
  };
}
