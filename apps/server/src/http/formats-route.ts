/** `GET /formats`: which formats there are and what each can carry, for screens and scripts. */
import { FORMATS } from "@concord/formats";
import type { FastifyInstance } from "fastify";

const LIST = FORMATS.map(({ id, name, extensions, positions, read, write, isBundle, isTable, carries }) => ({
  ...{ id, name, extensions },
  reads: read !== undefined,
  writes: write !== undefined,
  isBundle: isBundle === true,
  tables: isTable === true,
  ...{ positions, carries },
}));

/** Adds the route. It tells nothing of anybody, so nobody has to sign in. */
export function addFormatsRoute(app: FastifyInstance): void {
  app.get("/formats", (_request, reply) => reply.header("cache-control", "no-cache").send(LIST));
}
