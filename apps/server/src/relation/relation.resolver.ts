/** Relations: GraphQL to use cases. */
import type { GraphQLResolveInfo } from "graphql";
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  Int,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from "type-graphql";
import { AnnotationType } from "../annotation/annotation.type.ts";
import { RelationTypeType } from "../codebook/codebook.type.ts";
import type { Context } from "../context.ts";
import { asksOnlyId } from "../graphql/asks-only-id.ts";
import { UserType } from "../people/people.type.ts";
import type { RelationRow } from "./relation.queries.ts";
import {
  createRelation,
  deleteRelation,
  type RelationOutcome,
  restoreRelation,
  reviveRelation,
} from "./relation.service.ts";
import {
  CreateRelationInput,
  DeleteRelationInput,
  RelationType,
  RestoreRelationInput,
} from "./relation.type.ts";

@ObjectType({ description: "A relation after a mutation." })
class RelationPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => RelationType, { description: "The relation." })
  relation!: RelationRow;

  @Field(() => Int, { description: "The document's, after the change." })
  revision!: number;
}

@ObjectType({ description: "A deleted relation." })
class DeleteRelationPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The relation that was deleted." })
  relationId!: string;

  @Field(() => Int, { description: "The document's, after the change." })
  revision!: number;
}

function payload(
  input: { clientMutationId?: string | null },
  { relation, revision }: RelationOutcome,
): RelationPayload {
  return { clientMutationId: input.clientMutationId ?? null, relation: reviveRelation(relation), revision };
}

@Resolver(() => RelationType)
export class RelationResolver {
  @Mutation(() => RelationPayload, {
    description: "Links two annotations of one document as the codebook allows.",
  })
  async createRelation(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to link." }) input: CreateRelationInput,
  ): Promise<RelationPayload> {
    return payload(input, await createRelation(ctx, input));
  }

  @Mutation(() => DeleteRelationPayload, { description: "Deletes a relation." })
  async deleteRelation(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to delete." }) input: DeleteRelationInput,
  ): Promise<DeleteRelationPayload> {
    return { clientMutationId: input.clientMutationId ?? null, ...(await deleteRelation(ctx, input)) };
  }

  @Mutation(() => RelationPayload, {
    description:
      "Brings a relation back that was deleted by itself; one that went with an annotation comes back with that. NOT_FOUND where an end is gone, CONFLICT where the same link was made anew.",
  })
  async restoreRelation(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to bring back." }) input: RestoreRelationInput,
  ): Promise<RelationPayload> {
    return payload(input, await restoreRelation(ctx, input));
  }

  @FieldResolver(() => RelationTypeType, { description: "What it says." })
  type(@Root() relation: RelationRow, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    return asksOnlyId(info) ? { id: relation.typeId } : ctx.loaders.relationType.load(relation.typeId);
  }

  @FieldResolver(() => AnnotationType, { description: "Where it starts." })
  source(@Root() relation: RelationRow, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    return asksOnlyId(info) ? { id: relation.sourceId } : ctx.loaders.annotation.load(relation.sourceId);
  }

  @FieldResolver(() => AnnotationType, { description: "Where it points." })
  target(@Root() relation: RelationRow, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    return asksOnlyId(info) ? { id: relation.targetId } : ctx.loaders.annotation.load(relation.targetId);
  }

  @FieldResolver(() => UserType, { description: "Who made it." })
  createdBy(@Root() relation: RelationRow, @Ctx() ctx: Context) {
    return ctx.loaders.person.load(relation.createdBy);
  }
}
