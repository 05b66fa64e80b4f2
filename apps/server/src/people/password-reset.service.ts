/** Use cases of lost passwords: an owner makes a one-time link, and whose password it is sets a new one by it. */
import { v7 as uuidv7 } from "uuid";
import { requireProject } from "../access/access.service.ts";
import { type Context, viewerOf } from "../context.ts";
import type { Reader, Transaction } from "../database/database.ts";
import { badInput, forbidden, notFound } from "../errors.ts";
import { applyOnce } from "../graphql/apply-once.ts";
import { uuid } from "../graphql/input-checks.ts";
import { checkPassword, lockPerson, requireCookies, signInAs } from "./accounts.ts";
import { type ResetObstacle, resetObstacle } from "./password-reset.policy.ts";
import { type OpenReset, openResetById, resetFactsOf } from "./password-reset.queries.ts";
import type { CreatePasswordResetInput, ResetPasswordInput } from "./people.input.ts";

const VALID_FOR = 24 * 3_600_000;

/** What a refusal says of each obstacle. */
const REFUSALS: Record<ResetObstacle, () => Error> = {
  "own account": () =>
    badInput("input.userId", "This is your own account: change its password in your account's settings."),
  "no password": () =>
    badInput("input.userId", "This member works by access tokens alone, so there is no password to reset."),
  "first owner": () =>
    forbidden(
      "Nobody can reset the password of this installation's first owner here; who runs the server can: npm run reset-link.",
    ),
  "creates projects": () =>
    forbidden(
      "This member may make projects and you may not, so you can't reset their password. Ask the first owner of this installation.",
    ),
  "other projects": () =>
    forbidden(
      "This member also works in projects that you don't own, so you can't reset their password. Ask somebody who owns them all, or the first owner of this installation.",
    ),
};

/** Makes a link, in the caller's transaction; the person's earlier ones are void from now on. */
export async function issueReset(
  tx: Transaction,
  personId: string,
  createdBy: string | null,
): Promise<{ id: string; expiresAt: Date }> {
  if (!(await lockPerson(tx, personId, "for no key update"))) throw notFound("member of this project");
  await tx.passwordReset.deleteMany({ where: { personId } });
  return tx.passwordReset.create({
    data: { id: uuidv7(), personId, createdBy, expiresAt: new Date(Date.now() + VALID_FOR) },
    select: { id: true, expiresAt: true },
  });
}

/** What keeps the maker from resetting the person's password; null when nothing does. */
async function obstacleFor(db: Reader, makerId: string, personId: string): Promise<ResetObstacle | null> {
  const facts = (await resetFactsOf(db, makerId, [personId])).get(personId);
  if (facts === undefined) throw notFound("member of this project");
  return resetObstacle(facts);
}

/**
 * Makes a link by which a member sets a new password; it is made from the reset's id again, so a retry gets the same.
 * @throws FORBIDDEN when it would lead to more than the viewer has, see password-reset.policy.ts
 */
export async function createPasswordReset(
  ctx: Context,
  input: CreatePasswordResetInput,
): Promise<{ token: string; url: string; expiresAt: Date }> {
  const { resetId, expiresAt } = await applyOnce(
    ctx,
    "createPasswordReset",
    input,
    async (tx) => {
      const projectId = uuid(input.projectId, "input.projectId");
      const personId = uuid(input.userId, "input.userId");
      const viewerId = viewerOf(ctx).id;
      await requireProject(ctx, projectId, "manageMembers", tx);
      if ((await tx.membership.count({ where: { projectId, personId } })) === 0)
        throw notFound("member of this project");
      const obstacle = await obstacleFor(tx, viewerId, personId);
      if (obstacle !== null) throw REFUSALS[obstacle]();
      const { id, expiresAt } = await issueReset(tx, personId, viewerId);
      return { resetId: id, projectId, expiresAt: expiresAt.toISOString() };
    },
    ({ projectId }) => requireProject(ctx, projectId, "manageMembers"),
  );
  return { ...ctx.identity.passwordResetLink(resetId), expiresAt: new Date(expiresAt) };
}

/**
 * The reset that a token is for; null when it is wrong, used, void or expired. It counts only while its maker may make
 * one: who joins another project meanwhile, or is left by its owner, can't be taken over by a link that was kept.
 */
async function workingReset(
  ctx: Context,
  db: Reader,
  token: string,
  { lock = false } = {},
): Promise<OpenReset | null> {
  const id = ctx.identity.passwordResetIdOf(token);
  const reset = id === null ? null : await openResetById(db, id, { lock });
  if (reset === null || reset.createdBy === null) return reset;
  return (await obstacleFor(db, reset.createdBy, reset.personId)) === null ? reset : null;
}

/** Whose password a link resets; null when it does not work. */
export function previewPasswordReset(ctx: Context, token: string): Promise<OpenReset | null> {
  return workingReset(ctx, ctx.db.prisma, token);
}

function refuseReset() {
  return badInput("input.token", "This link is wrong, was used already or has expired. Ask for a new one.");
}

/**
 * Sets a new password by a link, ends all sessions of the person and starts a new one. Access tokens stay.
 * @throws BAD_USER_INPUT when the link does not work
 */
export async function resetPassword(ctx: Context, input: ResetPasswordInput): Promise<{ userId: string }> {
  requireCookies(ctx);
  // Before anything slow: only who holds a link that works may cost us a password's hash.
  const found = await workingReset(ctx, ctx.db.prisma, input.token);
  if (found === null) throw refuseReset();
  const { personId } = found;
  const password = checkPassword(input.password);
  const hash = await ctx.identity.hashPassword(password);
  const { email } = await ctx.db.prisma.$transaction(async (tx) => {
    // Before the reset's own row, as where links are made.
    const isHere = await lockPerson(tx, personId, "for no key update");
    const reset = isHere ? await workingReset(ctx, tx, input.token, { lock: true }) : null;
    if (reset === null) throw refuseReset();
    await tx.passwordReset.update({ where: { id: reset.id }, data: { usedAt: new Date() } });
    const { count } = await tx.authAccount.updateMany({
      where: { userId: personId, providerId: "credential" },
      data: { password: hash },
    });
    if (count === 0) throw refuseReset();
    await tx.session.deleteMany({ where: { userId: personId } });
    return reset;
  });
  ctx.live.accessChanged();
  await ctx.identity.signInLimits.forget(email);
  await signInAs(ctx, personId, { email, password });
  return { userId: personId };
}
