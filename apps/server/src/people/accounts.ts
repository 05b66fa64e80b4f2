/** Makes accounts: a person's sign-in with e-mail and password. Nobody gets one unasked, see invitations and set-up. */
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Context, Credential, Viewer } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { badInput } from "../errors.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { LIMITS, text } from "../graphql/input-checks.ts";
import { createLoaders } from "../graphql/loaders.ts";
import { personAsViewer } from "./credential.queries.ts";
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
 * An e-mail in lower case.
 * @throws BAD_USER_INPUT
 */
export function checkEmail(email: string): string {
  const lower = email.trim().toLowerCase();
  if (lower.length > MAX_EMAIL || !z.email().safeParse(lower).success) {
    throw badInput("input.email", "input.email must be an e-mail address, like name@example.org.");
  }
  return lower;
}

/**
 * A password of bearable length.
 * @throws BAD_USER_INPUT
 */
export function checkPassword(password: string): string {
  if (password.length < PASSWORD.min || password.length > PASSWORD.max) {
    throw badInput(
      "input.password",
      `input.password must have ${PASSWORD.min} to ${PASSWORD.max} characters.`,
    );
  }
  return password;
}

/**
 * An e-mail in lower case and a password of bearable length.
 * @throws BAD_USER_INPUT naming the one that is wrong
 */
export function checkSignInDetails(email: string, password: string): SignInDetails {
  return { email: checkEmail(email), password: checkPassword(password) };
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
  if (count === 0) throw emailTaken();
  await tx.authAccount.create({
    data: { id: uuidv7(), userId: id, accountId: id, providerId: "credential", password: passwordHash },
  });
}

/** Of two accounts none has the other's e-mail address. */
export function emailTaken(): Error {
  return badInput(
    "input.email",
    "There is an account with this e-mail address already: sign in, or take another address.",
  );
}

/**
 * Locks a person for the transaction; false when they have left.
 * @param lock a change of the account, or something that must not outlast its deletion, like a membership
 */
export async function lockPerson(
  tx: Transaction,
  personId: string,
  lock: "for no key update" | "for share",
): Promise<boolean> {
  // No stronger lock: rows that name the person would wait for it, and deadlock with what waits for theirs.
  const found = await tx.$queryRaw<unknown[]>`
    select 1 from person where id = ${personId}::uuid and left_at is null ${Prisma.raw(lock)}`;
  return found.length > 0;
}

/** Signs somebody in whose password has just been set. */
export async function startSession(ctx: Context, details: SignInDetails): Promise<void> {
  const setCookie = requireCookies(ctx);
  for (const cookie of await ctx.identity.startSession(details, ctx)) setCookie(cookie);
}

/** The rest of this request is that person's: they may read what the answer gives them. */
export function become(ctx: Context, viewer: Viewer, credential: Credential): void {
  ctx.caller = { viewer, credential };
  ctx.loaders = createLoaders(ctx.db, viewer.id);
}

/** Signs somebody in whose password has just been set, and goes on as that person. */
export async function signInAs(ctx: Context, personId: string, details: SignInDetails): Promise<void> {
  await startSession(ctx, details);
  const [viewer, session] = await Promise.all([
    personAsViewer(ctx.db.pool, personId),
    ctx.db.prisma.session.findFirst({
      where: { userId: personId },
      orderBy: { createdAt: "desc" },
      select: { id: true },
    }),
  ]);
  // Somebody was faster in ending the session or the account; the cookie will say so.
  if (viewer !== null && session !== null) become(ctx, viewer, { kind: "session", id: session.id });
}
