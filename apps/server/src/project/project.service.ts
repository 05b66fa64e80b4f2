/** Use cases of projects: make, change, delete. */
import { v7 as uuidv7 } from "uuid";
import { requireProject } from "../access/access.service.ts";
import { createDefaultCodebook } from "../codebook/default-codebook.ts";
import { type Context, viewerOf } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { forbidden } from "../errors.ts";
import { applyOnce } from "../graphql/apply-once.ts";
import { LIMITS, refuseNulls, text, uuid } from "../graphql/input-checks.ts";
import type { CreateProjectInput, DeleteProjectInput, UpdateProjectInput } from "./project.input.ts";

/** Says that a project's own data has changed; call it inside the change's transaction. */
export async function bumpProject(tx: Transaction, projectId: string): Promise<void> {
  await tx.$executeRaw`update project set revision = revision + 1 where id = ${projectId}::uuid`;
}

/**
 * Makes a project with the default codebook and its maker as owner.
 * @throws FORBIDDEN for people who may not make projects
 */
export async function createProject(ctx: Context, input: CreateProjectInput): Promise<{ projectId: string }> {
  return applyOnce(
    ctx,
    "createProject",
    input,
    async (tx) => {
      const viewer = viewerOf(ctx);
      if (!viewer.createsProjects)
        throw forbidden("You may not make projects here; ask the owner of this installation.");
      const projectId = uuidv7();
      await tx.project.create({
        data: {
          id: projectId,
          name: text(input.name, "input.name", { max: LIMITS.name }),
          description: text(input.description ?? "", "input.description", {
            max: LIMITS.description,
            blank: true,
          }),
          members: { create: { personId: viewer.id, role: "OWNER" } },
        },
      });
      await createDefaultCodebook(tx, projectId);
      return { projectId };
    },
    (outcome) => requireProject(ctx, outcome.projectId, "read"),
  );
}

/** Changes a project's name, description or guidelines; what is the same already is no change. */
export async function updateProject(ctx: Context, input: UpdateProjectInput): Promise<{ projectId: string }> {
  return applyOnce(
    ctx,
    "updateProject",
    input,
    async (tx) => {
      refuseNulls(input);
      const projectId = uuid(input.id, "input.id");
      await requireProject(ctx, projectId, "manageProject", tx);
      const data = {
        ...(input.name === undefined ? {} : { name: text(input.name, "input.name", { max: LIMITS.name }) }),
        ...(input.description === undefined
          ? {}
          : {
              description: text(input.description, "input.description", {
                max: LIMITS.description,
                blank: true,
              }),
            }),
        ...(input.guidelines === undefined
          ? {}
          : {
              guidelines: text(input.guidelines, "input.guidelines", { max: LIMITS.guidelines, blank: true }),
            }),
      };
      await tx.$queryRaw`select 1 from project where id = ${projectId}::uuid for update`;
      const before = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
      const changed =
        (data.name ?? before.name) !== before.name ||
        (data.description ?? before.description) !== before.description ||
        (data.guidelines ?? before.guidelines) !== before.guidelines;
      if (changed)
        await tx.project.update({ where: { id: projectId }, data: { ...data, revision: { increment: 1 } } });
      return { projectId };
    },
    (outcome) => requireProject(ctx, outcome.projectId, "read"),
  );
}

/** Takes a project away from everybody; its rows stay, so that it can be brought back. */
export async function deleteProject(ctx: Context, input: DeleteProjectInput): Promise<{ projectId: string }> {
  const outcome = await applyOnce(ctx, "deleteProject", input, async (tx) => {
    const projectId = uuid(input.id, "input.id");
    await requireProject(ctx, projectId, "deleteProject", tx);
    await tx.project.update({ where: { id: projectId }, data: { deletedAt: new Date() } });
    return { projectId };
  });
  ctx.live.accessChanged();
  return outcome;
}
