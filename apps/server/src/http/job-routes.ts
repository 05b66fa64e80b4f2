/** `/jobs/{id}`: what has become of an import, and calling it off. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { requireJob } from "../access/access.service.ts";
import type { Services } from "../context.ts";
import { unauthenticated } from "../errors.ts";
import { cancelJob, readJob } from "../exchange/import-jobs.ts";
import type { Importer } from "../exchange/import-worker.ts";
import { uuid } from "../graphql/input-checks.ts";

type JobRequest = FastifyRequest<{ Params: { id: string } }>;

/** Adds the routes. */
export function addJobRoutes(app: FastifyInstance, { db }: Services, importer: Importer): void {
  /** The job's id, when the caller may know of it. */
  const jobOf = async ({ caller, params }: JobRequest): Promise<string> => {
    if (caller === null) throw unauthenticated();
    const id = uuid(params.id, "id");
    await requireJob({ caller, db }, id);
    return id;
  };
  app.get("/jobs/:id", async (request: JobRequest, reply) =>
    reply.header("cache-control", "no-store").send(await readJob(db, await jobOf(request))),
  );
  app.delete("/jobs/:id", async (request: JobRequest, reply) => {
    await cancelJob(db, await jobOf(request));
    importer.wake();
    return reply.status(204).send();
  });
}
