// Signing in and out, passwords and sessions, at better-auth's addresses. Its answers are not GraphQL: `{ message, code }`
// and an HTTP status.
import { t } from "../words/words.ts";
import { markSessionLost } from "./session.ts";

export interface AuthFailure {
  readonly ok: false;
  readonly reason: "refused" | "rate-limited" | "network" | "signed-out" | "other";
  readonly message: string;
}

export type AuthResult = { readonly ok: true } | AuthFailure;

/** One browser that is signed in. */
export interface Session {
  readonly id: string;
  readonly userAgent: string;
  readonly startedAt: string;
  /** The browser that asks. */
  readonly isThisOne: boolean;
  /** Names it to `endSession`. */
  readonly token: string;
}

async function post(path: string, body: unknown): Promise<Response> {
  return fetch(`/api/auth${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const NO_ANSWER: AuthFailure = {
  ok: false,
  reason: "network",
  message: t("errors:noAnswer"),
};

function waitWords(retryAfter: string | null): string {
  const seconds = Number(retryAfter);
  if (!retryAfter || !Number.isFinite(seconds) || seconds <= 0) return t("errors:auth.tooManyTries");
  if (seconds < 90) return t("errors:auth.waitSeconds", { count: Math.ceil(seconds) });
  return t("errors:auth.waitMinutes", { count: Math.ceil(seconds / 60) });
}

/** What any of these addresses may answer besides yes and its own kind of no. */
function failureOf(response: Response): AuthFailure {
  if (response.status === 429) {
    const wait = response.headers.get("retry-after") ?? response.headers.get("x-retry-after");
    return { ok: false, reason: "rate-limited", message: waitWords(wait) };
  }
  return {
    ok: false,
    reason: "other",
    message: t("errors:answered", { status: response.status }),
  };
}

/** The same for who was signed in: an ended session is asked for again by the frame. */
function signedInFailureOf(response: Response): AuthFailure {
  if (response.status !== 401) return failureOf(response);
  markSessionLost();
  return { ok: false, reason: "signed-out", message: t("errors:auth.sessionEnded") };
}

export async function signIn(email: string, password: string): Promise<AuthResult> {
  let response: Response;
  try {
    response = await post("/sign-in/email", { email, password });
  } catch {
    return NO_ANSWER;
  }
  if (response.ok) return { ok: true };
  if (response.status === 400 || response.status === 401 || response.status === 403) {
    // One answer for both, so that nobody learns which addresses have an account.
    return { ok: false, reason: "refused", message: t("errors:auth.wrongSignIn") };
  }
  return failureOf(response);
}

/** Ends the session and its cookie. A session that has ended already is no error. */
export async function signOut(): Promise<void> {
  await post("/sign-out", {});
}

export interface NewPassword {
  readonly currentPassword: string;
  readonly newPassword: string;
  /** Ends all other sessions; this browser gets a new one. */
  readonly revokeOtherSessions: boolean;
}

export async function changePassword(change: NewPassword): Promise<AuthResult> {
  try {
    const response = await post("/change-password", change);
    if (response.ok) return { ok: true };
    if (response.status !== 400) return signedInFailureOf(response);
    const body: unknown = await response.json();
    const isWrong = isRecord(body) && body.code === "INVALID_PASSWORD";
    return {
      ok: false,
      reason: isWrong ? "refused" : "other",
      message: isWrong
        ? t("errors:auth.wrongPassword")
        : String(isRecord(body) && body.message ? body.message : t("errors:auth.passwordRefused")),
    };
  } catch {
    return NO_ANSWER;
  }
}

function sessionOf(value: unknown, present: unknown): Session[] {
  if (!isRecord(value) || typeof value.id !== "string" || typeof value.token !== "string") return [];
  return [
    {
      id: value.id,
      token: value.token,
      userAgent: typeof value.userAgent === "string" ? value.userAgent : "",
      startedAt: String(value.createdAt),
      isThisOne: value.id === present,
    },
  ];
}

/** Where one is signed in: this browser first, then the latest. */
export async function listSessions(): Promise<readonly Session[] | AuthFailure> {
  try {
    const [all, present] = await Promise.all([
      fetch("/api/auth/list-sessions"),
      fetch("/api/auth/get-session"),
    ]);
    if (!all.ok) return signedInFailureOf(all);
    if (!present.ok) return signedInFailureOf(present);
    const list: unknown = await all.json();
    const here: unknown = await present.json();
    const id = isRecord(here) && isRecord(here.session) ? here.session.id : null;
    return (Array.isArray(list) ? list : [])
      .flatMap((session: unknown) => sessionOf(session, id))
      .sort((a, b) => Number(b.isThisOne) - Number(a.isThisOne) || (a.startedAt < b.startedAt ? 1 : -1));
  } catch {
    return NO_ANSWER;
  }
}

async function end(path: string, body: unknown): Promise<AuthResult> {
  try {
    const response = await post(path, body);
    return response.ok ? { ok: true } : signedInFailureOf(response);
  } catch {
    return NO_ANSWER;
  }
}

export const endSession = (token: string): Promise<AuthResult> => end("/revoke-session", { token });

/** Signs out everywhere, here too. */
export const endAllSessions = (): Promise<AuthResult> => end("/revoke-sessions", {});
