/** Puts a backup into an empty database: all of it, or none. */
import type pg from "pg";
import { addressOf, DatabaseError, messageOf } from "../database/database-error.ts";
import { applyMigrations, knownMigrations, underMigrationLock } from "../database/migrate.ts";
import { takeDatabaseAlone } from "../database/server-lock.ts";
import { BackupError, type BackupHeader, type RowCounts } from "./backup-format.ts";
import { CARRIED } from "./carried-tables.ts";
import { clearFirstStart } from "./empty-database.ts";
import { loadTables } from "./load-tables.ts";
import type { Progress } from "./progress.ts";
import { readBackupFile } from "./read-backup-file.ts";

export interface RestoreTarget {
  url: string;
  /** Whose embedded database it is; null for one of DATABASE_URL. */
  dataDir: string | null;
}

interface RestoreOptions {
  progress: Progress;
  /** Ends it early; the database is empty then. */
  signal: AbortSignal;
}

/**
 * Reads the whole file once, so that nothing is begun with one that is not whole.
 * @throws BackupError, one line, when it is no backup that this Concord can restore
 */
export async function checkBackup(file: string, { progress, signal }: RestoreOptions): Promise<BackupHeader> {
  const { header } = await readBackupFile(
    file,
    async (_table, rows) => {
      for await (const _part of rows);
    },
    { progress, verb: "Checking", signal },
  );
  const known = await knownMigrations();
  const strange = header.tables.find(({ name }) => !CARRIED.includes(name));
  if (!known.includes(header.migration) || strange !== undefined) {
    throw new BackupError(
      `${file} was made by Concord ${header.concord}, whose database is newer than this one knows (${header.migration}; the latest here is ${known.at(-1)}). Restore it with that Concord or a later one.`,
    );
  }
  return header;
}

/**
 * Restores a checked file into an empty database, or one that has nothing but what a first start makes.
 * @throws BackupError or DatabaseError, one line; the database is empty then, or as it was where it was not empty
 */
export async function restoreBackup(
  target: RestoreTarget,
  file: string,
  header: BackupHeader,
  { progress, signal }: RestoreOptions,
): Promise<RowCounts> {
  const place = placeOf(target);
  try {
    return await underMigrationLock(target.url, async (pool) => {
      // A statement that takes long hears nothing of a signal; its connection, the only one, does.
      const loading = new AbortController();
      pool.once("acquire", (client) =>
        signal.addEventListener("abort", () => void client.end(), { signal: loading.signal }),
      );
      signal.throwIfAborted();
      await withClient(pool, async (client) => {
        if (!(await takeDatabaseAlone(client))) throw new DatabaseError(inUse(place));
        await clearFirstStart(client, place);
      });
      progress.begin("Making the tables");
      await applyMigrations(pool, header.migration);
      const counts = await withClient(pool, (client) => loadTables(client, file, { progress, signal }));
      // All is there now, and what is missing the next start would do as well.
      loading.abort();
      progress.begin("Bringing the tables up to date");
      await applyMigrations(pool);
      return counts;
    });
  } catch (error) {
    if (error instanceof DatabaseError || error instanceof BackupError) throw error;
    throw new DatabaseError(`${place} can't be restored: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** What messages call it. */
const placeOf = ({ url, dataDir }: RestoreTarget): string =>
  dataDir === null ? `The database at ${addressOf(url)}` : `The database of DATA_DIR ${dataDir}`;

const inUse = (place: string) =>
  `${place} is in use by Concord; stop every server that uses it, then restore again.`;

/** Lends the connection out; one that failed is closed, which undoes what it had begun. */
async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let isSound = false;
  try {
    const result = await work(client);
    isSound = true;
    return result;
  } finally {
    client.release(!isSound);
  }
}
