// The store of one open document: server state, own operations on their way, undo, arrivals. Components read snapshots
// through `useSyncExternalStore`; the reading pane hears of changed ids, so that one tag among 20,000 costs one tag.
//
// Why not Apollo's cache: normalising 20,000 annotations costs seconds and every write re-reads whole queries, while a
// change from the subscription must reach the canvas within a frame; and the outbox needs its own overlay in any case.
// Apollo still carries every query, mutation and subscription; only this data is kept here, with `no-cache`.
import { v7 as uuidv7 } from "uuid";
import type { WorkStatus } from "../../../gql/graphql.ts";
import { createArrivals } from "./arrivals.ts";
import { createDecisions } from "./decisions.ts";
import { changesComments, createDiscussions, type Discussions } from "./discussions.ts";
import type { Annotation, Comment, Person, Relation } from "./entities.ts";
import { createEntries, type Entry } from "./entries.ts";
import { isSameContent } from "./fields.ts";
import {
  type AnnotationPatch,
  type Command,
  type CommentPatch,
  heldOf,
  isCommentCommand,
  isRelationCommand,
  type Operation,
  type Problem,
} from "./operation.ts";
import type { Outbox } from "./outbox.ts";
import { relationsShown } from "./relations-shown.ts";
import { type Batch, type Change, createServerState } from "./server-state.ts";
import { annotationOf, createTimeline, type MayChange } from "./timeline.ts";
import type { Side, UndoStack } from "./undo.ts";
import type { UndoStorage } from "./undo-storage.ts";

export interface WorkbenchSnapshot {
  readonly inText: readonly Entry[];
  /** One's own on this document that the server does not have, in order. */
  readonly operations: readonly Operation[];
  readonly undo: UndoStack;
  /** Another one only when a comment has changed. */
  readonly discussions: Discussions;
}

export interface WorkbenchOptions {
  readonly viewer: Person;
  readonly document: { readonly id: string; readonly title: string };
  readonly revision: number;
  readonly outbox: Outbox;
  readonly undoStorage: UndoStorage;
  /** Takes what was being written on an annotation that somebody has just deleted; null when nothing was. */
  readonly takeDraft: (annotationId: string) => string | null;
  /** The same for what was being said about it. */
  readonly takeCommentDraft: (annotationId: string) => string | null;
}

export type Workbench = ReturnType<typeof createWorkbench>;

