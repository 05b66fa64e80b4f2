/** `/jobs/{id}`: what has become of an import, calling it off, starting its file again, and taking it back. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { requireJob } from "../access/access.service.ts";
import type { Services } from "../context.ts";
import { badInput, unauthenticated } from "../errors.ts";
import { startAgain, takeBack } from "../exchange/import-again.ts";
import { choicesIn, IMPORT_FORMATS, requireTargets } from "../exchange/import-choices.ts";
import { cancelJob, readJob } from "../exchange/import-jobs.ts";
import type { Importer } from "../exchange/import-worker.ts";
import { oneOf, uuid } from "../graphql/input-checks.ts";

type JobRequest = FastifyRequest<{ Params: { id: string } }>;

/** Adds the routes. */
export function addJobRoutes(app: FastifyInstance, { db }: Services, importer: Importer): void {
  /** The job that is asked about, when the caller may know of it, and the caller. */
  const jobOf = async ({ caller, params }: JobRequest) => {
    if (caller === null) throw unauthenticated();
    const id = uuid(params.id, "id");
    const { projectId } = await requireJob({ caller, db }, id);
    return { id, projectId, callerId: caller.viewer.id };
  };
  const accepted = async (reply: FastifyReply, id: string) => {
    importer.wake();
    return reply
      .status(202)
      .header("location", `/jobs/${id}`)
      .header("cache-control", "no-store")
      .send(await readJob(db, id));
  };
  app.get("/jobs/:id", async (request: JobRequest, reply) => {
    const { id } = await jobOf(request);
    return reply.header("cache-control", "no-store").send(await readJob(db, id));
  });
  app.delete("/jobs/:id", async (request: JobRequest, reply) => {
    const { id } = await jobOf(request);
    await cancelJob(db, id);
    importer.wake();
    return reply.status(204).send();
  });
  app.post("/jobs/:id/start", async (request: JobRequest, reply) => {
    const { id, projectId, callerId } = await jobOf(request);
    const body = membersOf(request.body);
    const choices = choicesIn(body);
    await requireTargets(db, projectId, choices);
    const start = { makerId: callerId, dryRun: isDryRun(body.dryRun), choices };
    const format = body.format === undefined ? {} : { format: oneOf(body.format, "format", IMPORT_FORMATS) };
    return accepted(reply, await startAgain(db, id, { ...start, ...format }));
  });
  app.post("/jobs/:id/undo", async (request: JobRequest, reply) => {
    const { id, callerId } = await jobOf(request);
    await takeBack(db, id, callerId);
    return accepted(reply, id);
  });
}

/** @throws BAD_USER_INPUT for a body that is no object; none at all is an empty one */
function membersOf(body: unknown): Record<string, unknown> {
  if (body === undefined || body === null) return {};
  if (typeof body !== "object" || Array.isArray(body))
    throw badInput("body", 'body must be a JSON object, as {"format":"csv","dryRun":true}, or empty.');
  return { ...body };
}

function isDryRun(value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value !== "boolean") throw badInput("dryRun", "dryRun must be true or false.");
  return value;
}
