// A refused change as a person is asked about it: both versions and the ways on. A question is about an annotation, with
// all of one's own changes of it that wait behind the refused one, so that one answer settles them together. Pure.
import type { Annotation, Comment, Person } from "./entities.ts";
import { differences, type FieldName, patchOf } from "./fields.ts";
import {
  type AnnotationPatch,
  type CurrentVersion,
  isCommentCommand,
  type Operation,
  withWhatBuildsOn,
} from "./operation.ts";
import type { Edit } from "./outbox.ts";

export type Question =
  /** Somebody changed what one changed or deleted oneself. */
  | {
      readonly kind: "changed";
      readonly operation: Operation;
      readonly theirs: CurrentVersion;
      readonly mine: Annotation;
      /** What one was looking at; null if that is not known. */
      readonly base: Annotation | null;
      readonly isDeletion: boolean;
      readonly myFields: readonly FieldName[];
      readonly theirFields: readonly FieldName[];
    }
  /** Somebody deleted what one changed. */
  | {
      readonly kind: "deleted";
      readonly operation: Operation;
      readonly by: Person;
      readonly mine: Annotation;
      readonly myFields: readonly FieldName[];
    }
  /** Somebody deleted the annotation that one said something about, or one's comment that one put in other words. */
  | {
      readonly kind: "unheard";
      readonly operation: Operation;
      readonly by: Person;
      readonly body: string;
      readonly isAnnotationGone: boolean;
    }
  /** Anything else: the reason is in the problem. */
  | { readonly kind: "refused"; readonly operation: Operation };

/** One's own changes of the same thing, from the refused one on. */
function chainOf(operations: readonly Operation[], refused: Operation): Operation[] {
  return operations
    .slice(operations.findIndex(({ clientMutationId }) => clientMutationId === refused.clientMutationId))
    .filter(({ command }) => command.id === refused.command.id);
}

/** The annotation as one has it oneself, with the versions of others left out. */
function mineOf(chain: readonly Operation[], start: Annotation): Annotation {
  const patches = chain.map(({ command }) => (command.kind === "updateAnnotation" ? command.patch : {}));
  return Object.assign({}, start, ...patches);
}

const asAnnotation = (current: CurrentVersion, like: Annotation | null, id: string): Annotation => ({
  id,
  labelId: current.labelId,
  fragments: current.fragments,
  quote: like?.quote ?? "",
  attributes: current.attributes,
  note: current.note,
  createdBy: like?.createdBy ?? current.updatedBy,
  createdAt: like?.createdAt ?? "",
  updatedBy: current.updatedBy,
  updatedAt: like?.updatedAt ?? "",
  version: current.version,
});

/** What the server has by now of what a refused change is about. */
export interface Known {
  /** Of a comment, the one that it is about. */
  readonly annotation: Annotation | undefined;
  readonly comment: Comment | undefined;
}

function commentQuestionOf(refused: Operation, { annotation, comment }: Known): Question {
  const { command, problem } = refused;
  const body =
    command.kind === "createComment"
      ? command.body
      : command.kind === "updateComment"
        ? command.patch.body
        : undefined;
  const isAnnotationGone = annotation === undefined;
  const isThere = !isAnnotationGone && (command.kind === "createComment" || comment !== undefined);
  if (problem?.deletedBy == null || body === undefined || isThere)
    return { kind: "refused", operation: refused };
  return { kind: "unheard", operation: refused, by: problem.deletedBy, body, isAnnotationGone };
}

const NOTHING_KNOWN: Known = { annotation: undefined, comment: undefined };

export function questionOf(
  operations: readonly Operation[],
  refused: Operation,
  now: Known = NOTHING_KNOWN,
): Question {
  const { command, problem } = refused;
  const refusal: Question = { kind: "refused", operation: refused };
  if (isCommentCommand(command)) return commentQuestionOf(refused, now);
  const known = now.annotation;
  if (problem === null || (command.kind !== "updateAnnotation" && command.kind !== "deleteAnnotation"))
    return refusal;
  const chain = chainOf(operations, refused);
  const { base } = command;
  if (problem.deletedBy !== null && base !== null) {
    const mine = mineOf(chain, base);
    return {
      kind: "deleted",
      operation: refused,
      by: problem.deletedBy,
      mine,
      myFields: differences(base, mine),
    };
  }
  if (problem.current === null) return refusal;
  const theirs = known !== undefined && known.version > problem.current.version ? known : problem.current;
  // without what it was made from, everything that was asked for counts as changed
  const start = base ?? asAnnotation(theirs, null, command.id);
  const mine = mineOf(chain, start);
  return {
    kind: "changed",
    operation: refused,
    theirs,
    mine,
    base,
    isDeletion: chain.at(-1)?.command.kind === "deleteAnnotation",
    myFields: differences(start, mine),
    theirFields: base === null ? [] : differences(base, theirs),
  };
}

