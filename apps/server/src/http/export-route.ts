/** `GET /projects/{id}/export`: the corpus, streamed. */
import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { roleIn } from "../access/access.service.ts";
import type { Services } from "../context.ts";
import { badInput, notFound, unauthenticated } from "../errors.ts";
import { exportCorpus } from "../exchange/corpus-export.ts";
import { uuid } from "../graphql/input-checks.ts";

const MEDIA_TYPES = {
  json: "application/json; charset=utf-8",
  ndjson: "application/x-ndjson; charset=utf-8",
} as const;

function isFormat(format: string): format is keyof typeof MEDIA_TYPES {
  return Object.hasOwn(MEDIA_TYPES, format);
}

/** Adds the route. */
export function addExportRoute(app: FastifyInstance, { db }: Services): void {
  app.get<{ Params: { id: string }; Querystring: Record<string, string | string[] | undefined> }>(
    "/projects/:id/export",
    async (request, reply) => {
      if (request.caller === null) throw unauthenticated();
      const projectId = uuid(request.params.id, "id");
      const format = request.query.format ?? "json";
      if (typeof format !== "string" || !isFormat(format)) {
        throw badInput("format", `format must be one of ${Object.keys(MEDIA_TYPES).join(", ")}.`);
      }
      const { archived = "1" } = request.query;
      if (archived !== "0" && archived !== "1")
        throw badInput("archived", "archived must be 0, which leaves archived documents out, or 1.");
      const role = await roleIn(db.prisma, request.caller.viewer.id, projectId);
      if (role === null) throw notFound("project");
      // Errors after the first byte destroy the stream, so the answer ends without its final chunk.
      return reply
        .type(MEDIA_TYPES[format])
        .header("content-disposition", `attachment; filename="concord-${projectId}.${format}"`)
        .header("cache-control", "no-store")
        .send(
          Readable.from(exportCorpus(db.pool, projectId, format, archived === "1"), {
            objectMode: false,
            highWaterMark: 256 * 1024,
          }),
        );
    },
  );
}
