// Brings a database up to prisma/migrations, as `prisma migrate deploy` would, and keeps the same _prisma_migrations.
// Each migration is one transaction together with its entry, so a server killed half-way leaves nothing to repair.
import type pg from "pg";
import { checkServer } from "./check-server.ts";
import { addressOf, DatabaseError, messageOf } from "./database-error.ts";
import { noFilters, openEnginePool, readMigrations, withSchemaEngine } from "./schema-engine.ts";

/** Any fixed number; servers that start together on one database take turns under it. */
const migrationLock = 7_236_114_001;

/**
 * Applies what is pending; answers the names of what it applied.
 * @throws DatabaseError when the server is unfit, or when a migration fails: the database is then as it was before that one
 */
export async function migrate(url: string): Promise<{ applied: string[] }> {
  try {
    return await underMigrationLock(url, async (pool) => ({ applied: await applyMigrations(pool) }));
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    throw new DatabaseError(
      `The database at ${addressOf(url)} can't be brought up to date: ${messageOf(error)}`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Runs `work` on a pool of one connection while no server can migrate, and so none can start.
 * @throws DatabaseError when the server is unfit
 */
export async function underMigrationLock<T>(url: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  // One connection, since lock and transactions belong to it.
  const pool = openEnginePool(url);
  let ended: Promise<void> | undefined;
  const end = () => (ended ??= pool.end());
  // A lost connection must not be replaced: the new one would hold neither the lock nor the transaction.
  pool.on("remove", end);
  try {
    await checkServer(pool, url);
    await pool.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    return await work(pool);
  } finally {
    // Closing the connection releases the lock.
    await end();
  }
}

/**
 * Applies what is pending, under the lock; answers the names of what it applied.
 * @param through the last one to apply; all when absent
 */
export async function applyMigrations(pool: pg.Pool, through?: string): Promise<string[]> {
  const list = await readMigrations();
  const directories = list.migrationDirectories.filter(
    ({ path }) => through === undefined || path <= through,
  );
  const known = new Set(await readApplied(pool));
  const firstPending = directories.findIndex((directory) => !known.has(directory.path));
  if (firstPending === -1) return [];
  return withSchemaEngine(pool, async (engine) => {
    const applied: string[] = [];
    // Not all in one transaction: a value added to an enum can't be used before a commit.
    for (let count = firstPending + 1; count <= directories.length; count++) {
      const migrationsList = { ...list, migrationDirectories: directories.slice(0, count) };
      await pool.query("BEGIN");
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: noFilters });
      await pool.query("COMMIT");
      applied.push(...appliedMigrationNames);
    }
    return applied;
  });
}

/** The names of all migrations that this Concord has, oldest first. */
export async function knownMigrations(): Promise<string[]> {
  return (await readMigrations()).migrationDirectories.map(({ path }) => path);
}

/** The names of what was applied, oldest first; none in a database that was never migrated. */
export async function readApplied(db: pg.Pool | pg.ClientBase): Promise<string[]> {
  const table = await db.query<{ found: boolean }>(
    `SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS found`,
  );
  if (table.rows[0]?.found !== true) return [];
  const rows = await db.query<{ name: string }>(
    "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name",
  );
  return rows.rows.map((row) => row.name);
}
