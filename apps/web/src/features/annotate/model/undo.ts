// Undo and redo of one's own acts, safe beside others' live edits: a step is done only where it takes back exactly what
// one did oneself, and else says why not.
import type { Annotation, Person, Relation } from "./entities.ts";
import type { AnnotationPatch } from "./operation.ts";

/** Something that can be done to take an act back, or to do it again. */
export type Step =
  | { readonly kind: "delete"; readonly id: string }
  | { readonly kind: "restore"; readonly id: string }
  /** Sets `patch` where the fields still hold what `from` says. */
  | {
      readonly kind: "update";
      readonly id: string;
      readonly patch: AnnotationPatch;
      readonly from: AnnotationPatch;
    }
  | { readonly kind: "link"; readonly typeId: string; readonly sourceId: string; readonly targetId: string }
  | { readonly kind: "unlink"; readonly id: string };

export interface World {
  readonly viewer: Person;
  annotation(id: string): Annotation | undefined;
  relation(id: string): Relation | undefined;
  relationsOf(annotationId: string): readonly Relation[];
}

export interface UndoStack {
  readonly undo: readonly Step[];
  readonly redo: readonly Step[];
}

export const EMPTY_STACK: UndoStack = { undo: [], redo: [] };
const MOST_STEPS = 200;

/** Notes how to take back what was just done; what had been undone before can't be redone after it. */
export function noteDone(stack: UndoStack, takesBack: Step): UndoStack {
  return { undo: [...stack.undo, takesBack].slice(-MOST_STEPS), redo: [] };
}

/** Takes the last step off one side; `inverse` goes on the other, or nowhere when the step turned out impossible. */
export function noteStep(stack: UndoStack, side: "undo" | "redo", inverse: Step | null): UndoStack {
  const [taken, other] = side === "undo" ? [stack.undo, stack.redo] : [stack.redo, stack.undo];
  const rest = taken.slice(0, -1);
  const grown = inverse === null ? other : [...other, inverse];
  return side === "undo" ? { undo: rest, redo: grown } : { undo: grown, redo: rest };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Why a step can't be done, in words for the person; null when it can. */
export function obstacleTo(step: Step, world: World): string | null {
  if (step.kind === "restore") return null;
  if (step.kind === "unlink")
    return world.relation(step.id) === undefined ? "The relation has been removed since." : null;
  if (step.kind === "link") {
    const isGone =
      world.annotation(step.sourceId) === undefined || world.annotation(step.targetId) === undefined;
    return isGone ? "One of the two annotations has been deleted since." : null;
  }
  const annotation = world.annotation(step.id);
  if (annotation === undefined) return "The annotation has been deleted since.";
  if (step.kind === "delete") {
    if (annotation.updatedBy.id !== world.viewer.id)
      return `${annotation.updatedBy.name} has changed it since; it stays.`;
    const other = world.relationsOf(step.id).find((relation) => relation.createdBy.id !== world.viewer.id);
    return other === undefined
      ? null
      : `${other.createdBy.name} has related it to something since; it stays.`;
  }
  const { from } = step;
  const isAsLeft =
    (from.labelId === undefined || from.labelId === annotation.labelId) &&
    (from.note === undefined || from.note === annotation.note) &&
    (from.attributes === undefined || same(from.attributes, annotation.attributes)) &&
    (from.fragments === undefined || same(from.fragments, annotation.fragments));
  return isAsLeft ? null : `${annotation.updatedBy.name} has changed the same thing since.`;
}

/** The fields of an annotation that a patch sets, as they are before it. */
export function fieldsBefore(annotation: Annotation, patch: AnnotationPatch): AnnotationPatch {
  return {
    ...(patch.labelId !== undefined && { labelId: annotation.labelId }),
    ...(patch.note !== undefined && { note: annotation.note }),
    ...(patch.attributes !== undefined && { attributes: annotation.attributes }),
    ...(patch.fragments !== undefined && { fragments: annotation.fragments }),
  };
}
