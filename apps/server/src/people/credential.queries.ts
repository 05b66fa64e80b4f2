/** Who is behind a credential: prepared queries, since every request asks. Nobody who has left is behind any. */
import type { Pool } from "pg";
import type { Viewer } from "../context.ts";

/** A person, and the credential that stands for them. */
export interface CredentialRow extends Viewer {
  credentialId: string;
}

const PERSON = `p.id, p.name, p.creates_projects as "createsProjects", si.email`;

/** The row of each key, in their order. */
function inOrderOf<Row>(keys: readonly string[], rows: readonly Row[], keyOf: (row: Row) => string) {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}

/** The person of an access token, and whether its last use is to be noted again. */
export type TokenRow = CredentialRow & { hash: string; useIsOld: boolean };

/** The persons of access tokens that have not expired; by their hashes in hexadecimal. */
export async function personsOfTokens(pool: Pool, hashes: readonly string[]): Promise<(TokenRow | null)[]> {
  const { rows } = await pool.query<TokenRow>({
    name: "persons_of_tokens",
    text: `select t.id as "credentialId", encode(t.hash, 'hex') as hash, ${PERSON},
        (t.last_used_at is null or t.last_used_at < now() - interval '1 minute') as "useIsOld"
      from access_token t join person p on p.id = t.person_id and p.left_at is null left join sign_in si on si.id = p.id
      where t.hash = any($1::bytea[]) and (t.expires_at is null or t.expires_at > now())`,
    values: [[...new Set(hashes)].map((hash) => Buffer.from(hash, "hex"))],
  });
  return inOrderOf(hashes, rows, ({ hash }) => hash);
}

/** The persons of sessions that have not ended; by their tokens. */
export async function personsOfSessions(
  pool: Pool,
  tokens: readonly string[],
): Promise<(CredentialRow | null)[]> {
  const { rows } = await pool.query<CredentialRow & { token: string }>({
    name: "persons_of_sessions",
    text: `select s.id as "credentialId", s.token, ${PERSON}
      from session s join sign_in si on si.id = s.user_id join person p on p.id = si.id and p.left_at is null
      where s.token = any($1::text[]) and s.expires_at > now()`,
    values: [[...new Set(tokens)]],
  });
  return inOrderOf(tokens, rows, ({ token }) => token);
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
