/** Use cases of a project's members: another role, removing, leaving. */
import { requireProject } from "../access/access.service.ts";
import { type Context, viewerOf } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { badInput, notFound } from "../errors.ts";
import type { Role } from "../generated/prisma/enums.ts";
import { uuid } from "../graphql/input-checks.ts";
import { changeProjects } from "../live/project-log.ts";
import type { RemoveMemberInput, SetMemberRoleInput } from "./people.input.ts";

/**
 * Makes changes to a project's members wait for each other, so that two owners can't both go at once.
 * To be called before anything else in the transaction touches the project: a stronger lock after a weaker one deadlocks.
 */
export async function lockMembers(tx: Transaction, projectId: string): Promise<void> {
  await tx.$queryRaw`select 1 from project where id = ${projectId}::uuid for no key update`;
}

/** To be called after the commit of a change to members: what this request has read is stale, and rights may be gone. */
export function membersChanged(ctx: Context, projectId: string): void {
  ctx.loaders.project.clear(projectId);
  ctx.loaders.membersOfProject.clear(projectId);
  ctx.loaders.viewerRole.clear(projectId);
  ctx.live.accessChanged();
}

async function roleOfMember(tx: Transaction, projectId: string, personId: string): Promise<Role> {
  const membership = await tx.membership.findUnique({
    where: { projectId_personId: { projectId, personId } },
    select: { role: true },
  });
  if (membership === null) throw notFound("member of this project");
  return membership.role;
}

/** Refuses what would leave the project without an owner. */
async function requireAnotherOwner(
  tx: Transaction,
  projectId: string,
  personId: string,
  field: string,
): Promise<void> {
  const others = await tx.membership.count({
    where: { projectId, role: "OWNER", personId: { not: personId } },
  });
  if (others === 0)
    throw badInput(
      field,
      "A project needs an owner, and this is its last one. Make somebody else an owner first.",
    );
}

/** Refuses an owner who can't sign in: a project must not be left to somebody who can do nothing about it. */
async function requireSignsIn(tx: Transaction, personId: string): Promise<void> {
  const { name, imported } = await tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: { name: true, imported: true },
  });
  if (imported) throw badInput("input.role", `${name} can't sign in, so can't be an owner.`);
}

/**
 * Gives a member another role; the same role is no change.
 * @throws BAD_USER_INPUT when it is the last owner's, or when somebody who can't sign in would become one
 */
export async function setMemberRole(ctx: Context, input: SetMemberRoleInput): Promise<{ projectId: string }> {
  const outcome = await changeProjects(
    ctx,
    "setMemberRole",
    input,
    async ({ tx, record }) => {
      const projectId = uuid(input.projectId, "input.projectId");
      const personId = uuid(input.userId, "input.userId");
      await lockMembers(tx, projectId);
      await requireProject(ctx, projectId, "manageMembers", tx);
      const role = await roleOfMember(tx, projectId, personId);
      if (role === input.role) return { projectId };
      if (role === "OWNER") await requireAnotherOwner(tx, projectId, personId, "input.role");
      if (input.role === "OWNER") await requireSignsIn(tx, personId);
      await tx.membership.update({
        where: { projectId_personId: { projectId, personId } },
        data: { role: input.role },
      });
      await record(projectId, { kind: "MEMBER_CHANGED", personId, role: input.role });
      return { projectId };
    },
    ({ projectId }) => requireProject(ctx, projectId, "read"),
  );
  membersChanged(ctx, outcome.projectId);
  return outcome;
}

/**
 * Takes a member out of a project; what they made stays. Oneself may go with any role.
 * @throws BAD_USER_INPUT when it is the last owner
 */
export async function removeMember(ctx: Context, input: RemoveMemberInput): Promise<{ projectId: string }> {
  const outcome = await changeProjects(
    ctx,
    "removeMember",
    input,
    async ({ tx, record }) => {
      const projectId = uuid(input.projectId, "input.projectId");
      const personId = uuid(input.userId, "input.userId");
      await lockMembers(tx, projectId);
      await requireProject(ctx, projectId, personId === viewerOf(ctx).id ? "read" : "manageMembers", tx);
      const role = await roleOfMember(tx, projectId, personId);
      if (role === "OWNER") await requireAnotherOwner(tx, projectId, personId, "input.userId");
      await tx.membership.delete({ where: { projectId_personId: { projectId, personId } } });
      await record(projectId, { kind: "MEMBER_CHANGED", personId, role: null });
      return { projectId };
    },
    // Who has left may not read the project again by a retry: they get NOT_FOUND, as everywhere.
    ({ projectId }) => requireProject(ctx, projectId, "read"),
  );
  membersChanged(ctx, outcome.projectId);
  return outcome;
}
