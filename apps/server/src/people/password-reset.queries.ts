/** Reads what password resets need to know. */
import type { Reader } from "../database/database.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { ResetFacts } from "./password-reset.policy.ts";

/** What stands between a maker and each of these people's passwords, by person. */
export async function resetFactsOf(
  db: Reader,
  makerId: string,
  personIds: readonly string[],
): Promise<Map<string, ResetFacts>> {
  const rows = await db.$queryRaw<(ResetFacts & { personId: string })[]>`
    select p.id as "personId", p.id = maker.id as "isMaker",
      exists (select 1 from auth_account a where a.user_id = p.id and a.password is not null) as "hasPassword",
      p.id = i.owner_id as "isFirstOwner", p.creates_projects as "createsProjects",
      maker.id = i.owner_id as "makerIsFirstOwner", maker.creates_projects as "makerCreatesProjects",
      (select count(*)::int from membership m where m.person_id = p.id) as projects,
      (select count(*)::int from membership m
        join membership own on own.project_id = m.project_id and own.person_id = maker.id and own.role = 'OWNER'
        where m.person_id = p.id) as "projectsOfMaker"
    from person p, person maker, installation i
    where p.id = any(${[...personIds]}::uuid[]) and maker.id = ${makerId}::uuid`;
  return new Map(rows.map(({ personId, ...facts }) => [personId, facts]));
}

/** A link that was not used and has not expired. */
export interface OpenReset {
  id: string;
  personId: string;
  /** Null: the command on the server. */
  createdBy: string | null;
  name: string;
  email: string;
  expiresAt: Date;
}

/**
 * A password reset; null when it is used, expired or void.
 * @param lock holds it for the transaction, so that of two who use it at once the second finds it used
 */
export async function openResetById(
  db: Reader,
  id: string,
  { lock = false } = {},
): Promise<OpenReset | null> {
  const [reset] = await db.$queryRaw<OpenReset[]>`
    select r.id, r.person_id as "personId", r.created_by as "createdBy", p.name, s.email, r.expires_at as "expiresAt"
    from password_reset r
    join person p on p.id = r.person_id
    join sign_in s on s.id = p.id
    where r.id = ${id}::uuid and r.used_at is null and r.expires_at > now()
    ${lock ? Prisma.sql`for update of r` : Prisma.empty}`;
  return reset ?? null;
}
