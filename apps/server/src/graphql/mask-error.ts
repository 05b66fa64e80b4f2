/** What an error looks like from outside: expected ones as they are, all others as a request id that the log also holds. */
import type { FastifyBaseLogger } from "fastify";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { ApiError, originOf } from "../errors.ts";

/** How graphql-js says that an operation's text has more tokens than its parser may read. */
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more tha[nt] \d+ tokens/;

/**
 * Makes an error fit to leave the server.
 * @param formatted what GraphQL made of it: message, locations, path
 */
export function maskError(
  error: unknown,
  formatted: GraphQLFormattedError,
  { log, requestId }: { log: FastifyBaseLogger; requestId: string },
): GraphQLFormattedError {
  const place = {
    ...(formatted.locations ? { locations: formatted.locations } : {}),
    ...(formatted.path ? { path: formatted.path } : {}),
  };
  const cause = originOf(error);
  if (cause instanceof ApiError) {
    const { http: _http, ...extensions } = cause.extensions;
    return { message: cause.message, ...place, extensions };
  }
  // GraphQL's own refusals: no resolver threw them.
  if (cause instanceof GraphQLError && formatted.extensions?.code !== "INTERNAL_SERVER_ERROR") {
    if (TOO_MANY_TOKENS.test(formatted.message))
      return { message: formatted.message, ...place, extensions: { code: "TOO_LARGE" } };
    const code = formatted.extensions?.code ?? "GRAPHQL_VALIDATION_FAILED";
    return { message: formatted.message, ...place, extensions: { code } };
  }
  log.error({ err: error, requestId, path: formatted.path }, "unexpected error");
  return {
    message: "Something went wrong on the server.",
    ...place,
    extensions: { code: "INTERNAL_SERVER_ERROR", requestId },
  };
}
