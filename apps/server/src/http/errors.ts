/** Errors of the HTTP doors that are not GraphQL: `{ "error": { "code", "message", "field" } }`. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ApiError, type ErrorCode } from "../errors.ts";
import { leadToSignIn, wantsGraphiql } from "./graphiql-page.ts";
import { pathOf } from "./path.ts";

/** What Fastify itself refuses. */
const FASTIFY_CODES: Record<number, ErrorCode> = {
  413: "TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  429: "RATE_LIMITED",
};

function describe(
  error: FastifyError | ApiError,
  request: FastifyRequest,
): { status: number; code: string; message: string; field?: string; requestId?: string } {
  if (error instanceof ApiError) {
    return {
      status: error.status,
      code: error.code,
      message: error.message,
      ...(error.field === undefined ? {} : { field: error.field }),
    };
  }
  const status = "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : 500;
  if (status >= 400 && status < 500)
    return { status, code: FASTIFY_CODES[status] ?? "BAD_USER_INPUT", message: error.message };
  request.log.error({ err: error }, "unexpected error");
  return {
    status: 500,
    code: "INTERNAL_SERVER_ERROR",
    message: "Something went wrong on the server.",
    requestId: request.id,
  };
}

/** Gives every door its form of error. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler(
    async (error: FastifyError | ApiError, request: FastifyRequest, reply: FastifyReply) => {
      const { status, ...details } = describe(error, request);
      // A session that has ended, in a browser that opens GraphiQL.
      if (details.code === "UNAUTHENTICATED" && wantsGraphiql(request)) return leadToSignIn(reply);
      reply.status(status);
      if (status === 429)
        reply.header("retry-after", String(error instanceof ApiError ? error.retryAfter : 1));
      if (pathOf(request.url) !== "/graphql") return reply.send({ error: details });
      const { message, ...extensions } = details;
      return reply.type("application/json; charset=utf-8").send({ errors: [{ message, extensions }] });
    },
  );
}
