// Undo and redo of one's own acts, safe beside others' live edits: a step is done only where it takes back exactly what
// one did oneself, and else says why not.
import { t } from "../../../words/words.ts";
import { latestActs, type PartOfAct } from "./act.ts";
import type { Annotation, Comment, Person, Relation } from "./entities.ts";
import { type Content, differences, isSameContent, patchOf } from "./fields.ts";
import type { AnnotationPatch, CommentPatch } from "./operation.ts";

/** Something that can be done to take an act back, or to do it again; `of` is the operation by which the act was done. */
export type Step = PartOfAct & { readonly of: string } & (
    | { readonly kind: "delete"; readonly id: string; readonly left: Content }
    | {
        readonly kind: "restore";
        readonly id: string;
        readonly left: Annotation;
        readonly relations: readonly Relation[];
        readonly comments?: readonly Comment[];
      }
    /** Sets `patch` where the fields still hold what `from` says. */
    | {
        readonly kind: "update";
        readonly id: string;
        readonly patch: AnnotationPatch;
        readonly from: AnnotationPatch;
      }
    /** Makes a relation that the server never took, under the id that it was to have. */
    | {
        readonly kind: "link";
        readonly id: string;
        readonly typeId: string;
        readonly sourceId: string;
        readonly targetId: string;
      }
    | { readonly kind: "unlink"; readonly id: string }
    | { readonly kind: "relink"; readonly id: string; readonly left: Relation }
    /** Says what the server never took. */
    | { readonly kind: "say"; readonly id: string; readonly annotationId: string; readonly body: string }
    | { readonly kind: "unsay"; readonly id: string }
    | { readonly kind: "resay"; readonly id: string; readonly left: Comment }
    | {
        readonly kind: "changeComment";
        readonly id: string;
        readonly patch: CommentPatch;
        readonly from: CommentPatch;
      }
  );

export interface World {
  readonly viewer: Person;
  annotation(id: string): Annotation | undefined;
  relation(id: string): Relation | undefined;
  relationsOf(annotationId: string): readonly Relation[];
  comment(id: string): Comment | undefined;
  commentsOf(annotationId: string): readonly Comment[];
  /** Who deleted an annotation, a relation or a comment, as far as this page was told. */
  deletedBy(id: string): Person | null;
  mayChange(thing: { readonly createdBy: Person }): boolean;
}

export interface UndoStack {
  readonly undo: readonly Step[];
  readonly redo: readonly Step[];
}

export type Side = keyof UndoStack;

export const EMPTY_STACK: UndoStack = { undo: [], redo: [] };
const MOST_ACTS = 200;

/** Notes how to take back what was just done; what had been undone before can't be redone after it. */
export function noteDone(stack: UndoStack, takesBack: Step): UndoStack {
  return { undo: latestActs([...stack.undo, takesBack], MOST_ACTS), redo: [] };
}

/** Takes the last step off one side; `inverse` goes on the other, or nowhere when the step turned out impossible. */
export function noteStep(stack: UndoStack, side: Side, inverse: Step | null): UndoStack {
  const [taken, other] = side === "undo" ? [stack.undo, stack.redo] : [stack.redo, stack.undo];
  const rest = taken.slice(0, -1);
  const grown = inverse === null ? other : [...other, inverse];
  return side === "undo" ? { undo: rest, redo: grown } : { undo: grown, redo: rest };
}

function mapSteps({ undo, redo }: UndoStack, map: (step: Step) => Step[]): UndoStack {
  return { undo: undo.flatMap(map), redo: redo.flatMap(map) };
}

/** Without the steps of acts that came to nothing: there is nothing of them to take back or to do again. */
export function withoutActs(stack: UndoStack, operationIds: ReadonlySet<string>): UndoStack {
  return mapSteps(stack, (step) => (operationIds.has(step.of) ? [] : [step]));
}

/** What an update step sets: each attribute is a thing of its own, and others that were set since stay. */
export function ownPatch(step: Step & { kind: "update" }, annotation: Annotation): AnnotationPatch {
  const after = { ...annotation, ...step.patch };
  return patchOf(differences({ ...annotation, ...step.from }, after), after, annotation);
}

const GONE = {
  annotation: "undo:gone.annotation",
  comment: "undo:gone.comment",
  end: "undo:gone.end",
  relation: "undo:gone.relation",
} as const;

