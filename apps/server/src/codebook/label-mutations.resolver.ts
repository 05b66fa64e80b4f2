/** Mutations of labels: GraphQL to use cases. */
import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import {
  CreateLabelInput,
  DeleteLabelInput,
  MergeLabelInput,
  MoveLabelInput,
  UpdateLabelInput,
} from "./codebook.input.ts";
import type { LabelRow, RelationTypeRow } from "./codebook.queries.ts";
import { LabelType, RelationTypeType } from "./codebook.type.ts";
import { createLabel, deleteLabel, type LabelOutcome, moveLabel, updateLabel } from "./label.service.ts";
import { mergeLabel } from "./merge-label.ts";
import { reviveLabel, reviveRelationType } from "./stored-codebook.ts";

@ObjectType({ description: "A label after a mutation." })
class LabelPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => LabelType, { description: "The label as the mutation left it." })
  label!: LabelRow;
}

@ObjectType({ description: "Labels in another order." })
class MoveLabelPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => [ID], { description: "All labels of the project, in their order." })
  labelIds!: string[];
}

@ObjectType({ description: "A deleted label." })
class DeleteLabelPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The label that was deleted." })
  labelId!: string;

  @Field(() => LabelType, {
    nullable: true,
    description: "The label where it stays, archived, since history still names it; null where it is gone.",
  })
  label!: LabelRow | null;
}

@ObjectType({ description: "A merge, or what it would do." })
class MergeLabelPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => LabelType, {
    description: "The merged label: archived, with its heir, unless it was a dry run.",
  })
  label!: LabelRow;

  @Field(() => LabelType, { description: "The label that the annotations have now." })
  heir!: LabelRow;

  @Field(() => Int, { description: "Annotations that move." })
  annotationCount!: number;

  @Field(() => Int, {
    description: "Those of them with values that the heir's definitions do not take; these stay stored.",
  })
  unfittingCount!: number;

  @Field(() => [RelationTypeType], {
    description: "Relation types that take the heir at an end where it could not stand before.",
  })
  widenedRelationTypes!: RelationTypeRow[];
}

function payload(input: { clientMutationId?: string | null }, { label }: LabelOutcome): LabelPayload {
  return { clientMutationId: input.clientMutationId ?? null, label: reviveLabel(label) };
}

@Resolver()
export class LabelMutationsResolver {
  @Mutation(() => LabelPayload, { description: "Adds a label to a project's codebook." })
  async createLabel(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to make." }) input: CreateLabelInput,
  ): Promise<LabelPayload> {
    return payload(input, await createLabel(ctx, input));
  }

  @Mutation(() => LabelPayload, {
    description:
      "Changes what a label says, its colour, key, parent or attributes, or archives it. Its annotations stay as they are.",
  })
  async updateLabel(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to change." }) input: UpdateLabelInput,
  ): Promise<LabelPayload> {
    return payload(input, await updateLabel(ctx, input));
  }

  @Mutation(() => MoveLabelPayload, { description: "Gives a label another place in the codebook's order." })
  async moveLabel(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What goes where." }) input: MoveLabelInput,
  ): Promise<MoveLabelPayload> {
    const { labelIds } = await moveLabel(ctx, input);
    return { clientMutationId: input.clientMutationId ?? null, labelIds };
  }

  @Mutation(() => DeleteLabelPayload, {
    description:
      "Deletes a label that no annotation has; while some have it, CONFLICT with `annotationCount` in extensions.current: merge it instead.",
  })
  async deleteLabel(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to delete." }) input: DeleteLabelInput,
  ): Promise<DeleteLabelPayload> {
    const { labelId, label } = await deleteLabel(ctx, input);
    return { clientMutationId: input.clientMutationId ?? null, labelId, label: label && reviveLabel(label) };
  }

  @Mutation(() => MergeLabelPayload, {
    description:
      "Gives all annotations of a label another one, each as one change of its document. What is still sent for the merged label afterwards gets its heir.",
  })
  async mergeLabel(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to merge into what." }) input: MergeLabelInput,
  ): Promise<MergeLabelPayload> {
    const { label, heir, annotationCount, unfittingCount, widened } = await mergeLabel(ctx, input);
    return {
      clientMutationId: input.clientMutationId ?? null,
      label: reviveLabel(label),
      heir: reviveLabel(heir),
      annotationCount,
      unfittingCount,
      widenedRelationTypes: widened.map(reviveRelationType),
    };
  }
}
