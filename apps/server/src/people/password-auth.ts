/**
 * better-auth on our tables: passwords, sessions and their cookies. Everything else that it can do is shut: accounts
 * come by invitation (people/accounts.ts), rights and access tokens are ours. Nothing outside this module knows it.
 */
import { type BetterAuthPlugin, betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { createAuthEndpoint } from "better-auth/api";
import type { FastifyBaseLogger } from "fastify";
import { v7 as uuidv7 } from "uuid";
import type { PrismaClient } from "../generated/prisma/client.ts";

/** Where better-auth finds the caller's address: a header that only this server sets. */
export const ADDRESS_HEADER = "x-concord-address";

/** Bounds of a password, as better-auth counts it: in UTF-16 units. */
export const PASSWORD = { min: 10, max: 200 } as const;

const DAY = 86_400;

/** How many cookies are kept whose signature was checked. */
const VERIFIED_COOKIES = 10_000;

/** Where a session is started from, for the list that its person sees. */
export interface SessionSource {
  address: string;
  userAgent?: string | undefined;
}

export interface PasswordAuth {
  /** The session that a Cookie header names: whether there is one, and its token where the signature is ours. */
  sessionCookie(cookie: string): Promise<{ sent: boolean; token: string | null }>;
  hashPassword(password: string): Promise<string>;
  verifyPassword(hash: string, password: string): Promise<boolean>;
  /**
   * Starts a session of an account that exists.
   * @returns the values of Set-Cookie
   */
  startSession(account: { email: string; password: string }, from: SessionSource): Promise<string[]>;
  /** The value of a Set-Cookie that takes the session's cookie from a browser. */
  endedSessionCookie(): Promise<string>;
  /** Answers a request to /api/auth/. */
  handle(request: Request): Promise<Response>;
}

/** Reads the session cookie with better-auth's own code, and leaves the look-up to one query of ours. */
const sessionCookiePlugin = {
  id: "concord-session-cookie",
  endpoints: {
    readSessionCookie: createAuthEndpoint.serverOnly({ method: "GET", requireHeaders: true }, async (ctx) => {
      const { name } = ctx.context.authCookies.sessionToken;
      const token = await ctx.getSignedCookie(name, ctx.context.secret);
      return { sent: ctx.getCookie(name) !== null, token: token || null };
    }),
  },
} satisfies BetterAuthPlugin;

/**
 * @param secret signs the cookies; the installation's, so that all servers share it
 * @param cookiePrefix keeps two installations on one host apart, since browsers send cookies to every port
 */
export function createPasswordAuth({
  prisma,
  publicOrigin,
  secret,
  cookiePrefix,
  log,
}: {
  prisma: PrismaClient;
  publicOrigin: string;
  secret: string;
  cookiePrefix: string;
  log: FastifyBaseLogger;
}): PasswordAuth {
  const auth = betterAuth({
    appName: "Concord",
    baseURL: publicOrigin,
    basePath: "/api/auth",
    trustedOrigins: [publicOrigin],
    secret,
    database: prismaAdapter(prisma, { provider: "postgresql", transaction: true }),
    user: { modelName: "signIn" },
    account: { modelName: "authAccount" },
    // No cookieCache: it would make revocation late.
    // freshAge 0: the list of one's own sessions is shown to old sessions too, who most need to see it.
    session: { expiresIn: 30 * DAY, updateAge: DAY, freshAge: 0 },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD.min,
      maxPasswordLength: PASSWORD.max,
    },
    // Ours counts over all servers, see people/sign-in-limits.ts.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: {
      cookiePrefix,
      database: { generateId: () => uuidv7() },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    logger: {
      // Said here rather than by `level`, which would make it print callers' mistakes past this function. Of the
      // details only errors: the rest may hold what a caller sent.
      log(level, message, ...details) {
        if (level === "error")
          log.error({ err: details.find((detail) => detail instanceof Error) }, `better-auth: ${message}`);
      },
    },
    plugins: [sessionCookiePlugin],
  });

  /** Cookie headers whose signature was found right, with their tokens: that never changes, and finding it out costs more than the query that follows. */
  const verified = new Map<string, string>();

  return {
    async sessionCookie(cookie) {
      const known = verified.get(cookie);
      if (known !== undefined) return { sent: true, token: known };
      const read = await auth.api.readSessionCookie({ headers: new Headers({ cookie }) });
      if (read.token === null) return read;
      const [oldest] = verified.keys();
      if (oldest !== undefined && verified.size >= VERIFIED_COOKIES) verified.delete(oldest);
      verified.set(cookie, read.token);
      return read;
    },
    hashPassword: async (password) => (await auth.$context).password.hash(password),
    verifyPassword: async (hash, password) => (await auth.$context).password.verify({ hash, password }),
    async startSession({ email, password }, { address, userAgent }) {
      const { headers } = await auth.api.signInEmail({
        body: { email, password },
        headers: new Headers({ [ADDRESS_HEADER]: address, ...(userAgent && { "user-agent": userAgent }) }),
        returnHeaders: true,
      });
      return headers.getSetCookie();
    },
    async endedSessionCookie() {
      const { name, attributes } = (await auth.$context).authCookies.sessionToken;
      return `${name}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${attributes.secure ? "; Secure" : ""}`;
    },
    handle: (request) => auth.handler(request),
  };
}
