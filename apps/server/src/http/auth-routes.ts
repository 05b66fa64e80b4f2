/** /api/auth/: carries requests between Fastify and the handler, which speaks the web's Request and Response. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Live } from "../live/live.ts";
import type { Identity } from "../people/identity.ts";
import { pathOf } from "./path.ts";

/** No form of these addresses is longer; bytes. */
const BODY_LIMIT = 16_384;

function toRequest(request: FastifyRequest, publicOrigin: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const item of [value ?? []].flat()) headers.append(name, item);
  }
  const body = request.method === "POST" && typeof request.body === "string" ? request.body : null;
  // PUBLIC_URL, not the Host header, which anybody can invent.
  return new Request(new URL(request.raw.url ?? "/", publicOrigin), {
    method: request.method,
    headers,
    body,
  });
}

async function sendResponse(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  reply.status(response.status);
  for (const [name, value] of response.headers) {
    // Several cookies are several headers: joined by commas, as the loop gives them, browsers misread them.
    if (name !== "set-cookie") reply.header(name, value);
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) reply.header("set-cookie", cookies);
  reply.header("cache-control", "no-store");
  return reply.send(Buffer.from(await response.arrayBuffer()));
}

/** Whether an answered request may have ended sessions, whose sockets are then closed at once. */
function mayEndSessions(request: FastifyRequest, response: Response): boolean {
  return request.method === "POST" && response.ok && pathOf(request.url) !== "/api/auth/sign-in/email";
}

/** Opens /api/auth/. `request.ip` is the socket's address, or the proxy's word for it where TRUST_PROXY says so. */
export function registerAuthRoutes(app: FastifyInstance, identity: Identity, live: Live): void {
  app.register((scope, _options, done) => {
    // The handler reads the body itself, as it was sent.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "string" }, (_request, body, parsed) => parsed(null, body));
    scope.route({
      method: ["GET", "POST"],
      url: "/api/auth/*",
      bodyLimit: BODY_LIMIT,
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        const response = await identity.handle(toRequest(request, identity.publicOrigin), request.ip);
        if (mayEndSessions(request, response)) live.accessChanged();
        return sendResponse(reply, response);
      },
    });
    done();
  });
}
