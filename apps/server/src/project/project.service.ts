/** Use cases of projects: make, change, archive, delete, restore. */
import { v7 as uuidv7 } from "uuid";
import { requireProject } from "../access/access.service.ts";
import { createDefaultCodebook } from "../codebook/default-codebook.ts";
import { type Context, viewerOf } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { forbidden, notFound } from "../errors.ts";
import type { RepeatableInput } from "../graphql/apply-once.ts";
import { LIMITS, refuseNulls, text, uuid } from "../graphql/input-checks.ts";
import type { Stored } from "../live/change.ts";
import type { ChangedPart } from "../live/project-change.ts";
import { changeProjects, type ProjectsWriter } from "../live/project-log.ts";
import { lastRestorable } from "./deleted-things.ts";
import type {
  CreateProjectInput,
  DeleteProjectInput,
  RestoreProjectInput,
  UpdateProjectInput,
} from "./project.input.ts";
import type { ProjectRow } from "./project.queries.ts";
import { storeProject } from "./stored-project.ts";

/** What a mutation of a project answers: the project as it left it. */
export interface ProjectOutcome {
  projectId: string;
  project: Stored<ProjectRow>;
}

/**
 * Makes changes to a project's own data and its list of documents wait for each other. What was read before it is held
 * may be stale: ask for access under it. A transaction that also locks layers locks those first.
 */
export async function lockProject(tx: Transaction, projectId: string): Promise<void> {
  await tx.$queryRaw`select 1 from project where id = ${projectId}::uuid for update`;
}

/** Waits for what is being written in the project's documents: once it stands still, nothing more is acknowledged. */
export async function lockLayers(tx: Transaction, projectId: string): Promise<void> {
  await tx.$queryRaw`
    select count(*) from (
      select 1 from layer where project_id = ${projectId}::uuid order by id for update) locked`;
}

/** Runs a change of one project, which answers the project as it is after it. */
function changeProject(
  ctx: Context,
  mutation: string,
  input: RepeatableInput,
  run: (writer: ProjectsWriter) => Promise<string>,
): Promise<ProjectOutcome> {
  return changeProjects(
    ctx,
    mutation,
    input,
    async (writer) => {
      const projectId = await run(writer);
      const project = await writer.tx.project.findUniqueOrThrow({ where: { id: projectId } });
      return { projectId, project: storeProject(project) };
    },
    ({ projectId }) => requireProject(ctx, projectId, "read"),
  );
}

/**
 * Makes a project with the default codebook and its maker as owner.
 * @throws FORBIDDEN for people who may not make projects
 */
export function createProject(ctx: Context, input: CreateProjectInput): Promise<ProjectOutcome> {
  return changeProject(ctx, "createProject", input, async ({ tx }) => {
    const viewer = viewerOf(ctx);
    if (!viewer.createsProjects)
      throw forbidden("You may not make projects here; ask the owner of this installation.");
    const project = await tx.project.create({
      data: {
        id: uuidv7(),
        name: text(input.name, "input.name", { max: LIMITS.name }),
        description: text(input.description ?? "", "input.description", {
          max: LIMITS.description,
          blank: true,
        }),
        members: { create: { personId: viewer.id, role: "OWNER" } },
      },
    });
    await createDefaultCodebook(tx, project.id);
    return project.id;
  });
}

/**
 * Changes a project's name, description or guidelines, or archives it; what is the same already is no change.
 * @throws FORBIDDEN while it is archived, unless it is taken out
 */
export function updateProject(ctx: Context, input: UpdateProjectInput): Promise<ProjectOutcome> {
  return changeProject(ctx, "updateProject", input, async ({ tx, record }) => {
    refuseNulls(input);
    const projectId = uuid(input.id, "input.id");
    const { archived } = input;
    const saysMore = [input.name, input.description, input.guidelines].some((words) => words !== undefined);
    // Taking it out goes together with other changes; putting away what is away already does not.
    const action = archived === false || (archived && !saysMore) ? "archiveProject" : "manageProject";
    await requireProject(ctx, projectId, action, tx);
    const words = wordsOf(input);
    if (archived) await lockLayers(tx, projectId);
    await lockProject(tx, projectId);
    await requireProject(ctx, projectId, action, tx);
    const before = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
    const after = {
      name: words.name ?? before.name,
      description: words.description ?? before.description,
      guidelines: words.guidelines ?? before.guidelines,
      archivedAt: archivedAtAfter(before.archivedAt, archived),
    };
    const parts: ChangedPart[] = [];
    if (after.name !== before.name) parts.push("NAME");
    if (after.description !== before.description) parts.push("DESCRIPTION");
    if (after.guidelines !== before.guidelines) parts.push("GUIDELINES");
    if (after.archivedAt !== before.archivedAt) parts.push("ARCHIVED");
    if (parts.length === 0) return projectId;
    await tx.project.update({ where: { id: projectId }, data: after });
    await record(projectId, { kind: "PROJECT_SAVED", parts });
    return projectId;
  });
}

/** What a project says of itself, as far as it is to change. */
function wordsOf({ name, description, guidelines }: UpdateProjectInput) {
  return {
    ...(name === undefined ? {} : { name: text(name, "input.name", { max: LIMITS.name }) }),
    ...(description === undefined
      ? {}
      : {
          description: text(description, "input.description", { max: LIMITS.description, blank: true }),
        }),
    ...(guidelines === undefined
      ? {}
      : { guidelines: text(guidelines, "input.guidelines", { max: LIMITS.guidelines, blank: true }) }),
  };
}

/** When something was put away, after a change; what is away already keeps its time. */
export function archivedAtAfter(before: Date | null, archived: boolean | undefined): Date | null {
  if (archived === undefined) return before;
  return archived ? (before ?? new Date()) : null;
}

/** Takes a project away from everybody; its rows stay for 30 days, so that it can be brought back. */
export async function deleteProject(ctx: Context, input: DeleteProjectInput): Promise<{ projectId: string }> {
  const outcome = await changeProjects(ctx, "deleteProject", input, async ({ tx, record }) => {
    const projectId = uuid(input.id, "input.id");
    await requireProject(ctx, projectId, "deleteProject", tx);
    await lockLayers(tx, projectId);
    await lockProject(tx, projectId);
    await requireProject(ctx, projectId, "deleteProject", tx);
    await tx.project.update({
      where: { id: projectId },
      data: { deletedAt: new Date(), deletedBy: viewerOf(ctx).id },
    });
    await record(projectId, { kind: "PROJECT_DELETED" });
    return { projectId };
  });
  ctx.live.accessChanged();
  return outcome;
}

/**
 * Brings a deleted project back as it was; restoring what is not deleted changes nothing.
 * @throws NOT_FOUND 30 days after the deletion
 */
export function restoreProject(ctx: Context, input: RestoreProjectInput): Promise<ProjectOutcome> {
  return changeProject(ctx, "restoreProject", input, async ({ tx, record }) => {
    const projectId = uuid(input.id, "input.id");
    await lockProject(tx, projectId);
    await requireProject(ctx, projectId, "deleteProject", tx, { deletedToo: true });
    const before = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
    if (before.deletedAt === null) return projectId;
    if (before.deletedAt < lastRestorable()) throw notFound("project");
    await tx.project.update({ where: { id: projectId }, data: { deletedAt: null, deletedBy: null } });
    await record(projectId, { kind: "PROJECT_SAVED", parts: ["RESTORED"] });
    return projectId;
  });
}
