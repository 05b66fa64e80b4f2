// From the API's answers to the store's entities.
import type {
  AnnotationFieldsFragment,
  CommentFieldsFragment,
  ProjectLabel_LabelFragment,
  ProjectRelationType_RelationTypeFragment,
  RelationFieldsFragment,
  WorkbenchChangesSubscription,
} from "../../../gql/graphql.ts";
import type { Annotation, Comment, Label, Relation, RelationType } from "./entities.ts";
import type { Batch, Change } from "./server-state.ts";

type ChangeAnswer = WorkbenchChangesSubscription["documentChanges"]["changes"][number];

export function toAnnotation(answer: AnnotationFieldsFragment): Annotation {
  const { id, version, note, attributes, origin, createdAt, updatedAt, label, span, createdBy, updatedBy } =
    answer;
  const fragments = span.fragments.map(({ start, end }) => ({ start, end }));
  return {
    id,
    version,
    note,
    attributes,
    origin,
    createdAt,
    updatedAt,
    labelId: label.id,
    fragments,
    quote: span.quote,
    createdBy,
    updatedBy,
  };
}

export function toRelation({
  id,
  createdAt,
  type,
  source,
  target,
  createdBy,
}: RelationFieldsFragment): Relation {
  return { id, createdAt, typeId: type.id, sourceId: source.id, targetId: target.id, createdBy };
}

export function toComment({ annotation, ...comment }: CommentFieldsFragment): Comment {
  return { ...comment, annotationId: annotation.id };
}

export function toLabel(answer: ProjectLabel_LabelFragment): Label {
  const { id, name, color, letter, shortcut, description, archivedAt, attributes } = answer;
  return { id, name, color, letter, shortcut, description, isArchived: archivedAt !== null, attributes };
}

export function toRelationType({
  id,
  name,
  archivedAt,
  sourceLabels,
  targetLabels,
}: ProjectRelationType_RelationTypeFragment): RelationType {
  return {
    id,
    name,
    isArchived: archivedAt !== null,
    sourceLabelIds: sourceLabels.map((label) => label.id),
    targetLabelIds: targetLabels.map((label) => label.id),
  };
}

function toChange(answer: ChangeAnswer): Change {
  const { revision, author, clientMutationId } = answer;
  const header = { revision, author, clientMutationId };
  switch (answer.__typename) {
    case "AnnotationSaved":
      return {
        ...header,
        kind: "annotationSaved",
        annotation: toAnnotation(answer.annotation),
        relations: answer.annotation.relations.map(toRelation),
        comments: answer.annotation.comments.map(toComment),
      };
    case "AnnotationDeleted":
      return {
        ...header,
        kind: "annotationDeleted",
        annotationId: answer.annotationId,
        relationIds: answer.relationIds,
      };
    case "RelationSaved":
      return { ...header, kind: "relationSaved", relation: toRelation(answer.relation) };
    case "RelationDeleted":
      return { ...header, kind: "relationDeleted", relationId: answer.relationId };
    case "CommentSaved":
      return { ...header, kind: "commentSaved", comment: toComment(answer.comment) };
    case "CommentDeleted":
      return { ...header, kind: "commentDeleted", commentId: answer.commentId };
    default:
      return { ...header, kind: "other" };
  }
}

export function toBatch({
  fromRevision,
  toRevision,
  changes,
}: WorkbenchChangesSubscription["documentChanges"]): Batch {
  return { fromRevision, toRevision, changes: changes.map(toChange) };
}
