/** Serves the built web client: hashed files for ever, and the page for every address that the client knows. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { pathOf } from "./path.ts";

/** Where `vite build` puts it; the same from src/ and dist/. */
const ROOT = fileURLToPath(new URL("../../../web/dist/", import.meta.url));

/** What the page has in the place of the nonce of its answer. */
const NONCE = "__CSP_NONCE__";

/** Addresses of the client's screens; anything else is answered with the page too, but as not found. */
const SCREENS = /^\/(?:$|start$|sign-in$|join$|reset$|account$|projects(?:\/|$)|documents(?:\/|$))/;

/** A page as it was built last; null when it was not. Read each time, since a build may replace it while we serve. */
export async function readPage(name: "index.html" | "graphiql.html"): Promise<string | null> {
  try {
    return await readFile(ROOT + name, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Sends a page with the nonce of this answer; it is never stored, since the nonce counts once. */
export function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .type("text/html; charset=utf-8")
    .header("cache-control", "no-store")
    .send(page.replaceAll(NONCE, reply.cspNonce.style));
}

/** Adds the client's routes; without a build only the API is served. */
export async function serveWebClient(app: FastifyInstance): Promise<void> {
  if ((await readPage("index.html")) === null)
    app.log.warn("the web client is not built; only the API is served");
  else
    await app.register(fastifyStatic, {
      root: ROOT,
      index: false,
      immutable: true,
      maxAge: "365d",
      setHeaders,
    });

  // The folder itself, which the files' route would refuse to list.
  app.get("/", (_request, reply) => reply.callNotFound());
  app.setNotFoundHandler(async (request, reply) => {
    const wantsPage = request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
    const page = wantsPage ? await readPage("index.html") : null;
    if (page === null) {
      return reply
        .status(404)
        .send({ error: { code: "NOT_FOUND", message: "There is nothing at this address." } });
    }
    return sendPage(reply.status(SCREENS.test(pathOf(request.url)) ? 200 : 404), page);
  });
}

/** Files without a hash in their name may change with the next build. */
function setHeaders(reply: FastifyReply, path: string): void {
  if (!/-[\w-]{8,}\.\w+$/.test(path)) reply.header("cache-control", "no-cache");
}
