/** Comments: GraphQL to use cases. */
import { Arg, Ctx, Field, FieldResolver, ID, Int, Mutation, ObjectType, Resolver, Root } from "type-graphql";
import { AnnotationType } from "../annotation/annotation.type.ts";
import type { Context } from "../context.ts";
import { UserType } from "../people/people.type.ts";
import type { CommentRow } from "./comment.queries.ts";
import {
  type CommentOutcome,
  createComment,
  deleteComment,
  restoreComment,
  reviveComment,
  updateComment,
} from "./comment.service.ts";
import {
  CommentType,
  CreateCommentInput,
  DeleteCommentInput,
  RestoreCommentInput,
  UpdateCommentInput,
} from "./comment.type.ts";

@ObjectType({ description: "A comment after a mutation." })
class CommentPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => CommentType, { description: "The comment." })
  comment!: CommentRow;

  @Field(() => Int, { description: "The document's, after the change." })
  revision!: number;
}

@ObjectType({ description: "A deleted comment." })
class DeleteCommentPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The comment that was deleted." })
  commentId!: string;

  @Field(() => Int, { description: "The document's, after the change." })
  revision!: number;
}

function payload(
  input: { clientMutationId?: string | null },
  { comment, revision }: CommentOutcome,
): CommentPayload {
  return { clientMutationId: input.clientMutationId ?? null, comment: reviveComment(comment), revision };
}

@Resolver(() => CommentType)
export class CommentResolver {
  @Mutation(() => CommentPayload, { description: "Comments on an annotation." })
  async createComment(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to say." }) input: CreateCommentInput,
  ): Promise<CommentPayload> {
    return payload(input, await createComment(ctx, input));
  }

  @Mutation(() => CommentPayload, {
    description: "Changes a comment's words, or says whether it is settled.",
  })
  async updateComment(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to change." }) input: UpdateCommentInput,
  ): Promise<CommentPayload> {
    return payload(input, await updateComment(ctx, input));
  }

  @Mutation(() => DeleteCommentPayload, { description: "Deletes a comment." })
  async deleteComment(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to delete." }) input: DeleteCommentInput,
  ): Promise<DeleteCommentPayload> {
    return { clientMutationId: input.clientMutationId ?? null, ...(await deleteComment(ctx, input)) };
  }

  @Mutation(() => CommentPayload, {
    description:
      "Brings a comment back that was deleted by itself, at its place. NOT_FOUND where its annotation is gone.",
  })
  async restoreComment(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to bring back." }) input: RestoreCommentInput,
  ): Promise<CommentPayload> {
    return payload(input, await restoreComment(ctx, input));
  }

  @FieldResolver(() => AnnotationType, { description: "What it is about." })
  annotation(@Root() comment: CommentRow, @Ctx() ctx: Context) {
    return ctx.loaders.annotation.load(comment.annotationId);
  }

  @FieldResolver(() => UserType, { description: "Who wrote it." })
  author(@Root() comment: CommentRow, @Ctx() ctx: Context) {
    return ctx.loaders.person.load(comment.authorId);
  }
}
