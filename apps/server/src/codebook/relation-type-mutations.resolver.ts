/** Mutations of relation types: GraphQL to use cases. */
import { Arg, Ctx, Field, ID, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import {
  CreateRelationTypeInput,
  DeleteRelationTypeInput,
  UpdateRelationTypeInput,
} from "./codebook.input.ts";
import type { RelationTypeRow } from "./codebook.queries.ts";
import { RelationTypeType } from "./codebook.type.ts";
import {
  createRelationType,
  deleteRelationType,
  type RelationTypeOutcome,
  updateRelationType,
} from "./relation-type.service.ts";
import { reviveRelationType } from "./stored-codebook.ts";

@ObjectType({ description: "A relation type after a mutation." })
class RelationTypePayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => RelationTypeType, { description: "The relation type as the mutation left it." })
  relationType!: RelationTypeRow;
}

@ObjectType({ description: "A deleted relation type." })
class DeleteRelationTypePayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The relation type that was deleted." })
  relationTypeId!: string;

  @Field(() => RelationTypeType, {
    nullable: true,
    description: "The type where it stays, archived, since history still names it; null where it is gone.",
  })
  relationType!: RelationTypeRow | null;
}

function payload(
  input: { clientMutationId?: string | null },
  { relationType }: RelationTypeOutcome,
): RelationTypePayload {
  return {
    clientMutationId: input.clientMutationId ?? null,
    relationType: reviveRelationType(relationType),
  };
}

@Resolver()
export class RelationTypeMutationsResolver {
  @Mutation(() => RelationTypePayload, { description: "Adds a relation type to a project's codebook." })
  async createRelationType(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to make." }) input: CreateRelationTypeInput,
  ): Promise<RelationTypePayload> {
    return payload(input, await createRelationType(ctx, input));
  }

  @Mutation(() => RelationTypePayload, {
    description: "Changes a relation type's name or the labels at its ends, or archives it. Relations stay.",
  })
  async updateRelationType(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to change." }) input: UpdateRelationTypeInput,
  ): Promise<RelationTypePayload> {
    return payload(input, await updateRelationType(ctx, input));
  }

  @Mutation(() => DeleteRelationTypePayload, {
    description:
      "Deletes a relation type that no relation has; while some have it, CONFLICT with `relationCount` in extensions.current: archive it instead.",
  })
  async deleteRelationType(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to delete." }) input: DeleteRelationTypeInput,
  ): Promise<DeleteRelationTypePayload> {
    const { relationTypeId, relationType } = await deleteRelationType(ctx, input);
    return {
      clientMutationId: input.clientMutationId ?? null,
      relationTypeId,
      relationType: relationType && reviveRelationType(relationType),
    };
  }
}
