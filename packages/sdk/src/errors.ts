/** What goes wrong, as one kind of error with a code to decide by. */

/** What the server says (docs/api/README.md lists what to do about each), and below that what this client finds out itself. */
export type ErrorCode =
  | "BAD_USER_INPUT"
  | "CONFLICT"
  | "FORBIDDEN"
  | "GRAPHQL_PARSE_FAILED"
  | "GRAPHQL_VALIDATION_FAILED"
  | "IDEMPOTENCY_CONFLICT"
  | "INTERNAL_SERVER_ERROR"
  | "NOT_FOUND"
  | "RATE_LIMITED"
  | "REVISION_GONE"
  | "TOO_LARGE"
  | "UNAUTHENTICATED"
  | "UNSUPPORTED_MEDIA_TYPE"
  /** No answer: the address is wrong, or server or network are away. */
  | "UNREACHABLE"
  /** An answer that no Concord gives: something else is at this address. */
  | "NOT_CONCORD"
  /** A download ended before its end; what has come is not whole. */
  | "BROKEN_OFF"
  | (string & {});

/** What an error may tell besides its code and message. */
export interface ErrorDetails {
  field?: string | undefined;
  current?: unknown;
  requestId?: string | undefined;
  status?: number | undefined;
  retryAfter?: number | undefined;
  cause?: unknown;
}

/**
 * A refusal by the server, or a failure on the way to it. A refused mutation has changed nothing.
 * @example
 * try {
 *   await concord.mutate(UpdateAnnotation, { id, expectedVersion, note: "Paraphrased." });
 * } catch (error) {
 *   if (!(error instanceof ConcordError) || error.code !== "CONFLICT") throw error;
 *   console.log("somebody was faster:", error.current);
 * }
 */
export class ConcordError extends Error {
  readonly code: ErrorCode;
  /** The path into the input that is to be mended, as in `input.fragments[0].end`. */
  readonly field: string | undefined;
  /** With CONFLICT: what is there now. */
  readonly current: unknown;
  /** With INTERNAL_SERVER_ERROR: what the server's log has it under. */
  readonly requestId: string | undefined;
  /** The HTTP status, where there was an answer over HTTP. */
  readonly status: number | undefined;
  /** With RATE_LIMITED: seconds to wait. */
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "ConcordError";
    this.code = code;
    this.field = details.field;
    this.current = details.current;
    this.requestId = details.requestId;
    this.status = details.status;
    this.retryAfter = details.retryAfter;
  }
}

/** The error that a GraphQL answer's first error, or another address's `error`, stands for. */
export function refusalFrom(problem: unknown, details: ErrorDetails = {}): ConcordError {
  const { message, extensions, ...own } = record(problem);
  // GraphQL keeps the code in `extensions`, the other addresses beside the message.
  const { code, field, current, requestId } = extensions === undefined ? own : record(extensions);
  return new ConcordError(
    typeof code === "string" ? code : "INTERNAL_SERVER_ERROR",
    typeof message === "string" ? message : "The server refused this without saying why.",
    {
      ...details,
      field: typeof field === "string" ? field : undefined,
      requestId: typeof requestId === "string" ? requestId : undefined,
      current,
    },
  );
}

/** A value's properties; none where it is no object. */
export function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
