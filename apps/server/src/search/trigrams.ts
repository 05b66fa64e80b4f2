/** The index for parts of words: needs the extension pg_trgm, which not every database allows. */
import type { FastifyBaseLogger } from "fastify";

/** Any fixed number, another one than those of the folder database/. */
const TRIGRAMS = 7_236_114_011;

interface Asks {
  query(text: string, values?: number[]): Promise<{ rows: { found?: boolean; schema?: string }[] }>;
}

/** What is needed of a pool of connections. */
interface Pool extends Asks {
  connect(): Promise<Asks & { release(): void }>;
}

/** Makes the index unless it is there; where that is not allowed the log says so, and parts of words are sought without it. */
export async function ensureTrigrams(pool: Pool, log: Pick<FastifyBaseLogger, "warn">): Promise<void> {
  if (await hasTrigrams(pool)) return;
  const client = await pool.connect();
  try {
    await client.query("begin");
    // Servers that start together take turns.
    await client.query("select pg_advisory_xact_lock($1)", [TRIGRAMS]);
    await client.query("create extension if not exists pg_trgm");
    const { rows } = await client.query(
      "select extnamespace::regnamespace::text as schema from pg_extension where extname = 'pg_trgm'",
    );
    await client.query(
      `create index if not exists passage_text_idx on passage using gin (text ${rows[0]?.schema}.gin_trgm_ops)`,
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    const reason = error instanceof Error ? error.message : String(error);
    log.warn(
      `The database does not allow the extension pg_trgm (${reason}): a search for parts of words reads all texts of a project.`,
    );
  } finally {
    client.release();
  }
}

async function hasTrigrams(pool: Asks): Promise<boolean> {
  const { rows } = await pool.query("select to_regclass('passage_text_idx') is not null as found");
  return rows[0]?.found === true;
}
