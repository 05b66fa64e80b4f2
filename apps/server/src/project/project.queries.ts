/** Reads projects, their members and the figures of a project card. */
import type { Reader } from "../database/database.ts";
import { groupBy } from "../database/group-by.ts";
import type { Project, Role } from "../generated/prisma/client.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { type Connection, connectionOf, decodeCursor, pageSize } from "../graphql/connection.ts";
import type { PersonRow } from "../people/person.queries.ts";
import { lastRestorable } from "./deleted-things.ts";

/** A project as it is stored. */
export type ProjectRow = Project;

/** A member of a project with what the members list shows. */
export interface ProjectMember {
  projectId: string;
  personId: string;
  name: string;
  role: Role;
  email: string | null;
}

/** Projects by id, in no order, deleted ones too. */
export function projectsById(db: Reader, ids: readonly string[]): Promise<ProjectRow[]> {
  return db.project.findMany({ where: { id: { in: [...ids] } } });
}

/** A page of the projects that a person is a member of, by name, then id: archived ones, those in use, or both. */
export async function projectsOfPerson(
  db: Reader,
  personId: string,
  archived: boolean | undefined,
  first: number | null | undefined,
  after: string | null | undefined,
): Promise<Connection<ProjectRow>> {
  const size = pageSize(first, 50);
  const key = decodeCursor(after, ["string", "uuid"]);
  const where = {
    deletedAt: null,
    members: { some: { personId } },
    ...(archived === undefined ? {} : { archivedAt: archived ? { not: null } : null }),
  };
  const kept =
    archived === undefined ? Prisma.empty : Prisma.sql`and (p.archived_at is not null) = ${archived}`;
  const beyond = key ? Prisma.sql`and (p.name, p.id) > (${key[0]}, ${key[1]}::uuid)` : Prisma.empty;
  const rows = await db.$queryRaw<ProjectRow[]>`
    select p.id, p.name, p.description, p.guidelines, p.revision, p.created_at as "createdAt",
      p.archived_at as "archivedAt", p.deleted_at as "deletedAt", p.deleted_by as "deletedBy"
    from project p join membership m on m.project_id = p.id and m.person_id = ${personId}::uuid
    where p.deleted_at is null ${kept} ${beyond}
    order by p.name, p.id limit ${size + 1}`;
  return connectionOf(
    rows,
    size,
    (row) => [row.name, row.id],
    () => db.project.count({ where }),
  );
}

/** A project that was deleted, and what would come back with it. */
export interface DeletedProjectRow {
  id: string;
  name: string;
  deletedAt: Date;
  deletedBy: string | null;
  documentCount: number;
  annotationCount: number;
}

/** The deleted projects that a person owns and can bring back, the latest first. */
export function deletedProjectsOf(db: Reader, personId: string): Promise<DeletedProjectRow[]> {
  return db.$queryRaw<DeletedProjectRow[]>`
    select p.id, p.name, p.deleted_at as "deletedAt", p.deleted_by as "deletedBy",
      (select count(*)::int from document d where d.project_id = p.id and d.deleted_at is null) as "documentCount",
      (select count(*)::int from annotation a
        join layer l on l.id = a.layer_id and l.kind = 'SHARED'
        join document d on d.id = a.document_id and d.deleted_at is null
        where a.project_id = p.id and a.deleted_at is null) as "annotationCount"
    from project p
    join membership m on m.project_id = p.id and m.person_id = ${personId}::uuid and m.role = 'OWNER'
    where p.deleted_at >= ${lastRestorable()}
    order by p.deleted_at desc, p.id`;
}

/** The members of each project: owners first, then by name and id. */
export async function membersOfProjects(
  db: Reader,
  projectIds: readonly string[],
): Promise<Map<string, ProjectMember[]>> {
  const rows = await db.$queryRaw<ProjectMember[]>`
    select m.project_id as "projectId", m.person_id as "personId", p.name, m.role::text as role, s.email
    from membership m join person p on p.id = m.person_id left join sign_in s on s.id = p.id
    where m.project_id = any(${[...projectIds]}::uuid[])
    order by m.role desc, p.name, p.id`;
  return groupBy(rows, (row) => row.projectId);
}

/** What a project card shows of the work in it. */
export interface ProjectFigures {
  annotationCount: number;
  changedAt: Date;
}

/** The figures of each project. */
export async function figuresOfProjects(
  db: Reader,
  projectIds: readonly string[],
): Promise<Map<string, ProjectFigures>> {
  const ids = [...projectIds];
  const rows = await db.$queryRaw<(ProjectFigures & { id: string })[]>`
    select p.id,
      (select count(*)::int from annotation a
        join layer l on l.id = a.layer_id and l.kind = 'SHARED'
        join document d on d.id = a.document_id and d.deleted_at is null
        where a.project_id = p.id and a.deleted_at is null) as "annotationCount",
      greatest(p.created_at,
        (select max(d.created_at) from document d where d.project_id = p.id and d.deleted_at is null),
        (select max(c.at) from layer l
          join document d on d.id = l.document_id and d.deleted_at is null
          join layer_change c on c.layer_id = l.id and c.revision = l.revision
          where l.project_id = p.id and l.kind = 'SHARED')) as "changedAt"
    from project p where p.id = any(${ids}::uuid[])`;
  return new Map(rows.map(({ id, ...figures }) => [id, figures]));
}

/** Who changed something in each project's shared layers in the last seven days, the latest first, at most eight. */
export async function recentPeopleOfProjects(
  db: Reader,
  projectIds: readonly string[],
): Promise<Map<string, PersonRow[]>> {
  const rows = await db.$queryRaw<(PersonRow & { projectId: string })[]>`
    select recent.* from unnest(${[...projectIds]}::uuid[]) as project(id), lateral (
      select project.id as "projectId", p.id, p.name
      from layer l join layer_change c on c.layer_id = l.id join person p on p.id = c.author_id
      where l.project_id = project.id and l.kind = 'SHARED' and c.at > now() - interval '7 days'
      group by p.id order by max(c.at) desc, p.id limit 8) recent`;
  return groupBy(rows, (row) => row.projectId);
}

/** The person's role in each project that is not deleted; none for a stranger. */
export async function rolesInProjects(
  db: Reader,
  personId: string,
  projectIds: readonly string[],
): Promise<Map<string, Role>> {
  const rows = await db.membership.findMany({
    where: { personId, projectId: { in: [...projectIds] }, project: { deletedAt: null } },
    select: { projectId: true, role: true },
  });
  return new Map(rows.map(({ projectId, role }) => [projectId, role]));
}