/** Why a step can't be done, in words for the person; null when it can. */
export function obstacleTo(step: Step, world: World): string | null {
  const { viewer } = world;
  const isOwn = (person: Person) => person.id === viewer.id;
  const goneWords = (what: keyof typeof GONE, id: string) => {
    const by = world.deletedBy(id);
    if (by === null) return t(GONE[what]);
    return isOwn(by) ? t("undo:youDeleted") : t("undo:deleted", { name: by.name });
  };
  const mayNot = (thing: { readonly createdBy: Person }) =>
    world.mayChange(thing) ? null : t("undo:mayNot");

  if (step.kind === "unlink") {
    const relation = world.relation(step.id);
    return relation === undefined ? goneWords("relation", step.id) : mayNot(relation);
  }
  if (step.kind === "link" || step.kind === "relink") {
    const { sourceId, targetId } = step.kind === "link" ? step : step.left;
    const gone = [sourceId, targetId].find((id) => world.annotation(id) === undefined);
    if (gone !== undefined) return goneWords("end", gone);
    if (world.relation(step.id) !== undefined) return t("undo:isBack");
    return step.kind === "link" ? null : mayNot(step.left);
  }
  if (step.kind === "say" || step.kind === "resay") {
    const { annotationId } = step.kind === "say" ? step : step.left;
    if (world.annotation(annotationId) === undefined) return goneWords("annotation", annotationId);
    if (world.comment(step.id) !== undefined) return t("undo:isBack");
    return step.kind === "say" ? null : mayNot({ createdBy: step.left.author });
  }
  if (step.kind === "unsay" || step.kind === "changeComment") {
    const comment = world.comment(step.id);
    if (comment === undefined) return goneWords("comment", step.id);
    if (step.kind === "changeComment") {
      const { body, resolved } = commentBefore(comment, step.from);
      if (body !== step.from.body || resolved !== step.from.resolved) return t("undo:changed");
      return body === undefined ? null : mayNot({ createdBy: comment.author });
    }
    const thread = world.commentsOf(comment.annotationId);
    const answer = thread
      .slice(thread.findIndex(({ id }) => id === comment.id) + 1)
      .find(({ author }) => author.id !== viewer.id);
    return answer === undefined
      ? mayNot({ createdBy: comment.author })
      : t("undo:answered", { name: answer.author.name });
  }
  const annotation = world.annotation(step.id);
  if (step.kind === "restore") {
    if (annotation !== undefined) return t("undo:isBack");
    return mayNot(step.left);
  }
  if (annotation === undefined) return goneWords("annotation", step.id);
  const by = annotation.updatedBy;
  if (step.kind === "delete") {
    if (by.id !== viewer.id && !isSameContent(step.left, annotation))
      return t("undo:changedBy", { name: by.name });
    const other = world.relationsOf(step.id).find((relation) => relation.createdBy.id !== viewer.id);
    if (other !== undefined) return t("undo:related", { name: other.createdBy.name });
    const comment = world.commentsOf(step.id).find(({ author }) => author.id !== viewer.id);
    return comment === undefined ? mayNot(annotation) : t("undo:commented", { name: comment.author.name });
  }
  const left = { ...annotation, ...step.from };
  const own = differences(left, { ...annotation, ...step.patch });
  const isAsLeft = !differences(left, annotation).some((name) => own.includes(name));
  if (isAsLeft) return mayNot(annotation);
  return isOwn(by) ? t("undo:youChangedSame") : t("undo:changedSame", { name: by.name });
}

/** The fields of an annotation that a patch sets, as they are before it. */
export function fieldsBefore(annotation: Annotation, patch: AnnotationPatch): AnnotationPatch {
  return {
    ...(patch.labelId !== undefined && { labelId: annotation.labelId }),
    ...(patch.note !== undefined && { note: annotation.note }),
    ...(patch.attributes !== undefined && { attributes: annotation.attributes }),
    ...(patch.fragments !== undefined && { fragments: annotation.fragments, quote: annotation.quote }),
  };
}

/** What a patch sets of a comment, as it is before it. */
export function commentBefore(comment: Comment, patch: CommentPatch): CommentPatch {
  return {
    ...(patch.body !== undefined && { body: comment.body }),
    ...(patch.resolved !== undefined && { resolved: comment.resolvedAt !== null }),
  };
}
