/** People, invitations and tokens: GraphQL to use cases. */
import { GraphQLDateTime } from "graphql-scalars";
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { Context, Viewer } from "../context.ts";
import type { ProjectRow } from "../project/project.queries.ts";
import { ProjectType } from "../project/project.type.ts";
import { accessTokensOf, createAccessToken, revokeAccessToken } from "./access-tokens.service.ts";
import {
  acceptInvitation,
  createInvitation,
  type OpenInvitation,
  previewInvitation,
} from "./invitations.service.ts";
import { removeMember, setMemberRole } from "./members.service.ts";
import {
  AcceptInvitationInput,
  CreateAccessTokenInput,
  CreateInvitationInput,
  RemoveMemberInput,
  RevokeAccessTokenInput,
  SetMemberRoleInput,
  SetUpOwnerInput,
} from "./people.input.ts";
import { AccessTokenType, InvitationPreviewType, UserType, ViewerType } from "./people.type.ts";
import { setUpLinkWorks, setUpOwner } from "./set-up.service.ts";

@ObjectType({ description: "The first owner, signed in." })
class SetUpOwnerPayload {
  @Field(() => UserType, { description: "Who was set up." })
  user!: UserType;
}

@ObjectType({ description: "`url` is shown once, works once and expires." })
class InvitationPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => String, { description: "The link to send to the one invited." })
  url!: string;

  @Field(() => String, { description: "What acceptInvitation takes; it stands after # in the link." })
  token!: string;

  @Field(() => GraphQLDateTime, { description: "14 days from when it was made." })
  expiresAt!: Date;
}

@ObjectType({ description: "Who has joined what." })
class AcceptInvitationPayload {
  @Field(() => ProjectType, { description: "The project that was joined." })
  project!: ProjectRow;

  @Field(() => UserType, { description: "Who has joined." })
  user!: UserType;

  @Field(() => String, {
    nullable: true,
    description: "For a person without e-mail and password: the only way in, shown this once.",
  })
  accessToken!: string | null;
}

@ObjectType({ description: "A project after a change to its members." })
class MembersPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => ProjectType, { description: "The project as it is now." })
  project!: ProjectRow;
}

@ObjectType({ description: "`secret` is shown this once." })
class CreateAccessTokenPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => AccessTokenType, { description: "The token, without its secret." })
  accessToken!: AccessTokenType;

  @Field(() => String, { description: "What a script sends as `Authorization: Bearer SECRET`." })
  secret!: string;
}

@ObjectType({ description: "A revoked access token." })
class RevokeAccessTokenPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The token that was revoked." })
  id!: string;
}

@Resolver(() => UserType)
export class UserResolver {
  @FieldResolver(() => Boolean, {
    description: "Came as an author in an imported corpus; can't sign in.",
  })
  async imported(@Root() user: UserType, @Ctx() ctx: Context): Promise<boolean> {
    return (await ctx.loaders.person.load(user.id)).imported;
  }
}

@Resolver()
export class PeopleResolver {
  @Query(() => ViewerType, { nullable: true, description: "Who is asking; null when signed out." })
  viewer(@Ctx() ctx: Context): Viewer | null {
    return ctx.caller?.viewer ?? null;
  }

  @Query(() => InvitationPreviewType, {
    nullable: true,
    description: "What an invitation link offers; null when it is wrong, used or expired. Works signed out.",
  })
  invitation(
    @Ctx() ctx: Context,
    @Arg("token", () => String, { description: "What stands after # in the link." }) token: string,
  ): Promise<OpenInvitation | null> {
    return previewInvitation(ctx, token);
  }

  @Query(() => Boolean, {
    description: "Whether the first owner's one-time link still works. Works signed out.",
  })
  setUpLinkWorks(
    @Ctx() ctx: Context,
    @Arg("token", () => String, { description: "What stands after # in the link." }) token: string,
  ): Promise<boolean> {
    return setUpLinkWorks(ctx, token);
  }

  @Query(() => [AccessTokenType], { description: "The viewer's own access tokens, the newest first." })
  accessTokens(@Ctx() ctx: Context): Promise<AccessTokenType[]> {
    return accessTokensOf(ctx);
  }

  @Mutation(() => SetUpOwnerPayload, {
    description:
      "Gives the first owner name, e-mail and password by the one-time link; starts a session. Works signed out.",
  })
  async setUpOwner(
    @Ctx() ctx: Context,
    @Arg("input", { description: "Who the owner is." }) input: SetUpOwnerInput,
  ): Promise<SetUpOwnerPayload> {
    return { user: await setUpOwner(ctx, input) };
  }

  @Mutation(() => InvitationPayload, { description: "Makes a link by which one person can join a project." })
  async createInvitation(
    @Ctx() ctx: Context,
    @Arg("input", { description: "To what and as what." }) input: CreateInvitationInput,
  ): Promise<InvitationPayload> {
    return { clientMutationId: input.clientMutationId ?? null, ...(await createInvitation(ctx, input)) };
  }

  @Mutation(() => AcceptInvitationPayload, {
    description:
      "Joins a project by an invitation. A member keeps the higher role, and a link that gives them no more stays unused. Works signed out.",
  })
  async acceptInvitation(
    @Ctx() ctx: Context,
    @Arg("input", { description: "The invitation, and who accepts it." }) input: AcceptInvitationInput,
  ): Promise<AcceptInvitationPayload> {
    const { projectId, person, accessToken } = await acceptInvitation(ctx, input);
    return { project: await ctx.loaders.project.load(projectId), user: person, accessToken };
  }

  @Mutation(() => MembersPayload, {
    description: "Gives a member another role; the last owner keeps theirs.",
  })
  async setMemberRole(
    @Ctx() ctx: Context,
    @Arg("input", { description: "Who and what." }) input: SetMemberRoleInput,
  ): Promise<MembersPayload> {
    return payload(ctx, input, await setMemberRole(ctx, input));
  }

  @Mutation(() => MembersPayload, {
    description: "Takes a member out of a project. Removing oneself is leaving; the last owner can't.",
  })
  async removeMember(
    @Ctx() ctx: Context,
    @Arg("input", { description: "Who." }) input: RemoveMemberInput,
  ): Promise<MembersPayload> {
    return payload(ctx, input, await removeMember(ctx, input));
  }

  @Mutation(() => CreateAccessTokenPayload, { description: "Makes an access token of the viewer's own." })
  async createAccessToken(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to make." }) input: CreateAccessTokenInput,
  ): Promise<CreateAccessTokenPayload> {
    return { clientMutationId: input.clientMutationId ?? null, ...(await createAccessToken(ctx, input)) };
  }

  @Mutation(() => RevokeAccessTokenPayload, {
    description: "Revokes one of the viewer's own access tokens at once.",
  })
  async revokeAccessToken(
    @Ctx() ctx: Context,
    @Arg("input", { description: "Which." }) input: RevokeAccessTokenInput,
  ): Promise<RevokeAccessTokenPayload> {
    return { clientMutationId: input.clientMutationId ?? null, ...(await revokeAccessToken(ctx, input)) };
  }
}

async function payload(
  ctx: Context,
  input: { clientMutationId?: string | null },
  { projectId }: { projectId: string },
): Promise<MembersPayload> {
  return {
    clientMutationId: input.clientMutationId ?? null,
    project: await ctx.loaders.project.load(projectId),
  };
}
