// Entities and changes for tests, with what a test doesn't care about filled in.
import type { WorkStatus } from "../../../gql/graphql.ts";
import type { Annotation, Comment, Label, Person, Relation } from "./entities.ts";
import type { KeyValueStore } from "./note-draft.ts";
import type { AnnotationPatch, Command, CurrentVersion, Operation, Problem } from "./operation.ts";
import type { OutboxStorage } from "./outbox-storage.ts";
import type { Change } from "./server-state.ts";

export const MIRA: Person = { id: "mira", name: "Mira" };
export const DOV: Person = { id: "dov", name: "Dov" };
export const DOCUMENT = { id: "document", title: "A report" };

export function buildAnnotation(id: string, fields: Partial<Annotation> = {}): Annotation {
  return {
    id,
    labelId: "claim",
    fragments: [{ start: 0, end: 4 }],
    quote: "text",
    attributes: {},
    note: "",
    createdBy: MIRA,
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedBy: MIRA,
    updatedAt: "2026-01-01T00:00:00.000Z",
    version: 1,
    ...fields,
  };
}

export function buildLabel(id: string, fields: Partial<Label> = {}): Label {
  return {
    id,
    name: id,
    color: "GREEN",
    letter: id.charAt(0),
    shortcut: null,
    description: "",
    isArchived: false,
    attributes: [],
    ...fields,
  };
}

export function buildRelation(id: string, sourceId: string, targetId: string, createdBy = MIRA): Relation {
  return { id, typeId: "states", sourceId, targetId, createdBy, createdAt: "2026-01-01T00:00:00.000Z" };
}

export function buildComment(id: string, annotationId: string, fields: Partial<Comment> = {}): Comment {
  const createdAt = "2026-01-01T00:00:00.000Z";
  return { id, annotationId, body: "Why?", author: MIRA, createdAt, resolvedAt: null, ...fields };
}

export function saved(
  revision: number,
  annotation: Annotation,
  relations: readonly Relation[] = [],
  comments: readonly Comment[] = [],
): Change {
  const author = annotation.updatedBy;
  const header = { revision, author, clientMutationId: null };
  return { ...header, kind: "annotationSaved", annotation, relations, comments };
}

export function commentSaved(revision: number, comment: Comment): Change {
  return { kind: "commentSaved", revision, author: comment.author, clientMutationId: null, comment };
}

export function commentDeleted(revision: number, commentId: string): Change {
  return { kind: "commentDeleted", revision, author: DOV, clientMutationId: null, commentId };
}

export function deleted(revision: number, annotationId: string, relationIds: readonly string[] = []): Change {
  return {
    kind: "annotationDeleted",
    revision,
    author: DOV,
    clientMutationId: null,
    annotationId,
    relationIds,
  };
}

export function statusSaved(myStatus: WorkStatus): Change {
  const document = { id: DOCUMENT.id, myStatus, statuses: [] };
  return { kind: "statusSaved", revision: 0, author: MIRA, clientMutationId: null, document };
}

export function buildOperation(
  clientMutationId: string,
  command: Command,
  state: Operation["state"] = "waiting",
): Operation {
  return {
    clientMutationId,
    order: clientMutationId,
    document: DOCUMENT,
    at: "2026-01-02T00:00:00.000Z",
    seen: 0,
    command,
    state,
    problem: null,
  };
}

/** A change of one field or more, made from what is given. */
export function buildUpdate(base: Annotation, patch: AnnotationPatch): Command {
  return { kind: "updateAnnotation", id: base.id, expectedVersion: base.version, patch, base };
}

export function buildProblem(fields: Partial<Problem> = {}): Problem {
  return { code: "BAD_USER_INPUT", field: null, message: "No.", current: null, deletedBy: null, ...fields };
}

/** The refusal of a change that was made from a stale version. */
export function conflictWith(theirs: Annotation): Problem {
  const { version, labelId, fragments, note, attributes, updatedBy } = theirs;
  const current: CurrentVersion = { version, labelId, fragments, note, attributes, updatedBy };
  return buildProblem({ code: "CONFLICT", message: "stale", current });
}

/** A storage in memory, for as long as the test keeps it. */
export function createMemoryOutbox(): OutboxStorage & { readonly kept: ReadonlyMap<string, Operation> } {
  const kept = new Map<string, Operation>();
  return {
    kept,
    load: async () => [...kept.values()],
    async write(save, remove) {
      for (const operation of save) kept.set(operation.clientMutationId, operation);
      for (const id of remove) kept.delete(id);
      return true;
    },
    close: () => undefined,
  };
}

/** Lets everything that has been promised come to pass. */
export const settle = () => new Promise<void>((done) => setImmediate(done));

/** A `Storage` in memory. */
export function createMemoryStore(): KeyValueStore {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    key: (index) => [...values.keys()][index] ?? null,
    get length() {
      return values.size;
    },
  };
}
