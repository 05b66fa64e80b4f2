/** Asks the table of rights for a person and a project, document or layer. The only module that does. */
import type { Context } from "../context.ts";
import { viewerOf } from "../context.ts";
import type { Database, Reader } from "../database/database.ts";
import { forbidden, notFound } from "../errors.ts";
import type { Role } from "../generated/prisma/enums.ts";
import { type Action, type Archived, may, refusal, standstill } from "./access.policy.ts";

/** What a question of rights is answered from. */
interface Standing {
  role: Role;
  archived: Archived;
}

/** Who brings something back must be able to name what is deleted. */
interface Which {
  deletedToo?: boolean;
}

async function standingIn(
  db: Reader,
  personId: string,
  projectId: string,
  { deletedToo = false }: Which = {},
): Promise<Standing | null> {
  const membership = await db.membership.findFirst({
    where: { personId, projectId, ...(deletedToo ? {} : { project: { deletedAt: null } }) },
    select: { role: true, project: { select: { archivedAt: true } } },
  });
  if (membership === null) return null;
  const { role, project } = membership;
  return { role, archived: { project: project.archivedAt !== null, document: false } };
}

/** Who asks, as far as rights go: a request's context, or somebody whose job goes on after their request. */
export interface Asking {
  caller: { viewer: { id: string } } | null;
  db: Database;
}

/** The viewer's role in a project; null for a stranger and for a deleted project. */
export async function roleIn(db: Reader, personId: string, projectId: string): Promise<Role | null> {
  return (await standingIn(db, personId, projectId))?.role ?? null;
}

/**
 * Whether somebody who may know of it may do it: the role first, then whether it is archived.
 * @throws FORBIDDEN saying which of the two forbids it
 */
export function requireRight({ role, archived }: Standing, action: Action): void {
  if (!may(role, action)) throw forbidden(refusal(role, action));
  const stopped = standstill(archived, action);
  if (stopped !== null) throw forbidden(stopped);
}

/**
 * The viewer's role, when it allows the action.
 * @throws NOT_FOUND to strangers, FORBIDDEN to members without the right, or to all while the project is archived
 */
export async function requireProject(
  ctx: Asking,
  projectId: string,
  action: Action,
  db: Reader = ctx.db.prisma,
  which: Which = {},
): Promise<Role> {
  const standing = await standingIn(db, viewerOf(ctx).id, projectId, which);
  if (standing === null) throw notFound("project");
  requireRight(standing, action);
  return standing.role;
}

/**
 * Checks that the viewer may see and cancel an import job, also while the project is archived.
 * @throws NOT_FOUND to strangers, FORBIDDEN to members without the right
 */
export async function requireJob(ctx: Asking, jobId: string): Promise<void> {
  const { prisma } = ctx.db;
  const job = await prisma.importJob.findUnique({ where: { id: jobId }, select: { projectId: true } });
  const role = job === null ? null : await roleIn(prisma, viewerOf(ctx).id, job.projectId);
  if (role === null) throw notFound("job");
  if (!may(role, "manageDocuments")) throw forbidden(refusal(role, "manageDocuments"));
}

/** A document's place, and how the viewer stands there. */
export interface DocumentAccess extends Standing {
  documentId: string;
  projectId: string;
  layerId: string;
}

/**
 * A document's project, shared layer and the viewer's role; null for what the viewer may not know of.
 */
export async function documentAccess(
  ctx: Context,
  documentId: string,
  db: Reader = ctx.db.prisma,
  { deletedToo = false }: Which = {},
): Promise<DocumentAccess | null> {
  const [row] = await db.$queryRaw<DocumentAccess[]>`
    select d.id as "documentId", d.project_id as "projectId", l.id as "layerId", m.role::text as role,
      jsonb_build_object('project', p.archived_at is not null, 'document', d.archived_at is not null) as archived
    from document d
    join project p on p.id = d.project_id and p.deleted_at is null
    join layer l on l.document_id = d.id and l.kind = 'SHARED'
    join membership m on m.project_id = d.project_id and m.person_id = ${viewerOf(ctx).id}::uuid
    where d.id = ${documentId}::uuid and (d.deleted_at is null or ${deletedToo})`;
  return row ?? null;
}

/**
 * The same, when the viewer may do it.
 * @param what the viewer asked for: a stranger must read the same as where it does not exist
 * @throws NOT_FOUND to strangers, FORBIDDEN to members without the right, or to all while it is archived
 */
export async function requireDocument(
  ctx: Context,
  documentId: string,
  action: Action,
  db: Reader = ctx.db.prisma,
  { what = "document", ...which }: Which & { what?: string } = {},
): Promise<DocumentAccess> {
  const access = await documentAccess(ctx, documentId, db, which);
  if (access === null) throw notFound(what);
  requireRight(access, action);
  return access;
}

/**
 * Whether the viewer may change something made by `authorId`.
 * @throws FORBIDDEN when it is somebody else's and the role covers only one's own, or while it is archived
 */
export function requireOwnOr(ctx: Context, standing: Standing, authorId: string): void {
  const own = authorId === viewerOf(ctx).id;
  requireRight(standing, own || !may(standing.role, "annotate") ? "annotate" : "changeOthersWork");
}
