/**
 * Gets at this installation's database for a moment, whether its server runs or not: for commands on the console.
 * Beside a running server the embedded database is used as it runs; else it is started and stopped again.
 */
import { join } from "node:path";
import type { Settings } from "../env.ts";
import { DatabaseError } from "./database-error.ts";
import { DatabaseInUseError, runningDatabaseUrl, startEmbeddedDatabase } from "./embedded.ts";
import { exists } from "./embedded-binaries.ts";

/** A database that can be connected to until it is released. */
interface ReachedDatabase {
  url: string;
  /** Stops what was started for this; to be called once every connection is closed, whatever happened. */
  release(): Promise<void>;
}

/**
 * Never makes a database: a command that is run with the wrong DATA_DIR must say so.
 * @throws DatabaseError, one line, when there is none or it can't be had. DATABASE_URL is not tried.
 */
export async function reachDatabase({
  databaseUrl,
  dataDir,
}: Pick<Settings, "databaseUrl" | "dataDir">): Promise<ReachedDatabase> {
  if (databaseUrl !== null) return { url: databaseUrl, release: async () => {} };
  if (!(await exists(join(dataDir, "postgres")))) {
    throw new DatabaseError(
      `There is no database in DATA_DIR ${dataDir}: set DATA_DIR or DATABASE_URL as the server has it.`,
    );
  }
  try {
    const database = await startEmbeddedDatabase({ dataDir, log: { info: () => {}, warn: () => {} } });
    return { url: database.url, release: () => database.stop() };
  } catch (error) {
    if (!(error instanceof DatabaseInUseError)) throw error;
    return { url: await runningDatabaseUrl(dataDir), release: async () => {} };
  }
}
