/** Reads how far people are with documents: what they say of themselves, else what follows from what they made there. */
import type { Reader } from "../database/database.ts";
import { groupBy } from "../database/group-by.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { WorkStatus } from "../generated/prisma/enums.ts";

/** How far the team is with a document, as its list narrows down: done once somebody says so, new while nobody has begun. */
export const TEAM_STATUSES = ["new", "inProgress", "done"] as const;

/** One of them. */
export type TeamStatus = (typeof TEAM_STATUSES)[number];

/** Whose work annotation `a` is, and whether it is anybody's: what came in with a file is so only once somebody changed it. */
export const WORKER = Prisma.raw(`case a.origin when 'IMPORT' then a.updated_by else a.created_by end`);
export const IS_WORK = Prisma.raw(`(a.origin <> 'IMPORT' or a.version > 1)`);

/** The same of `document d`, as SQL; agrees with `statusesOfDocuments`. */
export const TEAM_STATUS = `
  case when exists (select from document_status said where said.document_id = d.id and said.status = 'DONE') then 'done'
    when exists (select from document_status said where said.document_id = d.id) or exists (
      select from annotation a join layer place on place.id = a.layer_id and place.kind = 'SHARED'
      where place.document_id = d.id and a.deleted_at is null and ${IS_WORK.sql}) then 'inProgress'
    else 'new' end`;

/** How far one person is with one document. */
export interface DocumentStatusRow {
  documentId: string;
  personId: string;
  status: WorkStatus;
  /** When it was said, or the last annotation made. */
  changedAt: Date;
}

/** Everybody who has begun or said something, of each document, by name. */
export async function statusesOfDocuments(
  db: Reader,
  documentIds: readonly string[],
): Promise<Map<string, DocumentStatusRow[]>> {
  const ids = [...documentIds];
  const rows = await db.$queryRaw<DocumentStatusRow[]>`
    with work as (
      select a.document_id, ${WORKER} as person_id, max(a.created_at) as at
      from annotation a join layer l on l.id = a.layer_id and l.kind = 'SHARED'
      where l.document_id = any(${ids}::uuid[]) and a.deleted_at is null and ${IS_WORK} group by 1, 2),
    said as (select * from document_status where document_id = any(${ids}::uuid[]))
    select document_id as "documentId", person_id as "personId", coalesce(said.status, 'IN_PROGRESS')::text as status,
      coalesce(said.changed_at, work.at) as "changedAt"
    from work full join said using (document_id, person_id) join person p on p.id = person_id
    order by p.name, p.id`;
  return groupBy(rows, (row) => row.documentId);
}

/** How far one person is with each document; none where nothing was done nor said. */
export async function statusesOfPerson(
  db: Reader,
  personId: string,
  documentIds: readonly string[],
): Promise<Map<string, WorkStatus>> {
  const rows = await db.$queryRaw<{ documentId: string; status: WorkStatus }[]>`
    select wanted.id as "documentId", coalesce(said.status, 'IN_PROGRESS')::text as status
    from unnest(${[...documentIds]}::uuid[]) as wanted(id)
    left join document_status said on said.document_id = wanted.id and said.person_id = ${personId}::uuid
    where said.status is not null or exists (
      select 1 from annotation a join layer l on l.id = a.layer_id and l.kind = 'SHARED'
      where l.document_id = wanted.id and ${WORKER} = ${personId}::uuid and a.deleted_at is null and ${IS_WORK})`;
  return new Map(rows.map(({ documentId, status }) => [documentId, status]));
}
