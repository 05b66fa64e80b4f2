/** Changes as subscribers see them. */
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, InterfaceType, ObjectType } from "type-graphql";
import { AnnotationType } from "../annotation/annotation.type.ts";
import { CommentType } from "../comment/comment.type.ts";
import { UserType } from "../people/people.type.ts";
import { RelationType } from "../relation/relation.type.ts";
import type { Change, LoggedChange } from "./change.ts";

/** The GraphQL type of each kind of change. */
const TYPE_NAMES: Record<Change["kind"], string> = {
  ANNOTATION_SAVED: "AnnotationSaved",
  ANNOTATION_DELETED: "AnnotationDeleted",
  RELATION_SAVED: "RelationSaved",
  RELATION_DELETED: "RelationDeleted",
  COMMENT_SAVED: "CommentSaved",
  COMMENT_DELETED: "CommentDeleted",
};

@InterfaceType("DocumentChange", {
  description: "One change to a document's shared layer.",
  resolveType: (change: LoggedChange) => TYPE_NAMES[change.kind],
})
export abstract class DocumentChange {
  @Field(() => Int, { description: "Its number: each change adds exactly one." })
  revision!: number;

  @Field(() => GraphQLDateTime, { description: "When it was stored." })
  at!: Date;

  @Field(() => UserType, { description: "Who made it." })
  author!: UserType;

  @Field(() => String, { nullable: true, description: "The mutation's, as its client sent it." })
  clientMutationId!: string | null;
}

@ObjectType({
  implements: DocumentChange,
  description:
    "Created, updated or restored. Its own fields, span and label are as of this revision; names, relations and comments as they are now.",
})
export class AnnotationSaved extends DocumentChange {
  @Field(() => AnnotationType, { description: "The annotation as of this revision." })
  annotation!: AnnotationType;
}

@ObjectType({
  implements: DocumentChange,
  description:
    "One change, one revision, also where relations and comments went with the annotation: `relationIds` names the relations.",
})
export class AnnotationDeleted extends DocumentChange {
  @Field(() => ID, { description: "The annotation that was deleted." })
  annotationId!: string;

  @Field(() => [ID], { description: "The relations that went with it." })
  relationIds!: string[];
}

@ObjectType({ implements: DocumentChange, description: "A relation was made." })
export class RelationSaved extends DocumentChange {
  @Field(() => RelationType, { description: "The relation." })
  relation!: RelationType;
}

@ObjectType({ implements: DocumentChange, description: "A relation was deleted." })
export class RelationDeleted extends DocumentChange {
  @Field(() => ID, { description: "The relation that was deleted." })
  relationId!: string;
}

@ObjectType({ implements: DocumentChange, description: "A comment was written, changed or settled." })
export class CommentSaved extends DocumentChange {
  @Field(() => CommentType, { description: "The comment as of this revision." })
  comment!: CommentType;
}

@ObjectType({ implements: DocumentChange, description: "A comment was deleted." })
export class CommentDeleted extends DocumentChange {
  @Field(() => ID, { description: "The comment that was deleted." })
  commentId!: string;
}

@ObjectType({
  description:
    "Changes with consecutive revisions: changes[0].revision is `fromRevision`, the last one's is `toRevision`.",
})
export class DocumentChangeBatch {
  @Field(() => ID, { description: "The document they are about." })
  documentId!: string;

  @Field(() => Int, { description: "The first change's revision." })
  fromRevision!: number;

  @Field(() => Int, { description: "The last change's revision." })
  toRevision!: number;

  @Field(() => [DocumentChange], { description: "In order, none left out." })
  changes!: LoggedChange[];
}

/** All of them, for the schema: nothing returns the implementations directly. */
export const CHANGE_TYPES = [
  AnnotationSaved,
  AnnotationDeleted,
  RelationSaved,
  RelationDeleted,
  CommentSaved,
  CommentDeleted,
];
