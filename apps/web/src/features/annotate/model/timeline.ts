// Does one's acts and takes them back: each act becomes an operation, and a step that reverses it.
import { v7 as uuidv7 } from "uuid";
import { t } from "../../../words/words.ts";
import { lastAct, obstaclesInWords } from "./act.ts";
import type { Annotation, Comment } from "./entities.ts";
import type { Entry } from "./entries.ts";
import {
  type AnnotationPatch,
  type Command,
  type CommentPatch,
  heldOf,
  type Operation,
  withWhatBuildsOn,
} from "./operation.ts";
import type { Edit } from "./outbox.ts";
import {
  commentBefore,
  fieldsBefore,
  noteDone,
  noteStep,
  obstacleTo,
  ownPatch,
  type Side,
  type Step,
  type UndoStack,
  type World,
  withoutActs,
} from "./undo.ts";
import type { UndoStorage } from "./undo-storage.ts";

/** Something that a person does; what is new gets an id, if it has none. */
export type Act =
  | { readonly kind: "delete"; readonly id: string }
  | Pick<Step & { kind: "restore" }, "kind" | "id" | "left" | "relations" | "comments">
  | { readonly kind: "update"; readonly id: string; readonly patch: AnnotationPatch }
  | {
      readonly kind: "link";
      readonly id?: string;
      readonly typeId: string;
      readonly sourceId: string;
      readonly targetId: string;
    }
  | { readonly kind: "unlink"; readonly id: string }
  | Pick<Step & { kind: "relink" }, "kind" | "id" | "left">
  | { readonly kind: "say"; readonly id?: string; readonly annotationId: string; readonly body: string }
  | Pick<Step & { kind: "resay" }, "kind" | "id" | "left">
  | { readonly kind: "changeComment"; readonly id: string; readonly patch: CommentPatch }
  | { readonly kind: "unsay"; readonly id: string };

export type MayChange = World["mayChange"];

export interface TimelineOptions {
  readonly world: Omit<World, "mayChange" | "annotation"> & {
    annotation(id: string): Entry | undefined;
  };
  readonly storage: UndoStorage;
  readonly operations: () => readonly Operation[];
  /** Answers the operation's id. */
  readonly perform: (command: Command) => string;
  readonly edit: (edit: Edit) => void;
}

/** An entry without what only the screen needs. */
export function annotationOf({ state: _state, operation: _operation, ...annotation }: Entry): Annotation {
  return annotation;
}

/** A shown comment without what only the screen needs. */
function commentOf({ id, annotationId, body, author, createdAt, resolvedAt }: Comment): Comment {
  return { id, annotationId, body, author, createdAt, resolvedAt };
}

