/** People, roles and tokens as the API shows them. */
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Role } from "../generated/prisma/enums.ts";

registerEnumType(Role, {
  name: "Role",
  description:
    "VIEWER reads. ANNOTATOR also makes annotations, relations and comments, and changes and deletes own ones. CURATOR also changes everybody's, the codebook, guidelines and documents. OWNER also members, invitations, deletion of the project, imports that name authors.",
  valuesConfig: {
    VIEWER: { description: "Reads." },
    ANNOTATOR: {
      description: "Also makes annotations, relations and comments, and changes and deletes own ones.",
    },
    CURATOR: { description: "Also changes everybody's work, the codebook, guidelines and documents." },
    OWNER: { description: "Also members, invitations, deletion of the project, imports that name authors." },
  },
});

@ObjectType("User", { description: "Somebody who works here, or whose work was imported." })
export class UserType {
  @Field(() => ID, { description: "UUID." })
  id!: string;

  @Field(() => String, { description: "What people are called." })
  name!: string;
}

@ObjectType("Viewer", { description: "The person asking." })
export class ViewerType {
  @Field(() => ID, { description: "UUID, the same as the person's as a User." })
  id!: string;

  @Field(() => String, { description: "What people call the viewer." })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: "What the viewer signs in with; null for one who works by access tokens alone.",
  })
  email!: string | null;

  @Field(() => Boolean, { description: "May make projects." })
  createsProjects!: boolean;
}

@ObjectType("Member", { description: "`email` for owners and oneself, else null." })
export class MemberType {
  @Field(() => UserType, { description: "Who it is." })
  user!: UserType;

  @Field(() => Role, { description: "What they may do here." })
  role!: Role;

  @Field(() => String, {
    nullable: true,
    description: "For owners and oneself, else null; null too for who has no sign-in.",
  })
  email!: string | null;
}

/** A member, and whether the viewer is an owner here, from which the rest is resolved. */
export type MemberRow = MemberType & { viewerOwns: boolean };

@ObjectType("PasswordResetPreview", { description: "Whose password a link resets." })
export class PasswordResetPreviewType {
  @Field(() => String, { description: "What they are called." })
  name!: string;

  @Field(() => String, { description: "What they sign in with." })
  email!: string;

  @Field(() => GraphQLDateTime, { description: "When the link stops working." })
  expiresAt!: Date;
}

@ObjectType("Invitation", {
  description: "An invitation link that works still; the link itself is shown only once.",
})
export class InvitationType {
  @Field(() => ID, { description: "UUID." })
  id!: string;

  @Field(() => Role, { description: "What the one who joins may do." })
  role!: Role;

  @Field(() => GraphQLDateTime, { description: "When the link was made." })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: "When the link stops working." })
  expiresAt!: Date;
}

/** An invitation with the id of who made it, from which the rest is resolved. */
export type InvitationRow = InvitationType & { createdBy: string };

@ObjectType("InvitationPreview", { description: "What an invitation link offers." })
export class InvitationPreviewType {
  @Field(() => String, { description: "The project to join." })
  projectName!: string;

  @Field(() => Role, { description: "What one may do there." })
  role!: Role;

  @Field(() => GraphQLDateTime, { description: "When the link stops working." })
  expiresAt!: Date;
}

@ObjectType("AccessToken", {
  description: "What a script signs in with. The secret itself is stored nowhere.",
})
export class AccessTokenType {
  @Field(() => ID, { description: "UUID." })
  id!: string;

  @Field(() => String, { description: "What its owner calls it." })
  name!: string;

  @Field(() => GraphQLDateTime, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was last used, to the minute; null before the first use.",
  })
  lastUsedAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it stops working; null for never." })
  expiresAt!: Date | null;
}
