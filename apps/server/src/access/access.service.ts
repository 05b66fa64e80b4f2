/** Asks the table of rights for a person and a project, document or layer. The only module that does. */
import type { Context } from "../context.ts";
import { viewerOf } from "../context.ts";
import type { Database, Reader } from "../database/database.ts";
import { type Sql, sqlIn } from "../database/sql.ts";
import { forbidden, notFound } from "../errors.ts";
import { Prisma } from "../generated/prisma/client.ts";
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
 * @param what the viewer asked for: a stranger must read the same as where it does not exist
 * @throws NOT_FOUND to strangers, FORBIDDEN to members without the right, or to all while the project is archived
 */
export async function requireProject(
  ctx: Asking,
  projectId: string,
  action: Action,
  db: Reader = ctx.db.prisma,
  { what = "project", ...which }: Which & { what?: string } = {},
): Promise<Role> {
  const standing = await standingIn(db, viewerOf(ctx).id, projectId, which);
  if (standing === null) throw notFound(what);
  requireRight(standing, action);
  return standing.role;
}

/**
 * Checks that the viewer may see and cancel an import job, also in a project that has been archived since.
 * @throws NOT_FOUND to strangers, FORBIDDEN to members without the right
 */
export async function requireJob(ctx: Asking, jobId: string): Promise<{ projectId: string }> {
  const { prisma } = ctx.db;
  const job = await prisma.importJob.findUnique({ where: { id: jobId }, select: { projectId: true } });
  const role = job === null ? null : await roleIn(prisma, viewerOf(ctx).id, job.projectId);
  if (job === null || role === null) throw notFound("job");
  if (!may(role, "manageDocuments")) throw forbidden(refusal(role, "manageDocuments"));
  return job;
}

/** A document's place, and how the viewer stands there. */
export interface DocumentAccess extends Standing {
  documentId: string;
  projectId: string;
  layerId: string;
}

/** Who asks for which document. */
export interface AccessQuestion {
  personId: string;
  documentId: string;
}

type PersonAccess = DocumentAccess & { personId: string };

/**
 * Documents' places and how people stand there; no row where somebody may not know of it.
 * @param more columns besides, from `document d`, `project p`, `layer l` and `membership m`
 */
function standingsOf(
  questions: readonly AccessQuestion[],
  { deletedToo = false }: Which = {},
  more = Prisma.empty,
) {
  const documentIds = questions.map(({ documentId }) => documentId);
  const personIds = questions.map(({ personId }) => personId);
  return Prisma.sql`
    select d.id as "documentId", d.project_id as "projectId", l.id as "layerId",
      m.person_id as "personId", m.role::text as role,
      jsonb_build_object('project', p.archived_at is not null, 'document', d.archived_at is not null) as archived
      ${more}
    from unnest(${documentIds}::uuid[], ${personIds}::uuid[]) as question(document_id, person_id)
    join document d on d.id = question.document_id and (d.deleted_at is null or ${deletedToo}::boolean)
    join project p on p.id = d.project_id and p.deleted_at is null
    join layer l on l.document_id = d.id and l.kind = 'SHARED'
    join membership m on m.project_id = d.project_id and m.person_id = question.person_id`;
}

/**
 * A document's project, shared layer and the viewer's role; null for what the viewer may not know of.
 * @param tx to read inside of one
 */
export async function documentAccess(
  ctx: Context,
  documentId: string,
  tx?: Reader,
  which: Which = {},
): Promise<DocumentAccess | null> {
  const statement = standingsOf([{ documentId, personId: viewerOf(ctx).id }], which);
  // Asked by nearly every request, so not by Prisma.
  const [access] = await (tx ? sqlIn(tx) : ctx.db.sql).rows<DocumentAccess>(statement);
  return access ?? null;
}

/** The same for several people at once, on a connection of our own; by person. */
export async function documentAccessOf(
  sql: Sql,
  documentId: string,
  personIds: readonly string[],
): Promise<Map<string, DocumentAccess>> {
  const rows = await sql.rows<PersonAccess>(
    standingsOf(personIds.map((personId) => ({ documentId, personId }))),
  );
  return new Map(rows.map(({ personId, ...access }) => [personId, access]));
}

/** What a kept answer about a document depends on. */
export interface DocumentState extends DocumentAccess {
  projectRevision: number;
  /** The shared layer's. */
  layerRevision: number;
  /** Names of the people that were asked for, by id. */
  names: Record<string, string>;
}

/** A document's access and what state it is in, read at one moment; null for what the viewer may not know of. */
export async function documentState(
  ctx: Context,
  documentId: string,
  people: readonly string[],
): Promise<DocumentState | null> {
  const more = Prisma.sql`, p.revision as "projectRevision", l.revision as "layerRevision",
      (select coalesce(jsonb_object_agg(id, name), '{}') from person where id = any(${[...people]}::uuid[])) as names`;
  const question = { documentId, personId: viewerOf(ctx).id };
  const [row] = await ctx.db.sql.rows<DocumentState>(standingsOf([question], {}, more));
  return row ?? null;
}

/**
 * `documentAccess` of living documents for many who ask at once, whoever they are; in the order of the questions.
 * @see gather
 */
export async function documentAccesses(
  { sql }: Database,
  questions: readonly AccessQuestion[],
): Promise<(DocumentAccess | null)[]> {
  const keyOf = ({ documentId, personId }: AccessQuestion) => `${documentId} ${personId}`;
  const rows = await sql.rows<PersonAccess>(standingsOf(questions));
  const found = new Map(rows.map(({ personId, ...access }) => [keyOf({ ...access, personId }), access]));
  return questions.map((question) => found.get(keyOf(question)) ?? null);
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
  tx?: Reader,
  { what = "document", ...which }: Which & { what?: string } = {},
): Promise<DocumentAccess> {
  const access = await documentAccess(ctx, documentId, tx, which);
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