export function createTimeline({ world, storage, operations, perform, edit }: TimelineOptions) {
  let stack = storage.load();
  /** The id of the act of which several steps are being done. */
  let together: string | null = null;

  function keep(next: UndoStack): void {
    stack = next;
    if (together === null) storage.save(next);
  }

  function note(takesBack: Step): void {
    keep(noteDone(stack, together === null ? takesBack : { ...takesBack, act: together }));
  }

  /** What `run` does is one act. */
  function asOne(run: () => void): void {
    together = uuidv7();
    try {
      run();
    } finally {
      together = null;
      keep(stack);
    }
  }

  /** Does it and answers the step that takes it back; null when there is nothing to do it to. */
  function take(act: Act): Step | null {
    switch (act.kind) {
      case "delete": {
        const entry = world.annotation(act.id);
        if (entry === undefined) return null;
        const base = annotationOf(entry);
        const relations = world.relationsOf(act.id);
        const of = perform({ kind: "deleteAnnotation", id: act.id, expectedVersion: base.version, base });
        const comments = world.commentsOf(act.id).map(commentOf);
        return { kind: "restore", id: act.id, left: base, relations, comments, of };
      }
      case "restore": {
        const { id, left, relations, comments = [] } = act;
        const of = perform({ kind: "restoreAnnotation", id, base: left, relations, comments });
        return { kind: "delete", id, left, of };
      }
      case "update": {
        const { id, patch } = act;
        const entry = world.annotation(id);
        if (entry === undefined) return null;
        const base = annotationOf(entry);
        const of = perform({ kind: "updateAnnotation", id, expectedVersion: base.version, patch, base });
        return { kind: "update", id, patch: fieldsBefore(base, patch), from: patch, of };
      }
      case "link": {
        const { id = uuidv7(), typeId, sourceId, targetId } = act;
        const of = perform({ kind: "createRelation", id, typeId, sourceId, targetId });
        return { kind: "unlink", id, of };
      }
      case "unlink": {
        const left = world.relation(act.id);
        if (left === undefined) return null;
        const of = perform({ kind: "deleteRelation", id: act.id });
        return { kind: "relink", id: act.id, left, of };
      }
      case "relink": {
        const of = perform({ kind: "restoreRelation", id: act.id, base: act.left });
        return { kind: "unlink", id: act.id, of };
      }
      default:
        return takeComment(act);
    }
  }

  /** Says, changes or takes back a comment; see `take`. */
  function takeComment(
    act: Act & { readonly kind: "say" | "resay" | "changeComment" | "unsay" },
  ): Step | null {
    if (act.kind === "say") {
      const { id = uuidv7(), annotationId, body } = act;
      const of = perform({ kind: "createComment", id, annotationId, body });
      return { kind: "unsay", id, of };
    }
    if (act.kind === "resay") {
      const { id, left } = act;
      const of = perform({ kind: "restoreComment", id, annotationId: left.annotationId, base: left });
      return { kind: "unsay", id, of };
    }
    const comment = world.comment(act.id);
    if (comment === undefined) return null;
    const { id, annotationId } = comment;
    const base = commentOf(comment);
    if (act.kind === "changeComment") {
      const { patch } = act;
      const of = perform({ kind: "updateComment", id, annotationId, patch, base });
      return { kind: "changeComment", id, patch: commentBefore(base, patch), from: patch, of };
    }
    const of = perform({ kind: "deleteComment", id, annotationId });
    return { kind: "resay", id, left: base, of };
  }

  function actOf(step: Step): Act {
    const annotation = step.kind === "update" ? world.annotation(step.id) : undefined;
    if (step.kind !== "update" || annotation === undefined) return step;
    return { kind: "update", id: step.id, patch: ownPatch(step, annotation) };
  }

  /** The act's operation where it can't go before a decision: it is given up then, and nothing has to be sent. */
  function stuck(step: Step): Operation | undefined {
    const all = operations();
    const operation = all.find(({ clientMutationId }) => clientMutationId === step.of);
    return operation !== undefined && heldOf(all).has(operation) ? operation : undefined;
  }

  /** Gives an act up that the server never took; answers the step that does it again. */
  function giveUp(operation: Operation): Step | null {
    const { command, clientMutationId: of } = operation;
    edit({ remove: withWhatBuildsOn(operations(), operation) });
    switch (command.kind) {
      case "updateAnnotation": {
        const now = world.annotation(command.id);
        if (now === undefined) return null;
        return {
          kind: "update",
          id: command.id,
          patch: command.patch,
          from: fieldsBefore(now, command.patch),
          of,
        };
      }
      case "deleteAnnotation": {
        const now = world.annotation(command.id);
        return now === undefined ? null : { kind: "delete", id: command.id, left: annotationOf(now), of };
      }
      case "createRelation": {
        const { id, typeId, sourceId, targetId } = command;
        return { kind: "link", id, typeId, sourceId, targetId, of };
      }
      case "createComment": {
        const { id, annotationId, body } = command;
        return { kind: "say", id, annotationId, body, of };
      }
      case "updateComment": {
        const now = world.comment(command.id);
        const { id, patch } = command;
        return now === undefined
          ? null
          : { kind: "changeComment", id, patch, from: commentBefore(now, patch), of };
      }
      case "deleteComment":
        return world.comment(command.id) === undefined ? null : { kind: "unsay", id: command.id, of };
      case "deleteRelation":
        return world.relation(command.id) === undefined ? null : { kind: "unlink", id: command.id, of };
      case "restoreRelation":
        return { kind: "relink", id: command.id, left: command.base, of };
      case "restoreComment":
        return { kind: "resay", id: command.id, left: command.base, of };
      default:
        return null;
    }
  }

  /** Takes the last step of one side; answers why that is impossible, or null when it was done. */
  function travelStep(side: Side, mayChange: MayChange): string | null {
    const step = stack[side].at(-1);
    if (step === undefined) return null;
    const given = stuck(step);
    const obstacle = given === undefined ? obstacleTo(step, { ...world, mayChange }) : null;
    const done = () => (given === undefined ? take(actOf(step)) : giveUp(given));
    const inverse = obstacle === null ? done() : null;
    keep(noteStep(stack, side, inverse && step.act ? { ...inverse, act: step.act } : inverse));
    return obstacle;
  }

  return {
    stack: () => stack,
    asOne,
    did: note,
    act(act: Act) {
      const inverse = take(act);
      if (inverse !== null) note(inverse);
    },
    /** Takes one act back or forward; answers why that is impossible, or null when it was done. */
    travel(side: Side, mayChange: MayChange): string | null {
      const steps = lastAct(stack[side]);
      if (steps.length === 0) return t(side === "undo" ? "undo:nothing" : "undo:nothingToRedo");
      const obstacles: string[] = [];
      asOne(() => {
        for (let count = 0; count < steps.length; count++) {
          const obstacle = travelStep(side, mayChange);
          if (obstacle !== null) obstacles.push(obstacle);
        }
      });
      return obstaclesInWords(obstacles, steps.length);
    },
    /** Acts that came to nothing have nothing to take back. */
    forget(operationIds: ReadonlySet<string>) {
      keep(withoutActs(stack, operationIds));
    },
  };
}

export type Timeline = ReturnType<typeof createTimeline>;
