// What the server has told so far: annotations and relations as of their latest known change. Batches from the
// subscription, pages of the first read and answers to own mutations may come in any order and more than once; each
// entity takes a change only if it is newer than what is known of it, so applying is idempotent.
import type { Annotation, Person, Relation } from "./entities.ts";

interface ChangeHeader {
  readonly revision: number;
  readonly author: Person;
  readonly clientMutationId: string | null;
}

export type Change = ChangeHeader &
  /** `relations` as they are now: a restored annotation brings its own back without a change for each. */
  (
    | {
        readonly kind: "annotationSaved";
        readonly annotation: Annotation;
        readonly relations: readonly Relation[];
      }
    | {
        readonly kind: "annotationDeleted";
        readonly annotationId: string;
        readonly relationIds: readonly string[];
      }
    | { readonly kind: "relationSaved"; readonly relation: Relation }
    | { readonly kind: "relationDeleted"; readonly relationId: string }
    /** Comments, and kinds that a newer server may add: only their revision counts here. */
    | { readonly kind: "other" }
  );

export interface Batch {
  readonly fromRevision: number;
  readonly toRevision: number;
  readonly changes: readonly Change[];
}

export interface ServerState {
  /** The last change seen without a gap: where a subscription resumes. */
  readonly revision: number;
  annotation(id: string): Annotation | undefined;
  relation(id: string): Relation | undefined;
  annotations(): Iterable<Annotation>;
  relations(): Iterable<Relation>;
  /** The last known form of a deleted annotation, to show it at once when it is restored. */
  deleted(id: string): Annotation | undefined;
  /** From the first read; never replaces what a change has told. */
  load(annotations: Iterable<Annotation>, relations: Iterable<Relation>): void;
  /** Applies one change or one answer; says which entities are different now. */
  apply(change: Change): string[];
  /** Applies a batch in order; null when changes between are missing, and nothing is applied. */
  applyBatch(batch: Batch): { readonly changedIds: string[]; readonly fresh: readonly Change[] } | null;
}

export function createServerState(initialRevision: number): ServerState {
  const annotations = new Map<string, Annotation>();
  const relations = new Map<string, Relation>();
  const deleted = new Map<string, Annotation>();
  /** Revision of the last change known of an entity. */
  const asOf = new Map<string, number>();
  let revision = initialRevision;

  /** Whether a change is news for the entity; notes it. */
  function takes(id: string, at: number): boolean {
    if (at <= (asOf.get(id) ?? -1)) return false;
    asOf.set(id, at);
    return true;
  }

  function saveRelation(relation: Relation, at: number): string[] {
    if (!takes(relation.id, at)) return [];
    relations.set(relation.id, relation);
    return [relation.id];
  }

  function removeRelation(id: string, at: number): string[] {
    return takes(id, at) && relations.delete(id) ? [id] : [];
  }

  function apply(change: Change): string[] {
    switch (change.kind) {
      case "annotationSaved": {
        const { annotation } = change;
        // the first read may already hold a later version than a replayed change
        const isOld = (annotations.get(annotation.id)?.version ?? 0) > annotation.version;
        if (isOld || !takes(annotation.id, change.revision)) return [];
        annotations.set(annotation.id, annotation);
        deleted.delete(annotation.id);
        return [
          annotation.id,
          ...change.relations.flatMap((relation) => saveRelation(relation, change.revision)),
        ];
      }
      case "annotationDeleted": {
        const gone = change.relationIds.flatMap((id) => removeRelation(id, change.revision));
        if (!takes(change.annotationId, change.revision)) return gone;
        const last = annotations.get(change.annotationId);
        if (last !== undefined) deleted.set(last.id, last);
        annotations.delete(change.annotationId);
        return [change.annotationId, ...gone];
      }
      case "relationSaved":
        return saveRelation(change.relation, change.revision);
      case "relationDeleted":
        return removeRelation(change.relationId, change.revision);
      case "other":
        return [];
    }
  }

  return {
    get revision() {
      return revision;
    },
    annotation: (id) => annotations.get(id),
    relation: (id) => relations.get(id),
    annotations: () => annotations.values(),
    relations: () => relations.values(),
    deleted: (id) => deleted.get(id),
    load(loadedAnnotations, loadedRelations) {
      for (const annotation of loadedAnnotations)
        if (!asOf.has(annotation.id)) annotations.set(annotation.id, annotation);
      for (const relation of loadedRelations)
        if (!asOf.has(relation.id)) relations.set(relation.id, relation);
    },
    apply,
    applyBatch(batch) {
      if (batch.fromRevision > revision + 1) return null;
      const fresh = batch.changes.filter((change) => change.revision > revision);
      const changedIds = fresh.flatMap(apply);
      revision = Math.max(revision, batch.toRevision);
      return { changedIds, fresh };
    },
  };
}