export function createWorkbench(options: WorkbenchOptions) {
  const { viewer, document, outbox } = options;
  const server = createServerState(options.revision);
  const listeners = new Set<() => void>();
  const idListeners = new Set<(ids: readonly string[] | null) => void>();
  const ownOperations = () =>
    outbox.getSnapshot().operations.filter((operation) => operation.document.id === document.id);
  let operations = ownOperations();
  let entries = createEntries(server, operations, viewer);
  let discussions = createDiscussions(server, operations, viewer);
  const arrivals = createArrivals((ids) => tell(ids));
  const relations = () =>
    relationsShown(server.relations(), operations, viewer, (id) => entries.get(id) !== undefined);
  const relationsOf = (id: string) =>
    relations().filter(({ sourceId, targetId }) => sourceId === id || targetId === id);
  const timeline = createTimeline({
    world: {
      viewer,
      annotation: (id) => entries.get(id),
      relation: (id) => relations().find((one) => one.id === id),
      relationsOf,
      comment: (id) => discussions.get(id),
      commentsOf: (id) => discussions.of(id),
      deletedBy: server.deletedBy,
    },
    storage: options.undoStorage,
    operations: () => operations,
    perform,
    edit: outbox.edit,
  });
  /** What is to be told at the end of an act of several steps. */
  let untold: string[] | null = null;
  let snapshot = makeSnapshot();

  function makeSnapshot(): WorkbenchSnapshot {
    return { inText: entries.inText, operations, undo: timeline.stack(), discussions };
  }

  function tell(ids: readonly string[] | null): void {
    if (untold !== null && ids !== null) {
      untold.push(...ids);
      return;
    }
    snapshot = makeSnapshot();
    for (const listener of idListeners) listener(ids);
    for (const listener of listeners) listener();
  }

  const isComment = (id: string) => server.comment(id) !== undefined || server.deletedBy(id) !== null;

  function changed(ids: readonly string[], touched: readonly Operation[] = []): void {
    operations = ownOperations();
    entries.refresh(ids, operations);
    if (ids.some(isComment) || touched.some(({ command }) => changesComments(command)))
      discussions = createDiscussions(server, operations, viewer);
    tell(ids);
  }

  const stopListening = outbox.subscribe((event) => {
    const touched = event.operations.filter((operation) => operation.document.id === document.id);
    if (touched.length === 0) return;
    const ids = event.change === null ? [] : server.apply(event.change);
    changed([...touched.map(({ command }) => command.id), ...ids], touched);
  });

  /** Answers the operation's id. What has a problem from the first is asked about and not sent. */
  function perform(command: Command, problem: Problem | null = null): string {
    const clientMutationId = uuidv7();
    outbox.edit({
      save: [
        {
          clientMutationId,
          order: clientMutationId,
          document,
          at: new Date().toISOString(),
          seen: server.revision,
          command,
          state: problem === null ? "waiting" : "refused",
          problem,
        },
      ],
    });
    return clientMutationId;
  }

  /** What `run` does is told at once. */
  function together(run: () => void): void {
    const ids: string[] = [];
    untold = ids;
    try {
      run();
    } finally {
      untold = null;
      tell(ids);
    }
  }

  function travel(side: Side, mayChange: MayChange): string | null {
    let obstacle: string | null = null;
    together(() => {
      obstacle = timeline.travel(side, mayChange);
    });
    return obstacle;
  }

  /** What one's own unsent changes remember of an annotation. */
  function baseOf(id: string): Annotation | undefined {
    for (const { command } of operations) {
      if (command.id !== id || isCommentCommand(command) || isRelationCommand(command)) continue;
      if ("base" in command && command.base !== null) return command.base;
    }
    return undefined;
  }

  function noteArrivals(changes: readonly Change[]): void {
    for (const change of changes)
      if (change.kind === "annotationSaved" && change.author.id !== viewer.id)
        arrivals.add(change.annotation.id, change.author);
  }

  /** What was being written on what somebody has deleted is asked about like any other change of it. */
  function keepDrafts(changes: readonly Change[], before: ReadonlyMap<string, Entry>): void {
    for (const change of changes) {
      if (change.kind !== "annotationDeleted" || change.author.id === viewer.id) continue;
      const body = options.takeCommentDraft(change.annotationId);
      if (body !== null)
        perform(
          { kind: "createComment", id: uuidv7(), annotationId: change.annotationId, body },
          { code: "NOT_FOUND", field: null, message: "", current: null, deletedBy: change.author },
        );
      const base = before.get(change.annotationId);
      const note = base === undefined ? null : options.takeDraft(change.annotationId);
      if (base === undefined || note === null || note === base.note) continue;
      const { id, version } = base;
      perform({
        kind: "updateAnnotation",
        id,
        expectedVersion: version,
        patch: { note },
        base: annotationOf(base),
      });
    }
  }

  function beforeDeletions(changes: readonly Change[]): Map<string, Entry> {
    const before = new Map<string, Entry>();
    for (const change of changes) {
      const entry = change.kind === "annotationDeleted" ? entries.get(change.annotationId) : undefined;
      if (entry !== undefined) before.set(entry.id, entry);
    }
    return before;
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
    /** As it is, or was when it was deleted. */
    formOf: (id: string): Annotation | undefined => entries.get(id) ?? server.deleted(id) ?? baseOf(id),
    arrivalOf: arrivals.get,
    relations,
    relationsOf,
    commentsOf: (id: string) => discussions.of(id),

    load(annotations: Iterable<Annotation>, loaded: Iterable<Relation>, comments: Iterable<Comment> = []) {
      server.load(annotations, loaded, comments);
      operations = ownOperations();
      entries = createEntries(server, operations, viewer);
      discussions = createDiscussions(server, operations, viewer);
      tell(null);
    },
    /** False when changes are missing before this batch. */
    applyBatch(batch: Batch): boolean {
      const before = beforeDeletions(batch.changes);
      const applied = server.applyBatch(batch);
      if (applied === null) return false;
      noteArrivals(applied.fresh);
      changed(applied.changedIds);
      // an echo answers the operation too: it may come before the mutation's own answer
      for (const change of applied.fresh) outbox.acknowledge(change.clientMutationId, change);
      keepDrafts(applied.fresh, before);
      return true;
    },

    /** Marks a place; answers the annotation's id. */
    tag(place: Pick<Annotation, "fragments" | "quote">, labelId: string): string {
      const id = uuidv7();
      const { fragments, quote } = place;
      const of = perform({ kind: "createAnnotation", id, labelId, fragments, quote });
      timeline.did({ kind: "delete", id, left: { labelId, fragments, attributes: {}, note: "" }, of });
      tell([]);
      return id;
    },
    update(id: string, patch: AnnotationPatch) {
      const annotation = entries.get(id);
      // a change that changes nothing would count a version here that the server doesn't
      if (annotation === undefined || isSameContent(annotation, { ...annotation, ...patch })) return;
      timeline.act({ kind: "update", id, patch });
      tell([]);
    },
    remove(id: string) {
      timeline.act({ kind: "delete", id });
      tell([]);
    },
    link(typeId: string, sourceId: string, targetId: string) {
      timeline.act({ kind: "link", typeId, sourceId, targetId });
      tell([]);
    },
    unlink(id: string) {
      timeline.act({ kind: "unlink", id });
      tell([]);
    },
    restore(annotation: Annotation) {
      timeline.act({ kind: "restore", id: annotation.id, left: annotation, relations: [] });
      tell([]);
    },
    say(annotationId: string, body: string) {
      timeline.act({ kind: "say", annotationId, body });
      tell([]);
    },
    changeComment(id: string, patch: CommentPatch) {
      timeline.act({ kind: "changeComment", id, patch });
      tell([]);
    },
    unsay(id: string) {
      timeline.act({ kind: "unsay", id });
      tell([]);
    },
    /** Says how far one is with the document, in place of what was refused. */
    setStatus(status: WorkStatus) {
      const held = heldOf(operations);
      const refused = operations.filter((one) => one.command.kind === "setStatus" && held.has(one));
      if (refused.length > 0) outbox.edit({ remove: refused });
      perform({ kind: "setStatus", id: document.id, status });
    },
    /** What `run` does shows at once, and is taken back and done again as one. */
    asOneAct: (run: () => void) => together(() => timeline.asOne(run)),
    /** Takes back one's last act; answers why that is impossible, or null when it was done. */
    undo: (mayChange: MayChange) => travel("undo", mayChange),
    redo: (mayChange: MayChange) => travel("redo", mayChange),
    /** When all that was done until now is kept on this device. */
    written: outbox.written,
    decide: createDecisions({
      server,
      operations: () => operations,
      edit: outbox.edit,
      timeline,
    }),
    dispose() {
      stopListening();
      arrivals.dispose();
    },
  };
}
