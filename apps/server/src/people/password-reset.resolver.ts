/** Lost passwords: GraphQL to use cases. */
import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { createPasswordReset, previewPasswordReset, resetPassword } from "./password-reset.service.ts";
import { CreatePasswordResetInput, ResetPasswordInput } from "./people.input.ts";
import { type MemberRow, MemberType, PasswordResetPreviewType, UserType } from "./people.type.ts";

@ObjectType({ description: "`url` is shown once, works once and expires." })
class CreatePasswordResetPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => String, { description: "The link to send to the member." })
  url!: string;

  @Field(() => String, { description: "What resetPassword takes; it stands after # in the link." })
  token!: string;

  @Field(() => GraphQLDateTime, { description: "24 hours from when it was made." })
  expiresAt!: Date;
}

@ObjectType({ description: "Who has a new password, signed in." })
class ResetPasswordPayload {
  @Field(() => UserType, { description: "Whose password it is." })
  user!: UserType;
}

@Resolver()
export class PasswordResetResolver {
  @Query(() => PasswordResetPreviewType, {
    nullable: true,
    description:
      "Whose password a one-time link resets; null when it is wrong, used or expired. Works signed out.",
  })
  passwordReset(
    @Ctx() ctx: Context,
    @Arg("token", () => String, { description: "What stands after # in the link." }) token: string,
  ): Promise<PasswordResetPreviewType | null> {
    return previewPasswordReset(ctx, token);
  }

  @Mutation(() => CreatePasswordResetPayload, {
    description:
      "Makes a link by which a member sets a new password; their earlier links stop working. For owners of all that the member works in.",
  })
  async createPasswordReset(
    @Ctx() ctx: Context,
    @Arg("input", { description: "Whose." }) input: CreatePasswordResetInput,
  ): Promise<CreatePasswordResetPayload> {
    return { clientMutationId: input.clientMutationId ?? null, ...(await createPasswordReset(ctx, input)) };
  }

  @Mutation(() => ResetPasswordPayload, {
    description:
      "Sets a new password by a one-time link; ends all sessions of the person and starts a new one. Works signed out.",
  })
  async resetPassword(
    @Ctx() ctx: Context,
    @Arg("input", { description: "The link and the password." }) input: ResetPasswordInput,
  ): Promise<ResetPasswordPayload> {
    const { userId } = await resetPassword(ctx, input);
    return { user: await ctx.loaders.person.load(userId) };
  }
}

@Resolver(() => MemberType)
export class MemberResolver {
  @FieldResolver(() => Boolean, {
    description: "Whether the viewer may make a one-time link by which this member sets a new password.",
  })
  async mayResetPassword(@Root() member: MemberRow, @Ctx() ctx: Context): Promise<boolean> {
    return member.viewerOwns && ctx.loaders.mayResetPassword.load(member.user.id);
  }
}
