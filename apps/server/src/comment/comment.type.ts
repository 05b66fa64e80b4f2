/** Comments as the API shows them, and what their mutations take. */
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType, ObjectType } from "type-graphql";
import { connectionTypes } from "../graphql/connection.type.ts";
import { REPEATABLE } from "../graphql/repeatable.ts";

@ObjectType("Comment", { description: "What somebody says about an annotation." })
export class CommentType {
  @Field(() => ID, { description: "UUID." })
  id!: string;

  @Field(() => String, { description: "Free text." })
  body!: string;

  @Field(() => GraphQLDateTime, { description: "When it was written." })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: "When it was last changed." })
  updatedAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Set when it is settled." })
  resolvedAt!: Date | null;
}

export const { Edge: CommentEdge, Connection: CommentConnection } = connectionTypes(
  "Comment",
  () => CommentType,
);

@InputType({ description: "A new comment." })
export class CreateCommentInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The client's own UUID, any version, answered in lower case.",
  })
  id?: string | null;

  @Field(() => ID, { description: "What it is about." })
  annotationId!: string;

  @Field(() => String, { description: "1 to 20,000 characters." })
  body!: string;
}

@InputType({ description: "Changes to a comment; absent fields stay as they are." })
export class UpdateCommentInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The comment." })
  id!: string;

  @Field(() => String, { nullable: true, description: "1 to 20,000 characters; only its author changes it." })
  body?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it is settled; anybody who may annotate says so.",
  })
  resolved?: boolean;
}

@InputType({ description: "Which comment to delete." })
export class DeleteCommentInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The comment." })
  id!: string;
}

@InputType({ description: "Which comment to bring back." })
export class RestoreCommentInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The comment." })
  id!: string;
}
