// Signing in and out, at better-auth's addresses. Its answers are not GraphQL: `{ message, code }` and an HTTP status.
export type SignInResult =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: "refused" | "rate-limited" | "network" | "other";
      readonly message: string;
    };

async function post(path: string, body: unknown): Promise<Response> {
  return fetch(`/api/auth${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

function waitWords(retryAfter: string | null): string {
  const seconds = Number(retryAfter);
  if (!retryAfter || !Number.isFinite(seconds) || seconds <= 0) return "Wait a while";
  if (seconds < 90) return `Wait ${Math.ceil(seconds)} seconds`;
  return `Wait ${Math.ceil(seconds / 60)} minutes`;
}

export async function signIn(email: string, password: string): Promise<SignInResult> {
  let response: Response;
  try {
    response = await post("/sign-in/email", { email, password });
  } catch {
    return {
      ok: false,
      reason: "network",
      message: "No answer from the server. Check the connection, then try again.",
    };
  }
  if (response.ok) return { ok: true };
  if (response.status === 429) {
    const wait = waitWords(response.headers.get("retry-after") ?? response.headers.get("x-retry-after"));
    return { ok: false, reason: "rate-limited", message: `Too many tries. ${wait}, then try again.` };
  }
  if (response.status === 400 || response.status === 401 || response.status === 403) {
    // One answer for both, so that nobody learns which addresses have an account.
    return { ok: false, reason: "refused", message: "E-mail or password is not right." };
  }
  return {
    ok: false,
    reason: "other",
    message: `The server answered ${response.status}. Try again in a moment.`,
  };
}

/** Ends the session and its cookie. A session that has ended already is no error. */
export async function signOut(): Promise<void> {
  await post("/sign-out", {});
}
