/** Reads everything that a backup carries out of a database, in one snapshot, as the text of a backup file. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { z } from "zod";
import { checkServer } from "../database/check-server.ts";
import { addressOf, DatabaseError, messageOf } from "../database/database-error.ts";
import { knownMigrations, readApplied } from "../database/migrate.ts";
import { shareDatabase } from "../database/server-lock.ts";
import {
  BackupError,
  type BackupHeader,
  type BackupTable,
  type backupTrailer,
  copyTarget,
  END_MARK,
  FORMAT,
  type RowCounts,
  VERSION,
} from "./backup-format.ts";
import { CARRIED, LEFT_OUT, LEFT_OUT_COLUMNS } from "./carried-tables.ts";
import { countLines } from "./count-lines.ts";
import type { Progress } from "./progress.ts";
import { writeBackupFile } from "./write-backup-file.ts";

interface BackupOptions {
  progress: Progress;
  /** Ends it early; nothing is left of it then. */
  signal: AbortSignal;
  /** Something that whoever asked should know. */
  warn(message: string): void;
}

/**
 * Writes the whole of a database into a file that must not be there yet, whole or not at all.
 * @throws BackupError or DatabaseError, one line
 */
export async function makeBackup(
  url: string,
  file: string,
  options: BackupOptions,
): Promise<{ counts: RowCounts; bytes: number }> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  pool.on("error", () => {
    // The query in progress or the next one fails and reports it.
  });
  try {
    await checkServer(pool, url);
    const client = await pool.connect();
    client.on("error", () => {
      // As above.
    });
    // What waits for a table hears nothing of a signal; the connection does.
    const breakOff = () => void client.end();
    options.signal.addEventListener("abort", breakOff);
    try {
      return await backUp(client, url, file, options);
    } finally {
      // Not to be used again: it may be in the middle of a COPY.
      client.release(true);
    }
  } finally {
    await pool.end();
  }
}

async function backUp(
  client: pg.ClientBase,
  url: string,
  file: string,
  { progress, signal, warn }: BackupOptions,
): Promise<{ counts: RowCounts; bytes: number }> {
  const counts: Record<string, number> = {};
  try {
    const header = await openSnapshot(client, url, warn);
    const { bytes } = await writeBackupFile(file, backupText(client, header, counts, progress), signal);
    return { counts, bytes };
  } catch (error) {
    if (error instanceof DatabaseError || error instanceof BackupError) throw error;
    throw new DatabaseError(`The database at ${addressOf(url)} can't be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** Begins the transaction that all is read in, and says what there is. */
async function openSnapshot(
  client: pg.ClientBase,
  url: string,
  warn: (message: string) => void,
): Promise<BackupHeader> {
  await client.query(`
    SET timezone = 'UTC'; SET datestyle = 'ISO'; SET extra_float_digits = 1;
    SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0`);
  await shareDatabase(client);
  if ((await readApplied(client)).length === 0)
    throw new DatabaseError(`The database at ${addressOf(url)} is empty: there is nothing to back up.`);
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
  // A migration notes itself there first, so none changes a table between here and the table's turn. Takes no snapshot yet.
  await client.query("LOCK TABLE _prisma_migrations IN SHARE MODE");
  const applied = await readApplied(client);
  const known = await knownMigrations();
  const newer = applied.filter((name) => !known.includes(name)).at(-1);
  if (newer !== undefined) {
    throw new DatabaseError(
      `The database at ${addressOf(url)} was last used by another version of Concord (it has ${newer}); back it up with that one.`,
    );
  }
  const present = await tablesOf(client);
  for (const table of present.filter((name) => !CARRIED.includes(name) && !LEFT_OUT.includes(name)))
    warn(`The table "${table}" is not Concord's and is not in the backup.`);
  return {
    format: FORMAT,
    version: VERSION,
    concord: await concordVersion(),
    madeAt: new Date().toISOString(),
    migration: applied.at(-1) ?? "",
    tables: await columnsOf(client, present),
  };
}

async function tablesOf(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1",
  );
  return rows.map(({ name }) => name);
}

async function columnsOf(client: pg.ClientBase, present: readonly string[]): Promise<BackupTable[]> {
  const { rows } = await client.query<BackupTable>(
    `SELECT relname AS name, array_agg(attname::text ORDER BY attnum) AS columns
     FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
     WHERE relnamespace = current_schema()::regnamespace AND relname = ANY($1)
       AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
     GROUP BY relname`,
    [CARRIED.filter((name) => present.includes(name))],
  );
  const carried = rows.map(({ name, columns }) => ({
    name,
    columns: columns.filter((column) => !LEFT_OUT_COLUMNS[name]?.includes(column)),
  }));
  return carried.sort((one, other) => CARRIED.indexOf(one.name) - CARRIED.indexOf(other.name));
}

/** The file's content before compression. Counts the rows of each table into `counts`. */
async function* backupText(
  client: pg.ClientBase,
  header: BackupHeader,
  counts: Record<string, number>,
  progress: Progress,
): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  const hashed = (part: Buffer | string): Buffer => {
    const bytes = Buffer.from(part);
    hash.update(bytes);
    return bytes;
  };
  yield hashed(`${JSON.stringify(header)}\n`);
  let total = 0;
  for (const table of header.tables) {
    yield hashed(`${JSON.stringify({ table: table.name })}\n`);
    progress.begin(`Writing ${table.name}`);
    let rows = 0;
    const stream = client.query(
      copyTo(`COPY ${copyTarget(table)} TO STDOUT WITH (FORMAT text, ENCODING 'UTF8')`),
    );
    for await (const chunk of stream) {
      const part = hashed(chunk);
      const lines = countLines(part);
      rows += lines;
      progress.add(lines, part.length);
      yield part;
    }
    yield hashed(`${END_MARK}${rows}\n`);
    counts[table.name] = rows;
    total += rows;
  }
  const trailer: z.infer<typeof backupTrailer> = { rows: total, sha256: hash.digest("hex") };
  yield Buffer.from(`${JSON.stringify(trailer)}\n`);
}

async function concordVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(
    await readFile(new URL("../../package.json", import.meta.url), "utf8"),
  );
  return z.object({ version: z.string() }).parse(manifest).version;
}
