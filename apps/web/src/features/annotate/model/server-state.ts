// What the server has told so far: annotations, relations and comments as of their latest known change. Batches from the
// subscription, pages of the first read and answers to own mutations may come in any order and more than once; each
// entity takes a change only if it is newer than what is known of it, so applying is idempotent.
import type { WorkStatus_DocumentFragment } from "../../../gql/graphql.ts";
import type { Annotation, Comment, Person, Relation } from "./entities.ts";

interface ChangeHeader {
  readonly revision: number;
  readonly author: Person;
  readonly clientMutationId: string | null;
}

export type Change = ChangeHeader &
  /** `relations` and `comments` as they are now: a restored annotation brings its own back without a change for each. */
  (
    | {
        readonly kind: "annotationSaved";
        readonly annotation: Annotation;
        readonly relations: readonly Relation[];
        readonly comments: readonly Comment[];
      }
    | {
        readonly kind: "annotationDeleted";
        readonly annotationId: string;
        readonly relationIds: readonly string[];
      }
    | { readonly kind: "relationSaved"; readonly relation: Relation }
    | { readonly kind: "relationDeleted"; readonly relationId: string }
    | { readonly kind: "commentSaved"; readonly comment: Comment }
    | { readonly kind: "commentDeleted"; readonly commentId: string }
    /** An answer only, with no revision of the document's: how far people are is kept in Apollo's cache. */
    | { readonly kind: "statusSaved"; readonly document: WorkStatus_DocumentFragment }
    /** Kinds that a newer server may add: only their revision counts here. */
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
  comment(id: string): Comment | undefined;
  /** Those of deleted annotations too: they come back with them, and nobody changes them until then. */
  comments(): Iterable<Comment>;
  /** The last known form of a deleted annotation. */
  deleted(id: string): Annotation | undefined;
  /** Who deleted an annotation, a relation or a comment; null while it is there, and when that was before the first read. */
  deletedBy(id: string): Person | null;
  /** From the first read; never replaces what a change has told. */
  load(annotations: Iterable<Annotation>, relations: Iterable<Relation>, comments?: Iterable<Comment>): void;
  /** Applies one change or one answer; says which entities are different now. */
  apply(change: Change): string[];
  /** Applies a batch in order; null when changes between are missing, and nothing is applied. */
  applyBatch(batch: Batch): { readonly changedIds: string[]; readonly fresh: readonly Change[] } | null;
}

export function createServerState(initialRevision: number): ServerState {
  const annotations = new Map<string, Annotation>();
  const relations = new Map<string, Relation>();
  const comments = new Map<string, Comment>();
  const deleted = new Map<string, Annotation>();
  const deleters = new Map<string, Person>();
  /** Revision of the last change known of an entity. */
  const asOf = new Map<string, number>();
  let revision = initialRevision;

  /** Whether a change is news for the entity; notes it. The first read holds all up to its revision: a late answer, or one to a retry, may tell what was undone since. */
  function takes(id: string, at: number): boolean {
    if (at <= (asOf.get(id) ?? initialRevision)) return false;
    asOf.set(id, at);
    return true;
  }

  function saveRelation(relation: Relation, at: number): string[] {
    if (!takes(relation.id, at)) return [];
    relations.set(relation.id, relation);
    deleters.delete(relation.id);
    return [relation.id];
  }

  function removeRelation(id: string, at: number, by: Person): string[] {
    if (!takes(id, at)) return [];
    deleters.set(id, by);
    return relations.delete(id) ? [id] : [];
  }

  function saveComment(comment: Comment, at: number): string[] {
    const known = comments.get(comment.id);
    if (!takes(comment.id, at)) return [];
    // most come along with their annotation and are what they were
    if (known?.body === comment.body && known.resolvedAt === comment.resolvedAt) return [];
    comments.set(comment.id, comment);
    deleters.delete(comment.id);
    return [comment.id];
  }

  function apply(change: Change): string[] {
    switch (change.kind) {
      case "annotationSaved": {
        const { annotation } = change;
        // the first read may already hold a later version than a replayed change
        const isOld = (annotations.get(annotation.id)?.version ?? 0) > annotation.version;
        // an own answer to the same change may have come without them
        const related = change.relations.flatMap((relation) => saveRelation(relation, change.revision));
        const said = change.comments.flatMap((comment) => saveComment(comment, change.revision));
        const brought = [...related, ...said];
        if (isOld || !takes(annotation.id, change.revision)) return brought;
        annotations.set(annotation.id, annotation);
        deleted.delete(annotation.id);
        deleters.delete(annotation.id);
        return [annotation.id, ...brought];
      }
      case "annotationDeleted": {
        const gone = change.relationIds.flatMap((id) => removeRelation(id, change.revision, change.author));
        if (!takes(change.annotationId, change.revision)) return gone;
        const last = annotations.get(change.annotationId);
        if (last !== undefined) deleted.set(last.id, last);
        annotations.delete(change.annotationId);
        deleters.set(change.annotationId, change.author);
        return [change.annotationId, ...gone];
      }
      case "relationSaved":
        return saveRelation(change.relation, change.revision);
      case "relationDeleted":
        return removeRelation(change.relationId, change.revision, change.author);
      case "commentSaved":
        return saveComment(change.comment, change.revision);
      case "commentDeleted":
        if (!takes(change.commentId, change.revision)) return [];
        deleters.set(change.commentId, change.author);
        return comments.delete(change.commentId) ? [change.commentId] : [];
      case "statusSaved":
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
    comment: (id) => comments.get(id),
    comments: () => comments.values(),
    deleted: (id) => deleted.get(id),
    deletedBy: (id) => deleters.get(id) ?? null,
    load(loadedAnnotations, loadedRelations, loadedComments = []) {
      for (const annotation of loadedAnnotations)
        if (!asOf.has(annotation.id)) annotations.set(annotation.id, annotation);
      for (const relation of loadedRelations)
        if (!asOf.has(relation.id)) relations.set(relation.id, relation);
      for (const comment of loadedComments) if (!asOf.has(comment.id)) comments.set(comment.id, comment);
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
