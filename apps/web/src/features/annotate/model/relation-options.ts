// Which relations the codebook allows from one annotation, in either direction, and with which others. Pure.
import { type Annotation, isEndAllowed, type Relation, type RelationType } from "./entities.ts";

export interface RelationOption {
  readonly type: RelationType;
  /** Whether the annotation at hand is the source. */
  readonly isOutgoing: boolean;
}

export function relationOptions(types: readonly RelationType[], labelId: string): RelationOption[] {
  const offered = types.filter(({ isArchived }) => !isArchived);
  return offered.flatMap((type) => [
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

function allowsOther({ type, isOutgoing }: RelationOption, labelId: string): boolean {
  return isEndAllowed(isOutgoing ? type.targetLabelIds : type.sourceLabelIds, labelId);
}

function isThere(
  option: RelationOption,
  ownId: string,
  otherId: string,
  existing: readonly Relation[],
): boolean {
  const { sourceId, targetId } = endsOf(option, ownId, otherId);
  return existing.some(
    (relation) =>
      relation.typeId === option.type.id && relation.sourceId === sourceId && relation.targetId === targetId,
  );
}

/** An end of a relation, as far as the codebook asks. */
export type End = Pick<Annotation, "id" | "labelId">;

/**
 * What a line drawn from one annotation to another can become: relations in the line's direction, or, where the codebook
 * has none, those that lead back. Empty where there is nothing; `why` then says the reason.
 */
export function optionsBetween(
  types: readonly RelationType[],
  from: End,
  to: End,
  existing: readonly Relation[],
): { readonly options: readonly RelationOption[]; readonly why: "itself" | "exists" | "codebook" | null } {
  if (from.id === to.id) return { options: [], why: "itself" };
  const allowed = relationOptions(types, from.labelId).filter((option) => allowsOther(option, to.labelId));
  const free = allowed.filter((option) => !isThere(option, from.id, to.id, existing));
  const outgoing = free.filter(({ isOutgoing }) => isOutgoing);
  const options = outgoing.length > 0 ? outgoing : free;
  if (options.length > 0) return { options, why: null };
  return { options, why: allowed.length > 0 ? "exists" : "codebook" };
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
  const wanted = typed.trim().toLocaleLowerCase();
  return all
    .filter(
      (other) =>
        other.id !== own.id &&
        allowsOther(option, other.labelId) &&
        other.quote.toLocaleLowerCase().includes(wanted) &&
        !isThere(option, own.id, other.id, existing),
    )
    .sort((a, b) => Math.abs(startOf(a) - startOf(own)) - Math.abs(startOf(b) - startOf(own)));
}
