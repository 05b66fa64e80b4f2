/** What of /api/auth/ is open, to whom and how often. Behind it is better-auth. */
import { z } from "zod";
import { isForeignOrigin, isOwnOrigin } from "./own-origin.ts";
import { ADDRESS_HEADER, type PasswordAuth } from "./password-auth.ts";
import type { SignInLimits } from "./sign-in-limits.ts";

const SIGN_IN = "POST /api/auth/sign-in/email";
const CHANGE_PASSWORD = "POST /api/auth/change-password";
const END_OTHERS = "/api/auth/revoke-other-sessions";

/** Everything that can be asked; the rest does not exist. */
const OPEN: ReadonlySet<string> = new Set([
  SIGN_IN,
  CHANGE_PASSWORD,
  "POST /api/auth/sign-out",
  "POST /api/auth/revoke-session",
  "POST /api/auth/revoke-sessions",
  `POST ${END_OTHERS}`,
  "GET /api/auth/get-session",
  "GET /api/auth/list-sessions",
  "GET /api/auth/ok",
]);

/** All that better-auth needs to know. An invented x-forwarded-for is not among it. */
const PASSED_HEADERS = [
  "accept",
  "content-type",
  "cookie",
  "origin",
  "referer",
  "sec-fetch-dest",
  "sec-fetch-mode",
  "sec-fetch-site",
  "user-agent",
];

const NAMES_ACCOUNT = z.object({ email: z.string() });
const ENDS_OTHERS = z.looseObject({ revokeOtherSessions: z.literal(true) });

/** In better-auth's form, which its clients read, and in that of the other HTTP addresses. */
function refuse(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return Response.json({ code, message, error: { code, message } }, { status, headers });
}

/** Null for what is no JSON, which better-auth will say. */
function parsed(body: string | null): unknown {
  try {
    return JSON.parse(body ?? "");
  } catch {
    return null;
  }
}

/** The e-mail of a sign-in; null where the body is not one, which better-auth will say. */
function emailOf(body: string | null): string | null {
  return NAMES_ACCOUNT.safeParse(parsed(body)).data?.email ?? null;
}

/**
 * A change of password without the ending of other sessions, where it is to end them; else null. better-auth would end
 * the session in use with them and start another, which closes the sockets of the very page that asks.
 */
function changeAlone(body: string | null): string | null {
  const { data } = ENDS_OTHERS.safeParse(parsed(body));
  return data === undefined ? null : JSON.stringify({ ...data, revokeOtherSessions: false });
}

/** Whether an answer means that a wrong password was tried. */
function isFailure(endpoint: string, status: number): boolean {
  return endpoint === SIGN_IN ? status === 401 : status === 400;
}

/** Makes the handler of requests to /api/auth/. */
export function createAuthDoor({
  auth,
  limits,
  publicOrigin,
}: {
  auth: PasswordAuth;
  limits: SignInLimits;
  publicOrigin: string;
}) {
  /** The request as better-auth gets it: only headers it needs, the address from the socket. */
  function innerRequest(
    request: Request,
    url: URL,
    own: boolean,
    body: string | null,
    address: string,
  ): Request {
    const headers = new Headers({ [ADDRESS_HEADER]: address });
    for (const name of PASSED_HEADERS) {
      const value = request.headers.get(name);
      if (value !== null && (name !== "cookie" || own)) headers.set(name, value);
    }
    return new Request(new URL(url.pathname + url.search, publicOrigin), {
      method: request.method,
      headers,
      ...(body === null ? {} : { body }),
    });
  }

  return async function handle(request: Request, address: string): Promise<Response> {
    const url = new URL(request.url);
    const endpoint = `${request.method} ${url.pathname}`;
    if (!OPEN.has(endpoint)) return refuse(404, "NOT_FOUND", "There is no such address.");

    const source = {
      method: request.method,
      origin: request.headers.get("origin") ?? undefined,
      secFetchSite: request.headers.get("sec-fetch-site") ?? undefined,
    };
    const own = isOwnOrigin(source, publicOrigin);
    const writes = request.method === "POST";
    if (writes && (isForeignOrigin(source, publicOrigin) || (!own && request.headers.has("cookie")))) {
      return refuse(403, "FORBIDDEN", `This is only answered to pages of ${publicOrigin}.`);
    }

    // An empty body is none: as a string it would get a content type that better-auth refuses.
    const body = (writes && (await request.text())) || null;
    if (body !== null && !/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "")) {
      return refuse(415, "UNSUPPORTED_MEDIA_TYPE", "Send application/json.");
    }
    const alone = endpoint === CHANGE_PASSWORD ? changeAlone(body) : null;
    const inner = innerRequest(request, url, own, alone ?? body, address);
    if (endpoint !== SIGN_IN && endpoint !== CHANGE_PASSWORD) return auth.handle(inner);

    const charge = await limits.charge(address, endpoint === SIGN_IN ? emailOf(body) : null);
    if (!charge.allowed) {
      return refuse(429, "RATE_LIMITED", "Too many failed sign-ins. Try again later.", {
        "retry-after": String(charge.retryAfterSeconds),
      });
    }
    const response = await auth.handle(inner);
    if (!isFailure(endpoint, response.status)) await charge.forgive();
    if (alone === null || !response.ok) return response;
    const ended = await auth.handle(
      innerRequest(request, new URL(END_OTHERS, publicOrigin), own, "{}", address),
    );
    return ended.ok ? response : ended;
  };
}
