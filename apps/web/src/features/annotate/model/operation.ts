// A change of one's own on its way to the server: what it does, and how far it has come. Pure data that survives a
// reload; nothing here sends.
import type { Fragment } from "@concord/core";
import type { WorkStatus } from "../../../gql/graphql.ts";
import type { Annotation, Comment, Person, Relation } from "./entities.ts";

export interface AnnotationPatch {
  readonly labelId?: string;
  readonly fragments?: readonly Fragment[];
  /** Goes with `fragments`: what stands there. The server cuts its own. */
  readonly quote?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly note?: string;
}

export interface CommentPatch {
  readonly body?: string;
  readonly resolved?: boolean;
}

/** `base` is the annotation as the person saw it when they did this, which a conflict is told against; null if unknown. */
export type Command =
  | {
      readonly kind: "createAnnotation";
      readonly id: string;
      readonly labelId: string;
      readonly fragments: readonly Fragment[];
      readonly quote: string;
    }
  | {
      readonly kind: "updateAnnotation";
      readonly id: string;
      readonly expectedVersion: number;
      readonly patch: AnnotationPatch;
      readonly base: Annotation | null;
    }
  | {
      readonly kind: "deleteAnnotation";
      readonly id: string;
      readonly expectedVersion: number;
      readonly base: Annotation | null;
    }
  | {
      readonly kind: "restoreAnnotation";
      readonly id: string;
      readonly base: Annotation | null;
      /** What went with it, as far as it is known: shown at once, brought back by the server. */
      readonly relations: readonly Relation[];
      /** Absent from what was kept before there were comments here. */
      readonly comments?: readonly Comment[];
    }
  | {
      readonly kind: "createRelation";
      readonly id: string;
      readonly typeId: string;
      readonly sourceId: string;
      readonly targetId: string;
    }
  | { readonly kind: "deleteRelation"; readonly id: string }
  /** `base` is what it was: shown at once. */
  | { readonly kind: "restoreRelation"; readonly id: string; readonly base: Relation }
  | {
      readonly kind: "createComment";
      readonly id: string;
      readonly annotationId: string;
      readonly body: string;
    }
  /** There are no versions of a comment: who changes one says what it shall be. */
  | {
      readonly kind: "updateComment";
      readonly id: string;
      readonly annotationId: string;
      readonly patch: CommentPatch;
      readonly base: Comment;
    }
  | { readonly kind: "deleteComment"; readonly id: string; readonly annotationId: string }
  | {
      readonly kind: "restoreComment";
      readonly id: string;
      readonly annotationId: string;
      readonly base: Comment;
    }
  /** How far one is with the document, whose id it is. */
  | { readonly kind: "setStatus"; readonly id: string; readonly status: WorkStatus };

export type CommentCommand = Extract<Command, { readonly kind: `${string}Comment` }>;

export function isCommentCommand(command: Command): command is CommentCommand {
  return command.kind.endsWith("Comment");
}

/** The annotation that a command is about; null where it is about two, or about the document. */
export function annotationIdOf(command: Command): string | null {
  if (isCommentCommand(command)) return command.annotationId;
  return isRelationCommand(command) || command.kind === "setStatus" ? null : command.id;
}

export function isRelationCommand(
  command: Command,
): command is Extract<Command, { readonly kind: `${string}Relation` }> {
  return command.kind.endsWith("Relation");
}

/** The server's version where it is not the one a change was made from. */
export interface CurrentVersion {
  readonly version: number;
  readonly labelId: string;
  readonly fragments: readonly Fragment[];
  readonly note: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly updatedBy: Person;
}

export interface Problem {
  readonly code: string;
  /** The path into the input that was refused; null when it is about no field. */
  readonly field: string | null;
  readonly message: string;
  /** Set for a conflict over a version. */
  readonly current: CurrentVersion | null;
  /** Who deleted the annotation, or the comment, meanwhile; null when that is not what happened. */
  readonly deletedBy: Person | null;
}

export interface Operation {
  readonly clientMutationId: string;
  /** Sorts operations as they go to the server; the clientMutationId, unless it was put before another one. */
  readonly order: string;
  readonly document: { readonly id: string; readonly title: string };
  /** When it was made, by this machine's clock. */
  readonly at: string;
  /** The document's revision that the person had seen then. */
  readonly seen: number;
  readonly command: Command;
  readonly state: "waiting" | "refused";
  readonly problem: Problem | null;
}

