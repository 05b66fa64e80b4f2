// Entities and changes for tests, with what a test doesn't care about filled in.
import type { Annotation, Person, Relation } from "./entities.ts";
import type { Command, Operation } from "./operation.ts";
import type { KeyValueStore } from "./outbox-storage.ts";
import type { Change } from "./server-state.ts";

export const MIRA: Person = { id: "mira", name: "Mira" };
export const DOV: Person = { id: "dov", name: "Dov" };

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

export function buildRelation(id: string, sourceId: string, targetId: string, createdBy = MIRA): Relation {
  return { id, typeId: "states", sourceId, targetId, createdBy, createdAt: "2026-01-01T00:00:00.000Z" };
}

export function saved(revision: number, annotation: Annotation, relations: readonly Relation[] = []): Change {
  const author = annotation.updatedBy;
  return { kind: "annotationSaved", revision, author, clientMutationId: null, annotation, relations };
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

export function buildOperation(
  clientMutationId: string,
  command: Command,
  state: Operation["state"] = "waiting",
): Operation {
  return { clientMutationId, at: "2026-01-02T00:00:00.000Z", command, state, problem: null };
}

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
