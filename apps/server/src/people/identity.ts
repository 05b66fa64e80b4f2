/** Who is asking: access tokens, ADMIN_TOKEN and browser sessions; and what of signing in lives as long as the server. */
import { timingSafeEqual } from "node:crypto";
import type { FastifyBaseLogger } from "fastify";
import type { Caller, Credential } from "../context.ts";
import type { Database } from "../database/database.ts";
import { gather } from "../database/gather.ts";
import type { Settings } from "../env.ts";
import { unauthenticated } from "../errors.ts";
import { bearerSecret, hashSecret, secretOf } from "./access-token.ts";
import { createAuthDoor } from "./auth-door.ts";
import {
  type CredentialRow,
  noteTokenUse,
  personAsViewer,
  personsOfSessions,
  personsOfTokens,
  validCredentials,
} from "./credential.queries.ts";
import { ensureInstallation, installationTag } from "./installation.ts";
import { isSetUpToken, linkOf, rowIdOf, rowToken, setUpToken } from "./one-time-token.ts";
import { isOwnOrigin } from "./own-origin.ts";
import { createPasswordAuth, type SessionSource } from "./password-auth.ts";
import { createSignInLimits, type SignInLimits } from "./sign-in-limits.ts";

/** What of a request says who is asking. */
interface RequestCredentials {
  method: string;
  authorization?: string | undefined;
  cookie?: string | undefined;
  origin?: string | undefined;
  secFetchSite?: string | undefined;
}

export interface Identity {
  /** PUBLIC_URL, which is an origin. */
  readonly publicOrigin: string;
  /** Makes the first owner at first start; the owner's id. */
  ensureOwner(): Promise<string>;
  isFirstOwner(personId: string): boolean;
  /** The first owner's one-time link; null once it was used. */
  setUpLink(): Promise<string | null>;
  /**
   * Who is asking; null when the request says nothing of it, or carries a session that does not count.
   * @throws UNAUTHENTICATED, for the whole request, when what it says is wrong, expired or revoked
   */
  authenticate(request: RequestCredentials): Promise<Caller | null>;
  /** Whether each credential still stands for somebody, in their order; one query. */
  stillValid(credentials: readonly Credential[]): Promise<boolean[]>;
  /** Answers a request to /api/auth/. `address` is the caller's, for the limits. */
  handle(request: Request, address: string): Promise<Response>;
  /** Hashes a password; slow on purpose, so never inside a transaction. */
  hashPassword(password: string): Promise<string>;
  verifyPassword(hash: string, password: string): Promise<boolean>;
  /** Counts wrong passwords, wherever they are given. */
  readonly signInLimits: SignInLimits;
  /** Starts a session of an account whose password was just set; the values of Set-Cookie. */
  startSession(account: { email: string; password: string }, from: SessionSource): Promise<string[]>;
  /** The value of a Set-Cookie that takes the session's cookie from a browser. */
  endedSessionCookie(): Promise<string>;
  /** Whether a token is that of the first owner's link; not whether the link was used. */
  isSetUpToken(token: string): boolean;
  invitationLink(invitationId: string): { token: string; url: string };
  /** The invitation that a token is for; null for a token that was not made here. */
  invitationIdOf(token: string): string | null;
  passwordResetLink(resetId: string): { token: string; url: string };
  /** The password reset that a token is for; null for a token that was not made here. */
  passwordResetIdOf(token: string): string | null;
  /** The secret of an access token, see people/access-token.ts. */
  accessTokenSecret(tokenId: string, salt: string): string;
  /** Waits for what is still being written. */
  dispose(): Promise<void>;
}

const WRONG_TOKEN = "The access token is wrong, expired or revoked.";
const MALFORMED = "The Authorization header must be: Bearer TOKEN.";
const SESSION_ENDED = "Your session has ended. Sign in again.";

/** A viewer and the credential of one row. */
function callerOf(
  { credentialId, id, name, email, createsProjects }: CredentialRow,
  kind: "session" | "token",
): Caller {
  return { viewer: { id, name, email, createsProjects }, credential: { kind, id: credentialId } };
}

