/** `GET /graphql` for people: GraphiQL where a browser opens the address signed in, else the way to sign in. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { pathOf, queryOf } from "./path.ts";
import { readPage, sendPage } from "./web-client.ts";

/** Comes back here, see the web client's return-address.ts. */
const SIGN_IN = "/sign-in?next=%2Fgraphql";

/**
 * Whether a person opens the address in a browser: it takes a page, brings no token, and the address carries no query,
 * which would be answered.
 */
export function wantsGraphiql({ method, url, headers }: FastifyRequest): boolean {
  return (
    method === "GET" &&
    pathOf(url) === "/graphql" &&
    !queryOf(url).has("query") &&
    headers.authorization === undefined &&
    (headers.accept ?? "").includes("text/html")
  );
}

/** To sign-in, and back. */
export function leadToSignIn(reply: FastifyReply): FastifyReply {
  return reply.header("cache-control", "no-store").redirect(SIGN_IN, 303);
}

/** Answers people in place of the API; where the web client is not built, the API answers who is signed in too. */
export async function answerPeople(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (!wantsGraphiql(request)) return;
  if (request.caller === null) return void leadToSignIn(reply);
  const page = await readPage("graphiql.html");
  if (page !== null) sendPage(reply, page);
}
