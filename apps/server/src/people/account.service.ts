/** Use cases of one's own account: another name or e-mail, and deleting it. */
import { type Context, type Viewer, viewerOf } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { badInput, unauthenticated } from "../errors.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { refuseNulls } from "../graphql/input-checks.ts";
import { announce, type LogPlace, recordChanges } from "../live/project-log.ts";
import { checkEmail, checkName, emailTaken, lockPerson } from "./accounts.ts";
import { requireCurrentPassword } from "./current-password.ts";
import type { DeleteAccountInput, UpdateAccountInput } from "./people.input.ts";

/** Under which the work of people who have left stays. */
const FORMER_MEMBER = "Former member";

/** Project names that a refusal lists. */
const LISTED = 5;

/**
 * Changes the viewer's name or e-mail; what is the same already is no change.
 * @throws BAD_USER_INPUT when the e-mail is taken, or the password that a new one needs is wrong
 */
export async function updateAccount(ctx: Context, input: UpdateAccountInput): Promise<Viewer> {
  const { currentPassword, ...changes } = input;
  refuseNulls(changes);
  const viewer = viewerOf(ctx);
  const name = input.name === undefined ? viewer.name : checkName(input.name);
  const email = input.email === undefined ? viewer.email : checkEmail(input.email);
  if (email !== viewer.email && viewer.email === null)
    throw badInput("input.email", "You work by access tokens alone, so there is no e-mail to change.");
  if (email !== viewer.email) await requireCurrentPassword(ctx, currentPassword);
  await ctx.db.prisma
    .$transaction(async (tx) => {
      if (!(await lockPerson(tx, viewer.id, "for no key update"))) throw unauthenticated();
      // Only what was asked for: the rest may have changed since this request began.
      if (input.name !== undefined) {
        await tx.person.update({ where: { id: viewer.id }, data: { name } });
        await tx.signIn.updateMany({ where: { id: viewer.id }, data: { name } });
      }
      if (email !== null && email !== viewer.email)
        await tx.signIn.update({ where: { id: viewer.id }, data: { email } });
    })
    .catch((error: unknown) => {
      if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") throw emailTaken();
      throw error;
    });
  const changed = { ...viewer, name, email };
  if (ctx.caller !== null) ctx.caller = { ...ctx.caller, viewer: changed };
  return changed;
}

/**
 * Deletes the viewer's account: what they made stays, under another name; all else of them goes.
 * In a deleted project that they own alone their membership goes too, so that it can't be brought back any more.
 * @throws BAD_USER_INPUT when a project would be left without an owner, and to the installation's first owner
 */
export async function deleteAccount(ctx: Context, input: DeleteAccountInput): Promise<{ userId: string }> {
  const { id } = viewerOf(ctx);
  if (ctx.identity.isFirstOwner(id)) {
    throw badInput(
      "input",
      "This is the installation's first owner, whose account can't be deleted: ADMIN_TOKEN and the commands on the server act as that person.",
    );
  }
  await requireCurrentPassword(ctx, input.currentPassword);
  const logged = await ctx.db.prisma.$transaction(async (tx) => {
    if (!(await lockPerson(tx, id, "for no key update"))) throw unauthenticated();
    const projectIds = await lockProjectsOf(tx, id);
    await requireOtherOwners(tx, id);
    await removeTraces(tx, id);
    return recordLeaving(tx, id, projectIds);
  });
  announce(ctx, logged);
  ctx.live.accessChanged();
  if (ctx.caller?.credential.kind === "session") ctx.setCookie?.(await ctx.identity.endedSessionCookie());
  // Nothing else of this request is theirs any more.
  ctx.caller = null;
  return { userId: id };
}

async function recordLeaving(
  tx: Transaction,
  personId: string,
  projectIds: readonly string[],
): Promise<LogPlace[]> {
  const by = { authorId: personId, clientMutationId: null };
  const places: LogPlace[] = [];
  for (const projectId of projectIds)
    places.push(await recordChanges(tx, projectId, by, [{ kind: "MEMBER_CHANGED", personId, role: null }]));
  return places;
}

/** Makes changes to the members of all projects of a person wait, as lockMembers does for one; in one order, against deadlocks. */
async function lockProjectsOf(tx: Transaction, personId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from project where id in (select project_id from membership where person_id = ${personId}::uuid)
    order by id for no key update`;
  return rows.map(({ id }) => id);
}

/** Refuses what would leave a project without an owner; a deleted one needs none. */
async function requireOtherOwners(tx: Transaction, personId: string): Promise<void> {
  const alone = await tx.project.findMany({
    where: {
      deletedAt: null,
      AND: [
        { members: { some: { personId, role: "OWNER" } } },
        { members: { none: { personId: { not: personId }, role: "OWNER" } } },
      ],
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { name: true },
  });
  if (alone.length === 0) return;
  const more = alone.length > LISTED ? ` and ${alone.length - LISTED} more` : "";
  const names = alone.slice(0, LISTED).map(({ name }) => `“${name}”`);
  throw badInput(
    "input",
    `You are the last owner of ${names.join(", ")}${more}. Make somebody else an owner, or delete the project, first.`,
  );
}

/** Takes away all that says who somebody was, and all that they could come in by. */
async function removeTraces(tx: Transaction, personId: string): Promise<void> {
  await tx.passwordReset.deleteMany({ where: { OR: [{ personId }, { createdBy: personId }] } });
  await tx.invitation.deleteMany({ where: { createdBy: personId, usedAt: null } });
  await tx.appliedMutation.deleteMany({ where: { personId } });
  await tx.membership.deleteMany({ where: { personId } });
  await tx.accessToken.deleteMany({ where: { personId } });
  // Sessions and the password go with it.
  await tx.signIn.deleteMany({ where: { id: personId } });
  await tx.person.update({
    where: { id: personId },
    data: { name: FORMER_MEMBER, createsProjects: false, leftAt: new Date() },
  });
}
