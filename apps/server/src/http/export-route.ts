/** `GET /projects/{id}/export`: a project's corpus in any format that is written, streamed. */
import { createFileNames, type FormatId, formatOf } from "@concord/formats";
import { create as contentDisposition } from "content-disposition";
import type { FastifyInstance } from "fastify";
import { roleIn } from "../access/access.service.ts";
import type { Services } from "../context.ts";
import type { Database } from "../database/database.ts";
import { notFound, unauthenticated } from "../errors.ts";
import { exportCorpus } from "../exchange/corpus-export.ts";
import { previewOf } from "../exchange/export-preview.ts";
import { reportOn } from "../exchange/export-report.ts";
import { createExportTurns } from "../exchange/export-turns.ts";
import { exportFormat } from "../exchange/format-export.ts";
import { uuid } from "../graphql/input-checks.ts";
import { type ExportQuery, exportQuery, type Query } from "./export-query.ts";
import { guarded } from "./stall-guard.ts";

/** Of what is no zip. */
const MEDIA_TYPES: Partial<Record<FormatId, string>> = {
  doccano: "application/x-ndjson",
  conll: "text/plain",
  conllu: "text/plain",
  labelstudio: "application/json",
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** The file's media type and the end of its name. */
function kindOf({ format, layout }: ExportQuery): { type: string; extension: string } {
  if (format === "concord")
    return {
      type: layout === "json" ? "application/json; charset=utf-8" : "application/x-ndjson; charset=utf-8",
      extension: `.${layout}`,
    };
  const { isBundle, extensions } = formatOf(format);
  if (isBundle) return { type: "application/zip", extension: ".zip" };
  const type = MEDIA_TYPES[format] ?? "application/octet-stream";
  const isText = format !== "xlsx";
  return { type: isText ? `${type}; charset=utf-8` : type, extension: extensions[0] ?? "" };
}

/**
 * Adds the route.
 * @param exports connections of their own: an export takes as long as its reader, and nobody else must wait for it
 */
export function addExportRoute(
  app: FastifyInstance,
  { db, heavyWork }: Services,
  { pool }: Pick<Database, "pool">,
): void {
  const turns = createExportTurns();
  app.get<{ Params: { id: string }; Querystring: Query }>("/projects/:id/export", async (request, reply) => {
    if (request.caller === null) throw unauthenticated();
    const projectId = uuid(request.params.id, "id");
    const query = exportQuery(request.query, projectId);
    const personId = request.caller.viewer.id;
    const role = await roleIn(db.prisma, personId, projectId);
    const project = await db.prisma.project.findUnique({ where: { id: projectId }, select: { name: true } });
    if (role === null || project === null) throw notFound("project");
    reply.header("cache-control", "no-store");
    const leave = await turns.take(personId);
    const finish = heavyWork.begin();
    const endTurn = () => {
      finish();
      leave();
    };
    if (query.instead !== null) {
      try {
        if (query.instead === "report") return await reportOn(pool, query);
        return reply.type("text/plain; charset=utf-8").send(await previewOf(pool, query, query.layout));
      } finally {
        endTurn();
      }
    }
    const chunks =
      query.format === "concord" ? exportCorpus(pool, query.scope, query.layout) : exportFormat(pool, query);
    // Errors after the first byte destroy the stream, so the answer ends without its final chunk.
    const stream = guarded(chunks, reply.raw);
    stream.once("close", endTurn);
    const { type, extension } = kindOf(query);
    const name = `concord-${createFileNames()(project.name)}${extension}`;
    return reply
      .type(type)
      .header(
        "content-disposition",
        contentDisposition(name, { fallback: `concord-${projectId}${extension}` }),
      )
      .send(stream);
  });
}
