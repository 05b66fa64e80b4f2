// Which relations the codebook allows from one annotation, in either direction, and with which others. Pure.
import { type Annotation, isEndAllowed, type Relation, type RelationType } from "./entities.ts";

export interface RelationOption {
  readonly type: RelationType;
  /** Whether the annotation at hand is the source. */
  readonly isOutgoing: boolean;
}

export function relationOptions(types: readonly RelationType[], labelId: string): RelationOption[] {
  return types.flatMap((type) => [
    ...(isEndAllowed(type.sourceLabelIds, labelId) ? [{ type, isOutgoing: true }] : []),
    ...(isEndAllowed(type.targetLabelIds, labelId) ? [{ type, isOutgoing: false }] : []),
  ]);
}

export function endsOf(
  option: RelationOption,
  ownId: string,
  otherId: string,
): Pick<Relation, "sourceId" | "targetId"> {
  return option.isOutgoing ? { sourceId: ownId, targetId: otherId } : { sourceId: otherId, targetId: ownId };
}

const startOf = (annotation: Annotation) => annotation.fragments[0]?.start ?? 0;

/** Those that may stand at the other end and aren't there yet, nearest first. */
export function partnersFor<Candidate extends Annotation>(
  option: RelationOption,
  own: Annotation,
  all: readonly Candidate[],
  existing: readonly Relation[],
  typed: string,
): Candidate[] {
  const allowed = option.isOutgoing ? option.type.targetLabelIds : option.type.sourceLabelIds;
  const isThere = (other: Candidate) => {
    const { sourceId, targetId } = endsOf(option, own.id, other.id);
    return existing.some(
      (relation) =>
        relation.typeId === option.type.id &&
        relation.sourceId === sourceId &&
        relation.targetId === targetId,
    );
  };
  const wanted = typed.trim().toLocaleLowerCase();
  return all
    .filter(
      (other) =>
        other.id !== own.id &&
        isEndAllowed(allowed, other.labelId) &&
        other.quote.toLocaleLowerCase().includes(wanted) &&
        !isThere(other),
    )
    .sort((a, b) => Math.abs(startOf(a) - startOf(own)) - Math.abs(startOf(b) - startOf(own)));
}
