/** Reads invitations that can be accepted still. */
import type { Reader } from "../database/database.ts";
import { groupBy } from "../database/group-by.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { Role } from "../generated/prisma/enums.ts";

/** An invitation that can be accepted. */
export interface OpenInvitation {
  id: string;
  projectId: string;
  projectName: string;
  role: Role;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
}

/** It counts only while who made it is still an owner: nobody comes back in by a link they kept. */
const OPEN = Prisma.sql`
  select i.id, i.project_id as "projectId", p.name as "projectName", i.role::text as role,
    i.created_by as "createdBy", i.created_at as "createdAt", i.expires_at as "expiresAt"
  from invitation i
  join project p on p.id = i.project_id and p.deleted_at is null
  join membership m on m.project_id = i.project_id and m.person_id = i.created_by and m.role = 'OWNER'
  where i.used_at is null and i.expires_at > now()`;

/**
 * An invitation; null when it is used, expired or gone.
 * @param lock holds the invitation for the transaction, so that of two who use it at once the second finds it used
 */
export async function openInvitationById(
  db: Reader,
  id: string,
  { lock = false } = {},
): Promise<OpenInvitation | null> {
  const [invitation] = await db.$queryRaw<OpenInvitation[]>`
    ${OPEN} and i.id = ${id}::uuid ${lock ? Prisma.sql`for update of i` : Prisma.empty}`;
  return invitation ?? null;
}

/** The invitations of each project, the latest first. */
export async function openInvitationsOfProjects(
  db: Reader,
  projectIds: readonly string[],
): Promise<Map<string, OpenInvitation[]>> {
  const rows = await db.$queryRaw<OpenInvitation[]>`
    ${OPEN} and i.project_id = any(${[...projectIds]}::uuid[]) order by i.created_at desc, i.id desc`;
  return groupBy(rows, (row) => row.projectId);
}
