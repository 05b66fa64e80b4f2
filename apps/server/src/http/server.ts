/** The Fastify server: who asks, how often, security headers, logs, health. Routes are added by their modules. */
import { Transform } from "node:stream";
import helmet from "@fastify/helmet";
import Fastify, { type FastifyInstance, type FastifyRequest, LogController } from "fastify";
import { v7 as uuidv7 } from "uuid";
import type { Settings } from "../env.ts";
import { ApiError, unauthenticated } from "../errors.ts";
import { MAX_BODY, type RateLimit } from "../graphql/limits.ts";
import type { Identity } from "../people/identity.ts";
import { handleErrors } from "./errors.ts";
import { pathOf } from "./path.ts";

/** Bytes of a request's address and headers. */
const MAX_ADDRESS = 160 * 1024;

/** Makes the server with its logger; nothing listens yet. */
export function createHttpServer(settings: Settings): FastifyInstance {
  const app = Fastify({
    logger: {
      level: settings.logLevel,
      // Log lines go to stderr: stdout is for the address and the one-time link.
      stream: process.stderr,
      redact: ["req.headers.authorization", "req.headers.cookie"],
      serializers: {
        req: (request: FastifyRequest) => ({
          method: request.method,
          // A query string may carry what is nobody's business.
          url: pathOf(request.url),
          remoteAddress: request.ip,
        }),
      },
    },
    // A line for each request is for those who look for something.
    logController: new LogController({
      disableRequestLogging: settings.logLevel !== "debug" && settings.logLevel !== "trace",
    }),
    genReqId: () => uuidv7(),
    requestIdHeader: false,
    trustProxy: settings.trustProxy,
    bodyLimit: MAX_BODY,
    // An import says in its address what labels are to become: 64 KiB of JSON, quoted for addresses.
    http: { maxHeaderSize: MAX_ADDRESS },
    forceCloseConnections: true,
  });
  // Every form of a foreign page can send plain text.
  app.removeContentTypeParser("text/plain");
  handleErrors(app);
  return app;
}

/** Security headers for every answer. The client's styles carry a nonce; nothing comes from elsewhere. */
export async function addSecurityHeaders(app: FastifyInstance, publicUrl: string): Promise<void> {
  const secure = publicUrl.startsWith("https:");
  const socketOrigin = publicUrl.replace(/^http/, "ws");
  await app.register(helmet, {
    enableCSPNonces: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'self'"],
        "connect-src": ["'self'", socketOrigin],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: secure,
    referrerPolicy: { policy: "no-referrer" },
  });
}

/** Addresses that ask who is there. */
function needsCaller(url: string): boolean {
  const path = pathOf(url);
  return (
    path === "/graphql" ||
    path === "/metrics" ||
    /^\/projects\/[^/]+\/(?:export|import)$/.test(path) ||
    path.startsWith("/jobs/")
  );
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** Finds out who asks before a body is read, and counts the request. */
export function addCallers(app: FastifyInstance, identity: Identity, rateLimit: RateLimit): void {
  app.decorateRequest("caller", null);
  app.addHook("onRequest", async (request) => {
    if (!needsCaller(request.url)) return;
    const { authorization, cookie, origin } = request.headers;
    const secFetchSite = single(request.headers["sec-fetch-site"]);
    request.caller = await identity.authenticate({
      method: request.method,
      ...(authorization === undefined ? {} : { authorization }),
      ...(cookie === undefined ? {} : { cookie }),
      ...(origin === undefined ? {} : { origin }),
      ...(secFetchSite === undefined ? {} : { secFetchSite }),
    });
    // What waited in a browser is one person's: whoever signed in there since must not send it.
    const meant = single(request.headers["concord-user"]);
    if (meant !== undefined && meant !== request.caller?.viewer.id)
      throw unauthenticated("The header concord-user names somebody who is not signed in here.", true);
    rateLimit.take(request.caller?.viewer.id ?? request.ip);
    if (request.caller === null && Number(request.headers["content-length"] ?? 0) > MAX_BODY) {
      throw new ApiError("TOO_LARGE", `The request is larger than ${MAX_BODY} bytes.`);
    }
  });
  countUnannouncedBytes(app);
}

/**
 * A body in chunks says no length beforehand: it is counted as it comes, and who is signed out is cut off at the bound
 * of ordinary bodies. `request.bodyBytes` is the length in either case.
 */
function countUnannouncedBytes(app: FastifyInstance): void {
  app.decorateRequest("bodyBytes", 0);
  app.addHook("preParsing", async (request, _reply, payload) => {
    const announced = request.headers["content-length"];
    if (announced !== undefined || !needsCaller(request.url)) {
      request.bodyBytes = Number(announced ?? 0);
      return payload;
    }
    const counted = payload.pipe(
      new Transform({
        transform(chunk: Buffer, _encoding, done) {
          request.bodyBytes += chunk.length;
          const tooLarge = request.caller === null && request.bodyBytes > MAX_BODY;
          if (tooLarge) done(new ApiError("TOO_LARGE", `The request is larger than ${MAX_BODY} bytes.`));
          else done(null, chunk);
        },
      }),
    );
    payload.once("error", (error: Error) => counted.destroy(error));
    return counted;
  });
}

/**
 * `/healthz` says that the process lives, `/readyz` that it can serve.
 * @param ready throws when it can't; its answer is added to what is said when it can
 */
export function addHealth(app: FastifyInstance, ready: () => Promise<Record<string, string>>): void {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (request, reply) => {
    try {
      return { status: "ok", ...(await ready()) };
    } catch (error) {
      request.log.warn({ err: error }, "not ready");
      return reply.status(503).send({ status: "unavailable" });
    }
  });
}
