// A change of one's own on its way to the server: what it does, and how far it has come. Pure data that survives a
// reload; nothing here sends.
import type { Fragment } from "@concord/core";
import type { Annotation, Person } from "./entities.ts";

export interface AnnotationPatch {
  readonly labelId?: string;
  readonly fragments?: readonly Fragment[];
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly note?: string;
}

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
    }
  | { readonly kind: "deleteAnnotation"; readonly id: string; readonly expectedVersion: number }
  | { readonly kind: "restoreAnnotation"; readonly id: string }
  | {
      readonly kind: "createRelation";
      readonly id: string;
      readonly typeId: string;
      readonly sourceId: string;
      readonly targetId: string;
    }
  | { readonly kind: "deleteRelation"; readonly id: string };

/** The server's version where it is not the one a change was made from. */
export interface CurrentVersion {
  readonly version: number;
  readonly labelId: string;
  readonly note: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly updatedBy: Person;
}

export interface Problem {
  readonly code: string;
  readonly message: string;
  /** Set for a conflict over a version. */
  readonly current: CurrentVersion | null;
}

export interface Operation {
  readonly clientMutationId: string;
  /** When it was made, by this machine's clock. */
  readonly at: string;
  readonly command: Command;
  readonly state: "waiting" | "sending" | "refused";
  readonly problem: Problem | null;
}

/** The entities a command stands or falls with. */
export function targetsOf(command: Command): string[] {
  return command.kind === "createRelation" ? [command.id, command.sourceId, command.targetId] : [command.id];
}

/** The next operation that may go: in order, past those that wait for a decision and whatever builds on them. */
export function nextToSend(operations: readonly Operation[]): Operation | null {
  const held = new Set<string>();
  for (const operation of operations) {
    const targets = targetsOf(operation.command);
    if (operation.state === "sending") return null;
    if (operation.state === "waiting" && !targets.some((id) => held.has(id))) return operation;
    held.add(operation.command.id);
  }
  return null;
}

/** How an annotation looks with one's own unanswered change on top; undefined when it is gone. */
export function foldAnnotation(
  base: Annotation | undefined,
  operation: Operation,
  author: Person,
  deleted: Annotation | undefined,
): Annotation | undefined {
  const { command, at } = operation;
  switch (command.kind) {
    case "createAnnotation":
      if (base !== undefined) return base;
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
      return base === undefined
        ? undefined
        : { ...base, ...command.patch, updatedBy: author, updatedAt: at, version: base.version + 1 };
    case "deleteAnnotation":
      // a refused deletion leaves the annotation where it was
      return operation.state === "refused" ? base : undefined;
    case "restoreAnnotation":
      return base ?? (deleted === undefined ? undefined : { ...deleted, version: deleted.version + 1 });
    default:
      return base;
  }
}

/** What remains when an operation is given up: without what built on it, the rest counted from the present version. */
export function withoutOperation(
  operations: readonly Operation[],
  given: Operation,
  version: number,
  newId: () => string,
): Operation[] {
  const rest = operations.filter((operation) => operation !== given);
  const { command } = given;
  if (command.kind === "createAnnotation")
    return rest.filter((operation) => !targetsOf(operation.command).includes(command.id));
  let expected = version;
  return rest.map((operation) => {
    const other = operation.command;
    const isLater = operations.indexOf(operation) > operations.indexOf(given);
    if (!isLater || other.id !== command.id) return operation;
    if (other.kind !== "updateAnnotation" && other.kind !== "deleteAnnotation") return operation;
    return { ...operation, clientMutationId: newId(), command: { ...other, expectedVersion: expected++ } };
  });
}

/** The same change, made from the server's version. */
export function onTopOf(operation: Operation, version: number, newId: () => string): Operation {
  const { command } = operation;
  if (command.kind !== "updateAnnotation" && command.kind !== "deleteAnnotation") return operation;
  return {
    ...operation,
    clientMutationId: newId(),
    command: { ...command, expectedVersion: version },
    state: "waiting",
    problem: null,
  };
}