/** The entities a command stands or falls with. */
export function targetsOf(command: Command): string[] {
  if (isCommentCommand(command)) return [command.id, command.annotationId];
  if (command.kind === "createRelation") return [command.id, command.sourceId, command.targetId];
  if (command.kind === "restoreRelation") return [command.id, command.base.sourceId, command.base.targetId];
  return [command.id];
}

export function inOrder(operations: Iterable<Operation>): Operation[] {
  return [...operations].sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
}

/** Whether the annotation is not there before this one is decided. */
const isAboutMissing = ({ command, problem }: Operation): boolean =>
  command.kind === "createAnnotation" || command.kind === "restoreAnnotation" || problem?.deletedBy != null;

/** Those that can't go before a decision: what was refused, and whatever builds on it. */
export function heldOf(operations: readonly Operation[]): ReadonlySet<Operation> {
  const ids = new Set<string>();
  const missing = new Set<string>();
  const held = new Set<Operation>();
  for (const operation of operations) {
    const { command, state } = operation;
    // people talk about what two of them have changed: only what isn't there can't be talked about
    const waits = isCommentCommand(command)
      ? ids.has(command.id) || missing.has(command.annotationId)
      : targetsOf(command).some((id) => ids.has(id));
    if (state === "waiting" && !waits) continue;
    held.add(operation);
    ids.add(command.id);
    if (isAboutMissing(operation)) missing.add(annotationIdOf(command) ?? command.id);
  }
  return held;
}

/** The next operation that may go: in order, past those that wait for a decision and whatever builds on them. */
export function nextToSend(operations: readonly Operation[]): Operation | null {
  const held = heldOf(operations);
  return operations.find((operation) => !held.has(operation)) ?? null;
}

/** An operation with all later ones that make no sense without it. */
export function withWhatBuildsOn(operations: readonly Operation[], given: Operation): Operation[] {
  // a relation falls with an annotation that was to come here, not with another change of it
  const isMade = given.command.kind === "createAnnotation" || given.command.kind === "restoreAnnotation";
  const ids = new Set([given.command.id]);
  const built = operations.slice(operations.indexOf(given) + 1).filter(({ command }) => {
    const builds = (isMade ? targetsOf(command) : [command.id]).some((id) => ids.has(id));
    if (builds) ids.add(command.id);
    return builds;
  });
  return [given, ...built];
}

/** How an annotation looks with one's own unanswered change on top; undefined when it is gone. */
export function foldAnnotation(
  present: Annotation | undefined,
  operation: Operation,
  author: Person,
): Annotation | undefined {
  const { command, at, state } = operation;
  switch (command.kind) {
    case "createAnnotation":
      if (present !== undefined) return present;
      return {
        id: command.id,
        labelId: command.labelId,
        fragments: command.fragments,
        quote: command.quote,
        attributes: {},
        note: "",
        createdBy: author,
        createdAt: at,
        updatedBy: author,
        updatedAt: at,
        version: 1,
      };
    case "updateAnnotation":
      return present === undefined
        ? undefined
        : { ...present, ...command.patch, updatedBy: author, updatedAt: at, version: present.version + 1 };
    case "deleteAnnotation":
      // a refused deletion leaves the annotation where it was
      return state === "refused" ? present : undefined;
    case "restoreAnnotation":
      if (present !== undefined || command.base === null || state === "refused") return present;
      return { ...command.base, version: command.base.version + 1 };
    default:
      return present;
  }
}

/**
 * Later changes of the same annotation, counted from the version that an update was answered with. They were made on top
 * of it, so that version is what they expect, whatever this page had counted: an update that changed nothing makes no
 * version, and one whose answer was lost may be in what was read from the server already.
 */
export function countedFrom(
  operations: readonly Operation[],
  answered: Operation,
  version: number,
): Operation[] {
  if (answered.command.kind !== "updateAnnotation") return [];
  const counted: Operation[] = [];
  let expected = version;
  for (const operation of operations.slice(operations.indexOf(answered) + 1)) {
    const { command } = operation;
    if (command.id !== answered.command.id) continue;
    if (command.kind === "updateAnnotation" || command.kind === "deleteAnnotation") {
      if (command.expectedVersion !== expected)
        counted.push({ ...operation, command: { ...command, expectedVersion: expected } });
    }
    if (command.kind === "updateAnnotation" || command.kind === "restoreAnnotation") expected++;
  }
  return counted;
}
