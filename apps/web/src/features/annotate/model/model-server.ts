// A server for tests that keeps to the API's rules for annotations, relations and comments: versions, ids used once, a
// deletion that takes the others along and a restoration that brings them back, every write applied once for its
// clientMutationId.
import {
  buildAnnotation,
  buildComment,
  buildProblem,
  buildRelation,
  conflictWith,
  DOV,
  MIRA,
  statusSaved,
} from "./builders.ts";
import { type Annotation, type Comment, compareInTime, type Person, type Relation } from "./entities.ts";
import { isSameContent } from "./fields.ts";
import type { AnnotationPatch, Command, CommentCommand, Operation } from "./operation.ts";
import type { Outcome } from "./sender.ts";
import type { Batch, Change } from "./server-state.ts";

interface RelationRow {
  readonly relation: Relation;
  readonly isDeleted: boolean;
  /** The annotation whose deletion took it along. */
  readonly with: string | null;
}

interface CommentRow {
  readonly comment: Comment;
  readonly isDeleted: boolean;
}

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);

const NOW = "2026-01-03T00:00:00.000Z";

export function createModelServer() {
  const annotations = new Map<string, Annotation>();
  const deletedBy = new Map<string, Person>();
  const rows = new Map<string, RelationRow>();
  /** Those of a deleted annotation are out of reach with it, and back with it. */
  const said = new Map<string, CommentRow>();
  const log: Change[] = [];
  const answered = new Map<string, Outcome>();

  const shown = () => [...annotations.values()].filter(({ id }) => !deletedBy.has(id)).sort(byId);
  const isThere = (id: string) => annotations.has(id) && !deletedBy.has(id);
  const relations = () =>
    [...rows.values()]
      .filter((row) => !row.isDeleted)
      .map(({ relation }) => relation)
      .sort(byId);
  const relationsOf = (id: string) =>
    relations().filter(({ sourceId, targetId }) => sourceId === id || targetId === id);

  const comments = () =>
    [...said.values()]
      .filter(({ comment, isDeleted }) => !isDeleted && isThere(comment.annotationId))
      .map(({ comment }) => comment)
      .sort(compareInTime);
  const commentsOf = (id: string) => comments().filter(({ annotationId }) => annotationId === id);

  function refused(code: string, id?: string): Outcome {
    const by = (id === undefined ? undefined : deletedBy.get(id)) ?? null;
    return { kind: "refused", problem: buildProblem({ code, deletedBy: by }) };
  }

  const header = (author: Person, clientMutationId: string | null) => ({
    author,
    clientMutationId,
    revision: log.length + 1,
  });

  function done(change: Change): Outcome {
    log.push(change);
    return { kind: "applied", change };
  }

  function save(author: Person, id: string | null, annotation: Annotation): Outcome {
    annotations.set(annotation.id, annotation);
    const own = relationsOf(annotation.id);
    const about = commentsOf(annotation.id);
    return done({
      ...header(author, id),
      kind: "annotationSaved",
      annotation,
      relations: own,
      comments: about,
    });
  }

  /** Each a second later than the one before. */
  const at = (comment: Comment): Comment => ({
    ...comment,
    createdAt: new Date(Date.parse(comment.createdAt) + 1000 * (log.length + 1)).toISOString(),
  });

  function saveComment(author: Person, by: string | null, comment: Comment): Outcome {
    said.set(comment.id, { comment, isDeleted: false });
    return done({ ...header(author, by), kind: "commentSaved", comment });
  }

  function removeComment(author: Person, by: string | null, comment: Comment): Outcome {
    said.set(comment.id, { comment, isDeleted: true });
    return done({ ...header(author, by), kind: "commentDeleted", commentId: comment.id });
  }

  function performOnComment(author: Person, by: string, command: CommentCommand): Outcome {
    const { id, annotationId } = command;
    const present = comments().find((comment) => comment.id === id);
    if (command.kind === "createComment") {
      if (!isThere(annotationId)) return refused("NOT_FOUND", annotationId);
      if (said.has(id)) return refused("CONFLICT");
      return saveComment(author, by, at(buildComment(id, annotationId, { body: command.body, author })));
    }
    if (command.kind === "restoreComment") {
      const row = said.get(id);
      if (row === undefined || !isThere(annotationId)) return refused("NOT_FOUND", annotationId);
      if (row.isDeleted) return saveComment(author, by, row.comment);
      const change = { ...header(author, by), revision: log.length, comment: row.comment };
      return { kind: "applied", change: { ...change, kind: "commentSaved" } };
    }
    if (present === undefined) {
      // who finds it deleted already has what they wanted
      const last = log.findLast(
        (one) =>
          (one.kind === "commentDeleted" && one.commentId === id) ||
          (one.kind === "annotationDeleted" && one.annotationId === annotationId),
      );
      if (command.kind === "deleteComment" && last !== undefined)
        return { kind: "applied", change: { ...last, clientMutationId: by } };
      const problem = buildProblem({ code: "NOT_FOUND", deletedBy: last?.author ?? null });
      return { kind: "refused", problem };
    }
    if (command.kind === "deleteComment") return removeComment(author, by, present);
    const { body = present.body, resolved = present.resolvedAt !== null } = command.patch;
    const next = { ...present, body, resolvedAt: resolved ? (present.resolvedAt ?? NOW) : null };
    if (body !== present.body || next.resolvedAt !== present.resolvedAt) return saveComment(author, by, next);
    const change = { ...header(author, by), revision: log.length, comment: present };
    return { kind: "applied", change: { ...change, kind: "commentSaved" } };
  }

  function remove(author: Person, by: string | null, id: string): Outcome {
    const gone = relationsOf(id);
    for (const relation of gone) rows.set(relation.id, { relation, isDeleted: true, with: id });
    deletedBy.set(id, author);
    const relationIds = gone.map((relation) => relation.id);
    return done({ ...header(author, by), kind: "annotationDeleted", annotationId: id, relationIds });
  }

  function restore(author: Person, by: string | null, annotation: Annotation): Outcome {
    const { id } = annotation;
    deletedBy.delete(id);
    for (const [key, row] of rows) {
      if (row.with !== id) continue;
      const { sourceId, targetId } = row.relation;
      const other = sourceId === id ? targetId : sourceId;
      rows.set(key, isThere(other) ? { ...row, isDeleted: false, with: null } : { ...row, with: other });
    }
    return save(author, by, { ...annotation, version: annotation.version + 1 });
  }

  function perform(author: Person, by: string, command: Command): Outcome {
    const present = annotations.get(command.id);
    switch (command.kind) {
      case "createAnnotation": {
        const { kind: _, ...fields } = command;
        if (present !== undefined) return refused("CONFLICT");
        return save(
          author,
          by,
          buildAnnotation(command.id, { ...fields, createdBy: author, updatedBy: author }),
        );
      }
      case "updateAnnotation": {
        if (present === undefined || deletedBy.has(command.id)) return refused("NOT_FOUND", command.id);
        if (present.version !== command.expectedVersion)
          return { kind: "refused", problem: conflictWith(present) };
        const { quote: _, ...patch } = command.patch;
        const next = { ...present, ...patch, version: present.version + 1, updatedBy: author };
        if (!isSameContent(present, next)) return save(author, by, next);
        const change = { ...header(author, by), revision: log.length, annotation: present };
        return {
          kind: "applied",
          change: { ...change, kind: "annotationSaved", relations: [], comments: [] },
        };
      }
      case "deleteAnnotation": {
        // who finds it deleted already has what they wanted
        const last = log.findLast(
          (one) => one.kind === "annotationDeleted" && one.annotationId === command.id,
        );
        if (deletedBy.has(command.id) && last !== undefined)
          return { kind: "applied", change: { ...last, clientMutationId: by } };
        if (present === undefined) return refused("NOT_FOUND");
        if (present.version !== command.expectedVersion)
          return { kind: "refused", problem: conflictWith(present) };
        return remove(author, by, command.id);
      }
      case "restoreAnnotation": {
        if (present === undefined) return refused("NOT_FOUND");
        if (deletedBy.has(command.id)) return restore(author, by, present);
        const change = { ...header(author, by), revision: log.length, annotation: present };
        return {
          kind: "applied",
          change: {
            ...change,
            kind: "annotationSaved",
            relations: relationsOf(command.id),
            comments: commentsOf(command.id),
          },
        };
      }
      case "createRelation": {
        const { id, sourceId, targetId, typeId } = command;
        if (!isThere(sourceId) || !isThere(targetId)) return refused("BAD_USER_INPUT");
        const twin = relations().some(
          (one) => one.sourceId === sourceId && one.targetId === targetId && one.typeId === typeId,
        );
        if (rows.has(id) || twin) return refused("CONFLICT");
        const relation = { ...buildRelation(id, sourceId, targetId, author), typeId };
        rows.set(id, { relation, isDeleted: false, with: null });
        return done({ ...header(author, by), kind: "relationSaved", relation });
      }
      case "deleteRelation": {
        const row = rows.get(command.id);
        if (row === undefined) return refused("NOT_FOUND");
        const change = { ...header(author, by), kind: "relationDeleted", relationId: command.id } as const;
        if (row.isDeleted) return { kind: "applied", change: { ...change, revision: log.length } };
        rows.set(command.id, { ...row, isDeleted: true });
        return done(change);
      }
      case "restoreRelation": {
        const row = rows.get(command.id);
        if (row === undefined) return refused("NOT_FOUND");
        const { relation } = row;
        const change = { ...header(author, by), kind: "relationSaved", relation } as const;
        if (!row.isDeleted) return { kind: "applied", change: { ...change, revision: log.length } };
        const gone = [relation.sourceId, relation.targetId].find((id) => !isThere(id));
        if (gone !== undefined) return refused("NOT_FOUND", gone);
        const isTwin = (one: Relation) =>
          one.sourceId === relation.sourceId &&
          one.targetId === relation.targetId &&
          one.typeId === relation.typeId;
        if (relations().some(isTwin)) return refused("CONFLICT");
        rows.set(command.id, { relation, isDeleted: false, with: null });
        return done(change);
      }
      case "createComment":
      case "updateComment":
      case "deleteComment":
      case "restoreComment":
        return performOnComment(author, by, command);
      case "setStatus":
        return { kind: "applied", change: statusSaved(command.status) };
    }
  }

  const pick = <Thing>(index: number, among: readonly Thing[]) => among[index % (among.length || 1)];
  const own = () => [...annotations.values()].sort(byId);

  return {
    revision: () => log.length,
    annotations: shown,
    relations,
    comments,
    /** Three annotations of this person's, two of them related, one discussed; not in the log. */
    seed() {
      for (const id of ["1", "2", "3"]) annotations.set(id, buildAnnotation(id, { labelId: "x" }));
      rows.set("r", { relation: buildRelation("r", "1", "2", MIRA), isDeleted: false, with: null });
      said.set("c", { comment: buildComment("c", "1"), isDeleted: false });
    },
    apply(author: Person, { clientMutationId, command }: Operation): Outcome {
      const outcome = answered.get(clientMutationId) ?? perform(author, clientMutationId, command);
      // what was refused has changed nothing, so it may be tried again
      if (outcome.kind === "applied") answered.set(clientMutationId, outcome);
      return outcome;
    },
    since(revision: number): Batch {
      const changes = log.filter((change) => change.revision > revision);
      return { fromRevision: revision + 1, toRevision: log.length, changes };
    },
    /** Somebody else's acts on one of what is there, or was. */
    theyChange(index: number, patch: AnnotationPatch) {
      const one = pick(index, shown());
      const next = one && { ...one, ...patch, version: one.version + 1, updatedBy: DOV };
      if (one === undefined || next === undefined || isSameContent(one, next)) return;
      save(DOV, null, next);
    },
    theyRemove(index: number) {
      const one = pick(index, shown());
      if (one === undefined) return;
      remove(DOV, null, one.id);
    },
    theySay(index: number) {
      const one = pick(index, shown());
      const id = `theirs-${log.length}`;
      if (one !== undefined) saveComment(DOV, null, at(buildComment(id, one.id, { author: DOV })));
    },
    theySettle(index: number) {
      const one = pick(
        index,
        comments().filter(({ resolvedAt }) => resolvedAt === null),
      );
      if (one !== undefined) saveComment(DOV, null, { ...one, resolvedAt: NOW });
    },
    theyUnsay(index: number) {
      const one = pick(index, comments());
      if (one !== undefined) removeComment(DOV, null, one);
    },
    theyRestore(index: number) {
      const one = pick(
        index,
        own().filter(({ id }) => deletedBy.has(id)),
      );
      if (one === undefined) return;
      restore(DOV, null, one);
    },
  };
}
