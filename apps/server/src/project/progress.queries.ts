/** Reads how far the team is with a project's documents: those in use, and of people those who may annotate. */

import type { Reader } from "../database/database.ts";
import { groupBy } from "../database/group-by.ts";
import { IS_WORK, WORKER } from "../document/document-status.queries.ts";

/** How far a team is with a project. */
export interface ProjectProgressRow {
  projectId: string;
  documentCount: number;
  /** At each place the documents that so many people are done with. */
  doneBy: number[];
}

/** How far one person is with a project. */
export interface PersonProgressRow {
  projectId: string;
  personId: string;
  done: number;
  inProgress: number;
}

/** The whole of each project. */
export async function progressOfProjects(
  db: Reader,
  projectIds: readonly string[],
): Promise<Map<string, ProjectProgressRow>> {
  const rows = await db.$queryRaw<{ projectId: string; people: number; documents: number }[]>`
    select "projectId", people, count(*)::int as documents from (
      select d.project_id as "projectId", count(m.person_id)::int as people
      from document d
      left join document_status s on s.document_id = d.id and s.status = 'DONE'
      left join membership m on m.project_id = d.project_id and m.person_id = s.person_id and m.role <> 'VIEWER'
      where d.project_id = any(${[...projectIds]}::uuid[]) and d.deleted_at is null and d.archived_at is null
      group by d.id) each
    group by 1, 2`;
  const counts = groupBy(rows, (row) => row.projectId);
  return new Map(
    projectIds.map((projectId) => {
      const ofProject = counts.get(projectId) ?? [];
      const most = Math.max(0, ...ofProject.map(({ people }) => people));
      const doneBy = Array.from(
        { length: most + 1 },
        (_, wanted) => ofProject.find(({ people }) => people === wanted)?.documents ?? 0,
      );
      return [projectId, { projectId, doneBy, documentCount: doneBy.reduce((all, some) => all + some, 0) }];
    }),
  );
}

/** Each person of each project, by name, also who has not begun. */
export async function peopleOfProgress(
  db: Reader,
  projectIds: readonly string[],
): Promise<Map<string, PersonProgressRow[]>> {
  const ids = [...projectIds];
  const rows = await db.$queryRaw<PersonProgressRow[]>`
    with texts as (
      select id, project_id from document
      where project_id = any(${ids}::uuid[]) and deleted_at is null and archived_at is null),
    work as (
      select distinct a.document_id, ${WORKER} as person_id
      from annotation a join layer l on l.id = a.layer_id and l.kind = 'SHARED' join texts on texts.id = a.document_id
      where a.project_id = any(${ids}::uuid[]) and a.deleted_at is null and ${IS_WORK}),
    said as (select s.* from document_status s join texts on texts.id = s.document_id),
    far as (
      select document_id, person_id, coalesce(said.status, 'IN_PROGRESS') as status
      from work full join said using (document_id, person_id))
    select m.project_id as "projectId", m.person_id as "personId",
      count(texts.id) filter (where far.status = 'DONE')::int as done,
      count(texts.id) filter (where far.status = 'IN_PROGRESS')::int as "inProgress"
    from membership m join person p on p.id = m.person_id
    left join far on far.person_id = m.person_id
    left join texts on texts.id = far.document_id and texts.project_id = m.project_id
    where m.project_id = any(${ids}::uuid[]) and m.role <> 'VIEWER'
    group by m.project_id, m.person_id, p.name, p.id order by p.name, p.id`;
  return groupBy(rows, (row) => row.projectId);
}
