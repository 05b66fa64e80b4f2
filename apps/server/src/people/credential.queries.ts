/** Who is behind a credential: one prepared query each, since every request asks. Nobody who has left is behind any. */
import type { Pool } from "pg";
import type { Viewer } from "../context.ts";

/** A person, and the credential that stands for them. */
export interface CredentialRow extends Viewer {
  credentialId: string;
}

const PERSON = `p.id, p.name, p.creates_projects as "createsProjects", si.email`;

/** The person of an access token that has not expired, and when its last use was noted. */
export async function personOfToken(
  pool: Pool,
  hash: Buffer,
): Promise<(CredentialRow & { useIsOld: boolean }) | null> {
  const { rows } = await pool.query<CredentialRow & { useIsOld: boolean }>({
    name: "person_of_token",
    text: `select t.id as "credentialId", ${PERSON},
        (t.last_used_at is null or t.last_used_at < now() - interval '1 minute') as "useIsOld"
      from access_token t join person p on p.id = t.person_id and p.left_at is null left join sign_in si on si.id = p.id
      where t.hash = $1 and (t.expires_at is null or t.expires_at > now())`,
    values: [hash],
  });
  return rows[0] ?? null;
}

/** The person of a session that has not ended. */
export async function personOfSession(pool: Pool, token: string): Promise<CredentialRow | null> {
  const { rows } = await pool.query<CredentialRow>({
    name: "person_of_session",
    text: `select s.id as "credentialId", ${PERSON}
      from session s join sign_in si on si.id = s.user_id join person p on p.id = si.id and p.left_at is null
      where s.token = $1 and s.expires_at > now()`,
    values: [token],
  });
  return rows[0] ?? null;
}

/** A person by id, for ADMIN_TOKEN. */
export async function personAsViewer(pool: Pool, personId: string): Promise<Viewer | null> {
  const { rows } = await pool.query<Viewer>({
    name: "person_as_viewer",
    text: `select ${PERSON} from person p left join sign_in si on si.id = p.id
      where p.id = $1 and p.left_at is null`,
    values: [personId],
  });
  return rows[0] ?? null;
}

/** Notes that a token was used, at most once a minute over all servers. */
export async function noteTokenUse(pool: Pool, tokenId: string): Promise<void> {
  await pool.query({
    name: "note_token_use",
    text: `update access_token set last_used_at = now()
      where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    values: [tokenId],
  });
}

/** Which of these sessions and tokens still stand for somebody. */
export async function validCredentials(
  pool: Pool,
  sessionIds: string[],
  tokenIds: string[],
): Promise<Set<string>> {
  const { rows } = await pool.query<{ id: string }>({
    name: "valid_credentials",
    text: `select id from session where id = any($1::uuid[]) and expires_at > now()
      union all
      select t.id from access_token t join person p on p.id = t.person_id and p.left_at is null
      where t.id = any($2::uuid[]) and (t.expires_at is null or t.expires_at > now())`,
    values: [sessionIds, tokenIds],
  });
  return new Set(rows.map(({ id }) => id));
}
