// Relating many annotations to one other: which kinds of relation come into question, and which of the many can have
// one. Pure.
import { type Annotation, isEndAllowed, type Relation, type RelationType } from "./entities.ts";
import { endsOf, type RelationOption, relationOptions } from "./relation-options.ts";

/** Kinds that the codebook allows from at least one of them. */
export function optionsForMany(
  types: readonly RelationType[],
  annotations: readonly Annotation[],
): RelationOption[] {
  const labelIds = [...new Set(annotations.map(({ labelId }) => labelId))];
  const found = labelIds.flatMap((labelId) => relationOptions(types, labelId));
  return found.filter(
    ({ type, isOutgoing }, index) =>
      found.findIndex((one) => one.type.id === type.id && one.isOutgoing === isOutgoing) === index,
  );
}

/** Those that can be related so to the other one and are not yet. */
export function relatable<Candidate extends Annotation>(
  option: RelationOption,
  annotations: readonly Candidate[],
  otherId: string,
  relationsOfOther: readonly Relation[],
): Candidate[] {
  const allowed = option.isOutgoing ? option.type.sourceLabelIds : option.type.targetLabelIds;
  return annotations.filter((annotation) => {
    if (annotation.id === otherId || !isEndAllowed(allowed, annotation.labelId)) return false;
    const { sourceId, targetId } = endsOf(option, annotation.id, otherId);
    return !relationsOfOther.some(
      (relation) =>
        relation.typeId === option.type.id &&
        relation.sourceId === sourceId &&
        relation.targetId === targetId,
    );
  });
}
