/** The one list of errors this API gives on purpose. Anything else is masked, see graphql/mask-error.ts. */
import { GraphQLError } from "graphql";

/** `extensions.code` of an expected error. */
export type ErrorCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "BAD_USER_INPUT"
  | "CONFLICT"
  | "IDEMPOTENCY_CONFLICT"
  | "REVISION_GONE"
  | "TOO_LARGE"
  | "RATE_LIMITED"
  | "UNSUPPORTED_MEDIA_TYPE";

/** What an error tells besides its message. */
interface ErrorDetails {
  /** Path into the input: `input.fragments[0].end`. */
  field?: string;
  /** For CONFLICT: the state the change ran into. */
  current?: unknown;
  /** The status where GraphQL over HTTP fails as a whole, or the plain HTTP doors'. */
  status?: number;
  /** For RATE_LIMITED: seconds until it is worth trying again; 1 where nothing is said. */
  retryAfter?: number;
}

/** HTTP statuses of the doors that are not GraphQL; contract, section Errors. */
const HTTP_STATUS: Record<ErrorCode, number> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  IDEMPOTENCY_CONFLICT: 409,
  REVISION_GONE: 410,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMITED: 429,
};

/** An expected error: it reaches the caller as it is. */
export class ApiError extends GraphQLError {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly status: number;
  readonly retryAfter: number;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, {
      extensions: {
        code,
        ...(details.field === undefined ? {} : { field: details.field }),
        ...(details.current === undefined ? {} : { current: details.current }),
        ...(details.status === undefined ? {} : { http: { status: details.status } }),
      },
    });
    this.name = "ApiError";
    this.code = code;
    this.field = details.field;
    this.status = details.status ?? HTTP_STATUS[code];
    this.retryAfter = details.retryAfter ?? 1;
  }
}

/** Not signed in, or the credentials are wrong. With `wholeRequest` nothing of the request is answered. */
export function unauthenticated(
  message = "Sign in, or send an access token.",
  wholeRequest = false,
): ApiError {
  return new ApiError("UNAUTHENTICATED", message, wholeRequest ? { status: 401 } : {});
}

/** Signed in and a member, but the role does not allow it. */
export function forbidden(message: string): ApiError {
  return new ApiError("FORBIDDEN", message);
}

/** Does not exist, or the viewer may not know that it does. */
export function notFound(what: string): ApiError {
  return new ApiError("NOT_FOUND", `There is no such ${what}, or you have no access to it.`);
}

/** The input breaks a rule; `field` is the path into it, the message says what is accepted. */
export function badInput(field: string, message: string): ApiError {
  return new ApiError("BAD_USER_INPUT", message, { field });
}

/** The id of a create was used before, maybe by something deleted since; `field` is where it stands in the input. */
export function idTaken(id: string, field = "input.id"): ApiError {
  return conflict(`${field} is taken: an id is used once, also after deletion.`, { id });
}

/** Somebody was faster; `current` is what is there now. */
export function conflict(message: string, current?: unknown): ApiError {
  return new ApiError("CONFLICT", message, { current });
}

/** The log does not lead from the revision that a watcher has to the present one. */
export function revisionGone(message: string): ApiError {
  return new ApiError("REVISION_GONE", message, { field: "afterRevision" });
}

/** What was thrown first: GraphQL and Apollo wrap what resolvers throw, and each other's refusals. */
export function originOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? originOf(error.originalError) : error;
}
