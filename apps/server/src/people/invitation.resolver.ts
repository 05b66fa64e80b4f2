/** What a project's owners see of its invitations. */
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { ProjectRow } from "../project/project.queries.ts";
import { ProjectType } from "../project/project.type.ts";
import { type InvitationRow, InvitationType, UserType } from "./people.type.ts";

@Resolver(() => ProjectType)
export class ProjectInvitationsResolver {
  @FieldResolver(() => [InvitationType], {
    nullable: true,
    description: "Invitations that can be accepted still, the latest first; for owners, else null.",
  })
  async invitations(@Root() project: ProjectRow, @Ctx() ctx: Context): Promise<InvitationRow[] | null> {
    const role = await ctx.loaders.viewerRole.load(project.id);
    return role === "OWNER" ? ctx.loaders.invitationsOfProject.load(project.id) : null;
  }
}

@Resolver(() => InvitationType)
export class InvitationResolver {
  @FieldResolver(() => UserType, { description: "Who made it." })
  createdBy(@Root() invitation: InvitationRow, @Ctx() ctx: Context): Promise<UserType> {
    return ctx.loaders.person.load(invitation.createdBy);
  }
}
