/** Asks the table of rights for a person and a project, document or layer. The only module that does. */
import type { Context } from "../context.ts";
import { viewerOf } from "../context.ts";
import type { Database, Reader } from "../database/database.ts";
import { forbidden, notFound } from "../errors.ts";
import type { Role } from "../generated/prisma/enums.ts";
import { type Action, may, refusal } from "./access.policy.ts";

/** Who asks, as far as rights go: a request's context, or somebody whose job goes on after their request. */
export interface Asking {
  caller: { viewer: { id: string } } | null;
  db: Database;
}

/** The viewer's role in a project; null for a stranger and for a deleted project. */
export async function roleIn(db: Reader, personId: string, projectId: string): Promise<Role | null> {
  const membership = await db.membership.findFirst({
    where: { personId, projectId, project: { deletedAt: null } },
    select: { role: true },
  });
  return membership?.role ?? null;
}

function check(role: Role | null, action: Action, what: string): Role {
  if (role === null) throw notFound(what);
  if (!may(role, action)) throw forbidden(refusal(role, action));
  return role;
}

/**
 * The viewer's role, when it allows the action.
 * @throws NOT_FOUND to strangers, FORBIDDEN to members without the right
 */
export async function requireProject(
  ctx: Asking,
  projectId: string,
  action: Action,
  db: Reader = ctx.db.prisma,
): Promise<Role> {
  return check(await roleIn(db, viewerOf(ctx).id, projectId), action, "project");
}

/**
 * Checks that the viewer may see and cancel an import job.
 * @throws NOT_FOUND to strangers, FORBIDDEN to members without the right
 */
export async function requireJob(ctx: Asking, jobId: string): Promise<void> {
  const { prisma } = ctx.db;
  const job = await prisma.importJob.findUnique({ where: { id: jobId }, select: { projectId: true } });
  const role = job === null ? null : await roleIn(prisma, viewerOf(ctx).id, job.projectId);
  check(role, "manageDocuments", "job");
}

/** A document's place, and the viewer's role there. */
export interface DocumentAccess {
  documentId: string;
  projectId: string;
  layerId: string;
  role: Role;
}

/**
 * A document's project, shared layer and the viewer's role; null for what the viewer may not know of.
 */
export async function documentAccess(
  ctx: Context,
  documentId: string,
  db: Reader = ctx.db.prisma,
): Promise<DocumentAccess | null> {
  const [row] = await db.$queryRaw<DocumentAccess[]>`
    select d.id as "documentId", d.project_id as "projectId", l.id as "layerId", m.role::text as role
    from document d
    join project p on p.id = d.project_id and p.deleted_at is null
    join layer l on l.document_id = d.id and l.kind = 'SHARED'
    join membership m on m.project_id = d.project_id and m.person_id = ${viewerOf(ctx).id}::uuid
    where d.id = ${documentId}::uuid and d.deleted_at is null`;
  return row ?? null;
}

/**
 * The same, when the role allows the action.
 * @param what the viewer asked for: a stranger must read the same as where it does not exist
 * @throws NOT_FOUND to strangers, FORBIDDEN to members without the right
 */
export async function requireDocument(
  ctx: Context,
  documentId: string,
  action: Action,
  db: Reader = ctx.db.prisma,
  what = "document",
): Promise<DocumentAccess> {
  const access = await documentAccess(ctx, documentId, db);
  check(access?.role ?? null, action, what);
  if (access === null) throw notFound(what);
  return access;
}

/**
 * Whether the viewer may change something made by `authorId`.
 * @throws FORBIDDEN when it is somebody else's and the role covers only one's own
 */
export function requireOwnOr(ctx: Context, role: Role, authorId: string): void {
  if (authorId === viewerOf(ctx).id && may(role, "annotate")) return;
  if (!may(role, "changeOthersWork"))
    throw forbidden(refusal(role, may(role, "annotate") ? "changeOthersWork" : "annotate"));
}
