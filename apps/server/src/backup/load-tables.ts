/** Loads a backup's rows into tables that are there and empty, in one transaction. */
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { newAuthSecret } from "../people/installation.ts";
import { copyTarget, quoted, type RowCounts } from "./backup-format.ts";
import type { Progress } from "./progress.ts";
import { readBackupFile } from "./read-backup-file.ts";

/** Loads the file and commits once it has turned out to be whole. A failure leaves the transaction to the connection's end. */
export async function loadTables(
  client: pg.ClientBase,
  file: string,
  { progress, signal }: { progress: Progress; signal: AbortSignal },
): Promise<RowCounts> {
  await client.query(
    "SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0; BEGIN",
  );
  const references = await dropReferences(client);
  // The file has none; the old one would make old sessions and links work again.
  await client.query("ALTER TABLE installation ALTER COLUMN auth_secret SET DEFAULT ''");
  const { counts } = await readBackupFile(
    file,
    (table, rows) =>
      pipeline(
        rows,
        client.query(copyFrom(`COPY ${copyTarget(table)} FROM STDIN WITH (FORMAT text, ENCODING 'UTF8')`)),
      ),
    { progress, verb: "Loading", signal },
  );
  await client.query("ALTER TABLE installation ALTER COLUMN auth_secret DROP DEFAULT");
  await client.query("UPDATE installation SET auth_secret = $1", [newAuthSecret()]);
  progress.begin("Checking references");
  // By joins, which are planned by what is known of the tables.
  await client.query(`ANALYZE ${Object.keys(counts).map(quoted).join(", ")}`);
  for (const statement of references) await client.query(statement);
  await continueSequences(client, Object.keys(counts));
  await client.query("COMMIT");
  return counts;
}

/**
 * Takes all foreign keys away; answers the statements that bring them back and check every row then. So tables may come
 * in any order and refer to each other in circles, and a million rows are checked at once and not one by one.
 */
async function dropReferences(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ drop: string; add: string }>(`
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
      format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS add
    FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
    ORDER BY conrelid::regclass::text, conname`);
  for (const { drop } of rows) await client.query(drop);
  return rows.map(({ add }) => add);
}

/** What is numbered by the database goes on above what was loaded. */
async function continueSequences(client: pg.ClientBase, tables: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `SELECT relname AS table, attname AS column, pg_get_serial_sequence(quote_ident(relname), attname) AS sequence
     FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
     WHERE relnamespace = current_schema()::regnamespace AND relname = ANY($1)
       AND attnum > 0 AND NOT attisdropped
       AND pg_get_serial_sequence(quote_ident(relname), attname) IS NOT NULL`,
    [tables],
  );
  for (const { table, column, sequence } of rows) {
    await client.query(
      `SELECT setval($1, max(${quoted(column)})) FROM ${quoted(table)} HAVING count(*) > 0`,
      [sequence],
    );
  }
}
