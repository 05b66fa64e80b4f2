// What a PostgreSQL must be for Concord to work with it; asked before anything is written.
import type pg from "pg";
import { addressOf, DatabaseError, messageOf } from "./database-error.ts";

const oldestVersion = 14;

/** @throws DatabaseError, one line, when the server can't be reached, is too old or does not store UTF8 */
export async function checkServer(pool: pg.Pool, url: string): Promise<void> {
  const { version, encoding } = await readServer(pool, url);
  if (Number(version) < oldestVersion * 10_000) {
    const major = Math.floor(Number(version) / 10_000);
    throw new DatabaseError(
      `The database at ${addressOf(url)} is PostgreSQL ${major}; Concord needs ${oldestVersion} or later.`,
    );
  }
  if (encoding !== "UTF8") {
    throw new DatabaseError(
      `The database at ${addressOf(url)} stores ${encoding}; Concord needs one created with ENCODING 'UTF8' (and TEMPLATE template0).`,
    );
  }
}

async function readServer(pool: pg.Pool, url: string): Promise<{ version: string; encoding: string }> {
  try {
    const result = await pool.query<{ version: string; encoding: string }>(
      "SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding",
    );
    const [row] = result.rows;
    if (row === undefined) throw new Error("it does not tell its version");
    return row;
  } catch (error) {
    throw new DatabaseError(`The database at ${addressOf(url)} can't be reached: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