/** Whether theirs and one's own are the same after all, or nothing is left that it could be about. */
export function isMoot(refused: Operation): boolean {
  const { command, problem } = refused;
  if (command.kind === "updateComment" && command.patch.body === undefined) return problem?.deletedBy != null;
  const question = questionOf([refused], refused);
  return (
    question.kind === "changed" &&
    !question.isDeletion &&
    question.myFields.length > 0 &&
    question.myFields.every((name) => !differences(question.mine, question.theirs).includes(name))
  );
}

/** The fields that both set, each to something else. */
export function contested({
  myFields,
  mine,
  theirs,
  theirFields,
  base,
}: Question & { kind: "changed" }): FieldName[] {
  const different = differences(mine, theirs);
  return myFields.filter((name) => different.includes(name) && (base === null || theirFields.includes(name)));
}

/** One question for each thing that is refused, in order. */
export function refusedOnes(operations: readonly Operation[]): Operation[] {
  return operations.filter(({ state }) => state === "refused");
}

export const isConflict = ({ problem }: Operation): boolean =>
  problem?.current != null || problem?.deletedBy != null;

/** Gives one's own up: theirs stays, or it stays deleted, or it never comes to be. */
export function giveUp(operations: readonly Operation[], refused: Operation): Edit {
  return { remove: withWhatBuildsOn(operations, refused) };
}

/** Says it all the same: brings the annotation back where it is gone, and the comment as a new one where that is. */
export function sayAnyway(
  question: Question & { kind: "unheard" },
  base: Annotation | null,
  newId: () => string,
): Edit {
  const { operation, body, isAnnotationGone } = question;
  const { command } = operation;
  if (!isCommentCommand(command)) return {};
  const { annotationId } = command;
  const waiting = { ...operation, state: "waiting", problem: null } as const;
  if (!isAnnotationGone) {
    const clientMutationId = newId();
    const again = { kind: "createComment", id: newId(), annotationId, body } as const;
    return { save: [{ ...waiting, clientMutationId, command: again }], remove: [operation] };
  }
  return {
    save: [
      {
        ...waiting,
        clientMutationId: newId(),
        command: { kind: "restoreAnnotation", id: annotationId, base, relations: [] },
      },
      { ...waiting, order: `${operation.order}~` },
    ],
  };
}

/** One's own on top of theirs: what only they changed stays. */
export function putOnTop(operations: readonly Operation[], question: Question & { kind: "changed" }): Edit {
  const { operation, theirs, mine, myFields, isDeletion } = question;
  const chain = chainOf(operations, operation);
  const { command } = operation;
  const base = asAnnotation(theirs, question.base, command.id);
  const waiting = { ...operation, state: "waiting", problem: null } as const;
  const rest = chain.filter((one) => one !== operation);
  const expectedVersion = theirs.version;
  if (isDeletion)
    return {
      save: [{ ...waiting, command: { kind: "deleteAnnotation", id: command.id, expectedVersion, base } }],
      remove: rest,
    };
  const patch = patchOf(myFields, mine, theirs);
  return {
    save: [
      { ...waiting, command: { kind: "updateAnnotation", id: command.id, expectedVersion, patch, base } },
    ],
    remove: rest,
  };
}

/** Brings back what somebody deleted, then one's own changes; should it have been changed before, that is asked then. */
export function restoreWithMine(
  operations: readonly Operation[],
  { operation, mine, myFields }: Question & { kind: "deleted" },
  newId: () => string,
): Edit {
  const { command } = operation;
  if (command.kind !== "updateAnnotation" || command.base === null) return {};
  const { base } = command;
  const waiting = { ...operation, state: "waiting", problem: null } as const;
  const patch: AnnotationPatch = patchOf(myFields, mine, base);
  return {
    save: [
      {
        ...waiting,
        clientMutationId: newId(),
        command: { kind: "restoreAnnotation", id: command.id, base, relations: [] },
      },
      {
        ...waiting,
        clientMutationId: newId(),
        order: `${operation.order}~`,
        command: { kind: "updateAnnotation", id: command.id, expectedVersion: base.version + 1, patch, base },
      },
    ],
    remove: chainOf(operations, operation),
  };
}
