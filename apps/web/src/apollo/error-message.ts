// What can be said to a person about an error, wherever it came from: GraphQL, the network, or a file address.
import { CombinedGraphQLErrors, CombinedProtocolErrors, ServerError } from "@apollo/client/errors";
import { t } from "../words/words.ts";

export interface ShownError {
  /** One of the contract's codes, `NETWORK` when no answer came, `UNKNOWN` when the answer says nothing. */
  readonly code: string;
  /** The path into the input that was refused, `input.name`; null when the error is about no field. */
  readonly field: string | null;
  readonly message: string;
  /** Names the error in the server's log. */
  readonly requestId: string | null;
}

interface RawError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

const fixedMessages: Readonly<Record<string, string>> = {
  NETWORK: t("errors:noAnswer"),
  UNAUTHENTICATED: t("errors:signedOut"),
  RATE_LIMITED: t("errors:rateLimited"),
  INTERNAL_SERVER_ERROR: t("errors:internal"),
};

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function stringOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** The server names the whole path, which helps scripts; a person sees which field is meant. */
function withoutPath(message: string, field: string | null): string {
  if (field === null || !message.startsWith(field)) return message;
  const name = field.match(/[^.[\]\d]+$/u)?.[0] ?? "";
  const rest = message.slice(field.length);
  return name === "" ? message : name.charAt(0).toUpperCase() + name.slice(1) + rest;
}

function shown(code: string, message: string, path: unknown, requestId: unknown): ShownError {
  const field = stringOf(path);
  return {
    code,
    field,
    message: fixedMessages[code] ?? withoutPath(message, field),
    requestId: stringOf(requestId),
  };
}

function fromGraphQL(error: RawError | undefined): ShownError {
  const extensions = error?.extensions ?? {};
  const code = stringOf(extensions.code) ?? "UNKNOWN";
  return shown(code, error?.message ?? t("errors:refused"), extensions.field, extensions.requestId);
}

/** The body of an answer that was no success: GraphQL's `errors`, or `{ error: { code, message, field } }`. */
export function errorFromBody(body: string): ShownError | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return null;
  }
  if (!isRecord(parsed)) return null;
  const first: unknown = Array.isArray(parsed.errors) ? parsed.errors[0] : undefined;
  if (isRecord(first)) {
    const extensions = isRecord(first.extensions) ? first.extensions : {};
    return fromGraphQL({ message: stringOf(first.message) ?? "", extensions });
  }
  if (!isRecord(parsed.error)) return null;
  const { code, message, field, requestId } = parsed.error;
  return shown(stringOf(code) ?? "UNKNOWN", stringOf(message) ?? t("errors:refused"), field, requestId);
}

/** What an answer of the file addresses says went wrong. */
export async function errorOfResponse(response: Response): Promise<ShownError> {
  const known = errorFromBody(await response.text());
  const message = t("errors:answered", { status: response.status });
  return known ?? { code: "UNKNOWN", field: null, message, requestId: null };
}

export function describeError(error: unknown): ShownError {
  if (CombinedGraphQLErrors.is(error)) return fromGraphQL(error.errors[0]);
  if (CombinedProtocolErrors.is(error)) return fromGraphQL(error.errors[0]);
  if (ServerError.is(error)) {
    const known = errorFromBody(error.bodyText);
    if (known) return known;
    const message = t("errors:answered", { status: error.statusCode });
    return { code: "UNKNOWN", field: null, message, requestId: null };
  }
  // fetch reports every failure to get an answer as a TypeError.
  if (error instanceof TypeError || (isRecord(error) && "wasClean" in error))
    return shown("NETWORK", "", null, null);
  const message = error instanceof Error && error.message !== "" ? error.message : t("errors:unknown");
  return { code: "UNKNOWN", field: null, message, requestId: null };
}

export function hasCode(error: unknown, code: string): boolean {
  return describeError(error).code === code;
}
