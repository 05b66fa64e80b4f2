/** `POST /projects/{id}/import`: takes a file in and answers its job, which goes on after the answer. */
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { findUnstorable } from "@concord/core";
import type { FastifyInstance } from "fastify";
import { requireProject } from "../access/access.service.ts";
import type { Services } from "../context.ts";
import { ApiError, badInput, unauthenticated } from "../errors.ts";
import { choicesInAddress, IMPORT_FORMATS, requireTargets } from "../exchange/import-choices.ts";
import { readJob } from "../exchange/import-jobs.ts";
import { MAX_UPLOAD, uploadImport } from "../exchange/import-upload.ts";
import type { Importer } from "../exchange/import-worker.ts";
import { oneOf, text, uuid } from "../graphql/input-checks.ts";

/** Code points of a file's name. */
const MAX_NAME = 255;

/** A sender that says nothing for so long is gone, ms. */
const SILENCE = 60_000;

/** Adds the route. */
export function addImportRoute(app: FastifyInstance, { db }: Services, importer: Importer): void {
  app.register((scope, _options, done) => {
    // A file is a file, whatever it calls itself, be it no media type at all; it is read as it comes.
    scope.addHook("onRequest", async ({ headers }) => {
      headers["content-type"] = "application/octet-stream";
    });
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, parsed) => parsed(null, payload));
    scope.post<{ Params: { id: string }; Querystring: Record<string, unknown> }>(
      "/projects/:id/import",
      async (request, reply) => {
        const { caller, query } = request;
        if (caller === null) throw unauthenticated();
        const projectId = uuid(request.params.id, "id");
        const mayImport = () => requireProject({ caller, db }, projectId, "manageDocuments");
        await mayImport();
        const format = oneOf(query.format, "format", IMPORT_FORMATS);
        const dryRun = oneOf(query.dryRun, "dryRun", ["0", "1"]) === "1";
        const fileName = nameIn(query.name);
        const choices = choicesInAddress(query);
        await requireTargets(db, projectId, choices);
        requirePlain(request.headers["content-encoding"]);
        if (Number(request.headers["content-length"] ?? 0) > MAX_UPLOAD) {
          reply.header("connection", "close");
          throw new ApiError("TOO_LARGE", `The file is larger than ${MAX_UPLOAD} bytes.`);
        }
        const body = receive(request.raw, request.body);
        const order = { projectId, makerId: caller.viewer.id, format, dryRun, fileName, choices };
        const id = await importer.uploading(uploadImport(db, order, body, mayImport));
        importer.wake();
        return reply
          .status(202)
          .header("location", `/jobs/${id}`)
          .header("cache-control", "no-store")
          .send(await readJob(db, id));
      },
    );
    done();
  });
}

/** The body as it comes; one that breaks off is the sender's error. */
async function* receive(raw: IncomingMessage, body: unknown): AsyncGenerator<Buffer, void, undefined> {
  if (!(body instanceof Readable)) return;
  raw.setTimeout(SILENCE, () => raw.destroy(new Error("the upload has stalled")));
  try {
    for await (const chunk of body) yield chunk;
  } catch {
    throw badInput("body", "The upload broke off before the end of the file.");
  } finally {
    raw.setTimeout(0);
  }
}

/** A file's name without its folders; null where none is said. */
function nameIn(value: unknown): string | null {
  if (value === undefined || value === "") return null;
  if (typeof value !== "string") throw badInput("name", "name must be one file's name.");
  const name = text(value.replace(/^.*[/\\]/s, ""), "name", { max: MAX_NAME });
  if (findUnstorable(name) !== null || /\p{Cc}/u.test(name))
    throw badInput("name", "name must be a file's name, without control characters.");
  return name;
}

function requirePlain(encoding: string | undefined): void {
  if (encoding === undefined || encoding.toLowerCase() === "identity") return;
  throw new ApiError("UNSUPPORTED_MEDIA_TYPE", "The file must be sent as it is, without a Content-Encoding.");
}
