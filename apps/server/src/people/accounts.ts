/** Makes accounts: a person's sign-in with e-mail and password. Nobody gets one unasked, see invitations and set-up. */
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Context } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { badInput } from "../errors.ts";
import { LIMITS, text } from "../graphql/input-checks.ts";
import { PASSWORD } from "./password-auth.ts";

/** What somebody signs in with. */
interface SignInDetails {
  /** In lower case. */
  email: string;
  password: string;
}

/** The longest address that mail can be sent to (RFC 5321). */
const MAX_EMAIL = 254;

/**
 * What people will see of somebody, without white space around it.
 * @throws BAD_USER_INPUT when it is blank or too long
 */
export function checkName(name: string): string {
  return text(name, "input.name", { max: LIMITS.name }).trim();
}

/**
 * An e-mail in lower case and a password of bearable length.
 * @throws BAD_USER_INPUT naming the one that is wrong
 */
export function checkSignInDetails(email: string, password: string): SignInDetails {
  const lower = email.trim().toLowerCase();
  if (lower.length > MAX_EMAIL || !z.email().safeParse(lower).success) {
    throw badInput("input.email", "input.email must be an e-mail address, like name@example.org.");
  }
  if (password.length < PASSWORD.min || password.length > PASSWORD.max) {
    throw badInput(
      "input.password",
      `input.password must have ${PASSWORD.min} to ${PASSWORD.max} characters.`,
    );
  }
  return { email: lower, password };
}

/**
 * Refuses what makes an account on a socket: the session's cookie could not be handed over.
 * @throws BAD_USER_INPUT
 */
export function requireCookies(ctx: Context): (cookie: string) => void {
  if (ctx.setCookie === null)
    throw badInput("input", "This starts a session, which a socket can't: send it as POST /graphql.");
  return ctx.setCookie;
}

/**
 * Gives a person a sign-in, in the caller's transaction.
 * @param passwordHash made before the transaction, since hashing is slow on purpose
 * @throws BAD_USER_INPUT when the e-mail is taken
 */
export async function insertSignIn(
  tx: Transaction,
  person: { id: string; name: string },
  email: string,
  passwordHash: string,
): Promise<void> {
  const { id, name } = person;
  const { count } = await tx.signIn.createMany({ data: [{ id, name, email }], skipDuplicates: true });
  if (count === 0)
    throw badInput(
      "input.email",
      "There is an account with this e-mail address already: sign in, or take another address.",
    );
  await tx.authAccount.create({
    data: { id: uuidv7(), userId: id, accountId: id, providerId: "credential", password: passwordHash },
  });
}

/** Signs somebody in whose account has just been made. */
export async function startSession(ctx: Context, details: SignInDetails): Promise<void> {
  const setCookie = requireCookies(ctx);
  for (const cookie of await ctx.identity.startSession(details, ctx.address)) setCookie(cookie);
}