/** Reads or makes the installation and starts better-auth on it. */
export async function createIdentity({
  db,
  settings,
  log,
}: {
  db: Database;
  settings: Pick<Settings, "publicUrl" | "adminToken">;
  log: FastifyBaseLogger;
}): Promise<Identity> {
  const installation = await ensureInstallation(db);
  const { ownerId, authSecret } = installation;
  const publicOrigin = settings.publicUrl;
  const adminHash = settings.adminToken ? hashSecret(settings.adminToken) : null;
  const limits = createSignInLimits(db.pool);
  const auth = createPasswordAuth({
    prisma: db.prisma,
    publicOrigin,
    secret: authSecret,
    cookiePrefix: `concord-${installationTag(installation)}`,
    log,
  });

  const personOfToken = gather((hashes: readonly string[]) => personsOfTokens(db.pool, hashes));
  const personOfSession = gather((tokens: readonly string[]) => personsOfSessions(db.pool, tokens));

  /** Uses being noted, by token: a burst of requests must not queue one write each. */
  const noting = new Map<string, Promise<void>>();

  function noteUse(tokenId: string): void {
    if (noting.has(tokenId)) return;
    const written = noteTokenUse(db.pool, tokenId)
      .catch((error: unknown) => log.error({ err: error }, "the use of an access token could not be noted"))
      .finally(() => noting.delete(tokenId));
    noting.set(tokenId, written);
  }

  async function callerOfBearer(authorization: string): Promise<Caller> {
    const secret = bearerSecret(authorization);
    if (secret === null) throw unauthenticated(MALFORMED, true);
    const hash = hashSecret(secret);
    if (adminHash !== null && timingSafeEqual(hash, adminHash)) {
      const viewer = await personAsViewer(db.pool, ownerId);
      if (viewer === null) throw new Error(`the first owner ${ownerId} is missing`);
      return { viewer, credential: { kind: "admin" } };
    }
    const row = await personOfToken(hash.toString("hex"));
    if (row === null) throw unauthenticated(WRONG_TOKEN, true);
    if (row.useIsOld) noteUse(row.credentialId);
    return callerOf(row, "token");
  }

  async function callerOfCookie(cookie: string): Promise<Caller | null> {
    const { sent, token } = await auth.sessionCookie(cookie);
    if (!sent) return null;
    const row = token === null ? null : await personOfSession(token);
    if (row === null) throw unauthenticated(SESSION_ENDED, true);
    return callerOf(row, "session");
  }

  return {
    publicOrigin,
    ensureOwner: () => Promise.resolve(ownerId),
    isFirstOwner: (personId) => personId === ownerId,
    async setUpLink() {
      const signIn = await db.prisma.signIn.findUnique({ where: { id: ownerId }, select: { id: true } });
      return signIn === null ? linkOf(publicOrigin, "start", setUpToken(authSecret, ownerId)) : null;
    },
    async authenticate(request) {
      if (request.authorization !== undefined) return callerOfBearer(request.authorization);
      if (request.cookie === undefined || !isOwnOrigin(request, publicOrigin)) return null;
      return callerOfCookie(request.cookie);
    },
    async stillValid(credentials) {
      const idsOf = (kind: "session" | "token") =>
        credentials.flatMap((it) => (it.kind === kind ? [it.id] : []));
      const sessions = idsOf("session");
      const tokens = idsOf("token");
      const valid =
        sessions.length + tokens.length === 0
          ? new Set<string>()
          : await validCredentials(db.pool, sessions, tokens);
      return credentials.map((it) => it.kind === "admin" || valid.has(it.id));
    },
    handle: createAuthDoor({ auth, limits, publicOrigin }),
    hashPassword: (password) => auth.hashPassword(password),
    verifyPassword: (hash, password) => auth.verifyPassword(hash, password),
    signInLimits: limits,
    startSession: (account, from) => auth.startSession(account, from),
    endedSessionCookie: () => auth.endedSessionCookie(),
    isSetUpToken: (token) => isSetUpToken(authSecret, ownerId, token),
    invitationLink(invitationId) {
      const token = rowToken(authSecret, "invitation", invitationId);
      return { token, url: linkOf(publicOrigin, "join", token) };
    },
    invitationIdOf: (token) => rowIdOf(authSecret, "invitation", token),
    passwordResetLink(resetId) {
      const token = rowToken(authSecret, "password-reset", resetId);
      return { token, url: linkOf(publicOrigin, "reset", token) };
    },
    passwordResetIdOf: (token) => rowIdOf(authSecret, "password-reset", token),
    accessTokenSecret: (tokenId, salt) => secretOf(authSecret, tokenId, salt),
    async dispose() {
      await Promise.all(noting.values());
    },
  };
}
