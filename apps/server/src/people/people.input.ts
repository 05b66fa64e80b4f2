/** What mutations on people, invitations and tokens take. */
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";
import { Role } from "../generated/prisma/enums.ts";
import { REPEATABLE } from "../graphql/repeatable.ts";

const EMAIL = "Upper and lower case are the same.";
const NEW_PASSWORD = "10 to 200 characters.";

@InputType({
  description: "The first owner's name, e-mail and password, by the one-time link; starts a session.",
})
export class SetUpOwnerInput {
  @Field(() => String, { description: "What stands after # in the link." })
  token!: string;

  @Field(() => String, { description: "1 to 200 characters." })
  name!: string;

  @Field(() => String, { description: EMAIL })
  email!: string;

  @Field(() => String, { description: NEW_PASSWORD })
  password!: string;
}

@InputType({ description: "An invitation for one person." })
export class CreateInvitationInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The project to join." })
  projectId!: string;

  @Field(() => Role, { description: "What the one who joins may do." })
  role!: Role;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the link stops working: in the future, at most 90 days from now; 14 days when absent.",
  })
  expiresAt?: Date | null;
}

@InputType({ description: "Which invitation to revoke." })
export class RevokeInvitationInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The invitation." })
  id!: string;
}

@InputType({
  description:
    "Signed in: joins the project. Signed out: makes the account first, from name, email and password, and starts a session; without email and password it makes a person who works by the returned access token alone.",
})
export class AcceptInvitationInput {
  @Field(() => String, { description: "What stands after # in the link." })
  token!: string;

  @Field(() => String, {
    nullable: true,
    description: "Signed out only, and needed then: 1 to 200 characters.",
  })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Signed out only, with password or not at all. ${EMAIL}`,
  })
  email?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Signed out only, with email or not at all: ${NEW_PASSWORD}`,
  })
  password?: string | null;
}

@InputType({ description: "Another role for a member." })
export class SetMemberRoleInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The project." })
  projectId!: string;

  @Field(() => ID, { description: "The member." })
  userId!: string;

  @Field(() => Role, { description: "What the member may do from now on." })
  role!: Role;
}

@InputType({ description: "Removing oneself is leaving; the last owner can't." })
export class RemoveMemberInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The project." })
  projectId!: string;

  @Field(() => ID, { description: "The member." })
  userId!: string;
}

@InputType({ description: "A new access token of one's own." })
export class CreateAccessTokenInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => String, { description: "1 to 200 characters: what it is for." })
  name!: string;

  @Field(() => GraphQLDateTime, { nullable: true, description: "In the future; null for never." })
  expiresAt?: Date | null;
}

@InputType({ description: "Which of one's own access tokens to revoke." })
export class RevokeAccessTokenInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The token." })
  id!: string;
}

@InputType({ description: "Whose password is lost." })
export class CreatePasswordResetInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "A project that the viewer owns." })
  projectId!: string;

  @Field(() => ID, { description: "A member of it, see Member.mayResetPassword." })
  userId!: string;
}

@InputType({
  description:
    "A new password by a one-time link. No clientMutationId: what holds a password is not remembered.",
})
export class ResetPasswordInput {
  @Field(() => String, { description: "What stands after # in the link." })
  token!: string;

  @Field(() => String, { description: NEW_PASSWORD })
  password!: string;
}

@InputType({ description: "Changes to the viewer's own account; absent fields stay as they are." })
export class UpdateAccountInput {
  @Field(() => String, { nullable: true, description: "1 to 200 characters." })
  name?: string;

  @Field(() => String, { nullable: true, description: `Nobody else's. ${EMAIL}` })
  email?: string;

  @Field(() => String, { nullable: true, description: "Needed to change the e-mail." })
  currentPassword?: string | null;
}

@InputType({ description: "The viewer's own account." })
export class DeleteAccountInput {
  @Field(() => String, { nullable: true, description: "Needed from who has a password." })
  currentPassword?: string | null;
}
