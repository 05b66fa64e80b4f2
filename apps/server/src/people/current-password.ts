/** Asks who is signed in for the password once more, before what a borrowed session must not do. */
import { type Context, viewerOf } from "../context.ts";
import { ApiError, badInput } from "../errors.ts";

/** The hash of a person's password; null for who works by access tokens alone. */
export async function passwordHashOf(ctx: Context, personId: string): Promise<string | null> {
  const account = await ctx.db.prisma.authAccount.findFirst({
    where: { userId: personId, providerId: "credential" },
    select: { password: true },
  });
  return account?.password ?? null;
}

/**
 * Takes the viewer's password; from who has none nothing is asked. A wrong one counts as a failed sign-in.
 * @throws BAD_USER_INPUT when it is missing or wrong, RATE_LIMITED after too many wrong ones
 */
export async function requireCurrentPassword(
  ctx: Context,
  password: string | null | undefined,
): Promise<void> {
  const { id, email } = viewerOf(ctx);
  const hash = await passwordHashOf(ctx, id);
  if (hash === null) return;
  if (password == null)
    throw badInput(
      "input.currentPassword",
      "input.currentPassword must be given: the password you have now.",
    );
  const charge = await ctx.identity.signInLimits.charge(ctx.address, email);
  if (!charge.allowed) {
    const minutes = Math.ceil(charge.retryAfterSeconds / 60);
    throw new ApiError("RATE_LIMITED", `Too many wrong passwords. Try again in ${minutes} minutes.`);
  }
  if (!(await ctx.identity.verifyPassword(hash, password)))
    throw badInput("input.currentPassword", "This is not your current password.");
  await charge.forgive();
}
