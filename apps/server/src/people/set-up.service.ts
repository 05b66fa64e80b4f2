/** The first start: the one-time link that gives the first owner a sign-in. */
import type { Context } from "../context.ts";
import { badInput } from "../errors.ts";
import { checkName, checkSignInDetails, insertSignIn, requireCookies, startSession } from "./accounts.ts";
import type { SetUpOwnerInput } from "./people.input.ts";
import type { PersonRow } from "./person.queries.ts";

/** Whether the first owner's link still works. */
export async function setUpLinkWorks(ctx: Context, token: string): Promise<boolean> {
  return ctx.identity.isSetUpToken(token) && (await ctx.identity.setUpLink()) !== null;
}

/**
 * Gives the first owner name, e-mail and password, and signs them in.
 * @throws BAD_USER_INPUT when the link is wrong or was used
 */
export async function setUpOwner(ctx: Context, input: SetUpOwnerInput): Promise<PersonRow> {
  requireCookies(ctx);
  const refuse = () =>
    badInput(
      "input.token",
      "This link is wrong or was used already. If you have set your account up, sign in.",
    );
  if (!(await setUpLinkWorks(ctx, input.token))) throw refuse();
  const name = checkName(input.name);
  const details = checkSignInDetails(input.email, input.password);
  const passwordHash = await ctx.identity.hashPassword(details.password);
  const id = await ctx.identity.ensureOwner();
  await ctx.db.prisma.$transaction(async (tx) => {
    // The row's lock makes the link work once, however many use it at the same time.
    await tx.person.update({ where: { id }, data: { name } });
    if ((await tx.signIn.count({ where: { id } })) > 0) throw refuse();
    await insertSignIn(tx, { id, name }, details.email, passwordHash);
  });
  await startSession(ctx, details);
  return { id, name };
}
