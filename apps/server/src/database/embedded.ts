// The database that comes with Concord: real PostgreSQL on a port of 127.0.0.1, one server for one DATA_DIR.
// Who holds the lock owns it. A database left behind by a killed server is taken over as it runs.
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { DatabaseError, messageOf } from "./database-error.ts";
import type { Cluster } from "./embedded-cluster.ts";
import {
  prepareCluster,
  readPostmaster,
  removeStalePostmasterFile,
  roleName,
  startPostmaster,
  stopPostmaster,
} from "./embedded-cluster.ts";
import { findFreePort } from "./free-port.ts";

export interface EmbeddedDatabaseOptions {
  /** Made if missing; everything the database keeps is in it. */
  dataDir: string;
  log: { info(message: string): void; warn(message: string): void };
  /** The database is gone and can't be had again, or belongs to another server now: this one should end. Called at most once. */
  onLost?(error: DatabaseError): void;
}

export interface EmbeddedDatabase {
  url: string;
  /** Ends the database, whoever is still connected. Call it last. */
  stop(): Promise<void>;
}

/** Another server owns the database of this DATA_DIR. */
export class DatabaseInUseError extends DatabaseError {}

/** Any fixed number; the lock is taken in the database "postgres", which nothing else uses. */
const ownerLock = 7_236_114_002;
/** A killed server's backend needs a moment to see that its client has gone. */
const lockPatienceMs = 2_000;
/** A crash under heavy writing takes a while to recover from. */
const startPatienceMs = 180_000;
/** What is left of it when the server is told to end in the middle of that. */
const stopPatienceMs = 2_000;
const pollMs = 50;
/** Between asking for a free port and using it somebody else may take it. */
const portAttempts = 5;

interface Ownership {
  client: pg.Client;
  port: number;
}

/**
 * Starts the database in `dataDir`, makes it first if need be, or takes over one that a killed server left running.
 * @throws DatabaseError, one line, when it can't be had or another server has it
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const cluster = await openCluster(options.dataDir, options.log);
  const patience = { until: Date.now() + startPatienceMs };
  let owned: Ownership | null = await acquire(cluster, null, patience);
  const { port } = owned;
  let regaining: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;

  function watch(client: pg.Client): void {
    client.once("end", () => {
      if (stopping === undefined) regaining = regain();
    });
  }

  /** PostgreSQL drops every connection when one of its processes crashes, and somebody may have ended it: have it again on the same port. */
  async function regain(): Promise<void> {
    owned = null;
    options.log.warn("The embedded database broke off; trying to have it again.");
    try {
      patience.until = Date.now() + startPatienceMs;
      owned = await acquire(cluster, port, patience);
      watch(owned.client);
      options.log.info("The embedded database is back.");
    } catch (error) {
      const lost =
        error instanceof DatabaseError ? error : new DatabaseError(messageOf(error), { cause: error });
      options.log.warn(`The embedded database is lost: ${lost.message}`);
      options.onLost?.(lost);
    }
  }

  async function stop(): Promise<void> {
    patience.until = Math.min(patience.until, Date.now() + stopPatienceMs);
    await regaining;
    // Not ours any more: another server's, or gone.
    if (owned === null) return;
    // The lock is held until the database is down; released before, another start would lose the database it takes over.
    await stopPostmaster(cluster);
    await owned.client.end();
  }

  try {
    await ensureDatabase(owned.client);
  } catch (error) {
    stopping = stop();
    await stopping;
    throw new DatabaseError(`The embedded database can't be set up: ${messageOf(error)}`, { cause: error });
  }
  watch(owned.client);
  return {
    url: urlOf(cluster, port),
    stop: () => (stopping ??= stop()),
  };
}

/**
 * The address of a database that its owner keeps running, for whoever works beside that owner.
 * @throws DatabaseError, one line, when it does not run
 */
export async function runningDatabaseUrl(dataDir: string): Promise<string> {
  const cluster = await openCluster(dataDir, { info: () => {} });
  const running = await readPostmaster(cluster.folder);
  if (running === null || running.port === 0)
    throw new DatabaseError(`The embedded database of ${cluster.dataDir} has just stopped; try again.`);
  return urlOf(cluster, running.port);
}

function urlOf(cluster: Cluster, port: number): string {
  return `postgresql://${roleName}:${cluster.password}@127.0.0.1:${port}/${roleName}`;
}

function openCluster(dataDir: string, log: { info(message: string): void }): Promise<Cluster> {
  return prepareCluster(dataDir, log).catch((error: unknown) => {
    if (error instanceof DatabaseError) throw error;
    throw new DatabaseError(`DATA_DIR ${dataDir} can't be used: ${messageOf(error)}`, { cause: error });
  });
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [roleName]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${roleName}`);
}

/** Connects, after starting it if need be, and takes the lock. `patience` may be shortened meanwhile. */
async function acquire(
  cluster: Cluster,
  fixedPort: number | null,
  patience: { until: number },
): Promise<Ownership> {
  let portsTaken = 0;
  while (Date.now() < patience.until) {
    const running = await readPostmaster(cluster.folder);
    if (running === null) {
      await removeStalePostmasterFile(cluster.folder);
      const failure = await startPostmaster(cluster, fixedPort ?? (await findFreePort("127.0.0.1")));
      // A failure beside a living postmaster: another start was faster.
      if (failure === null || (await readPostmaster(cluster.folder)) !== null) continue;
      const portTaken = /could not create any TCP|could not bind/i.test(failure);
      // The processes of a postmaster that was killed end a moment after it.
      const orphansLive = /pre-existing shared memory|lock file .* (already exists|is empty)/i.test(failure);
      if (!orphansLive && (!portTaken || ++portsTaken === portAttempts)) {
        throw new DatabaseError(`The embedded database did not start: ${failure} (see ${cluster.logFile})`);
      }
    } else if (running.port > 0) {
      const client = await connectTo(cluster, running.port);
      if (client !== null && (await takeLock(client, cluster))) return { client, port: running.port };
    }
    await delay(pollMs);
  }
  throw new DatabaseError(`The embedded database did not become ready in time (see ${cluster.logFile}).`);
}

/** Null while it is starting up or shutting down. */
async function connectTo(cluster: Cluster, port: number): Promise<pg.Client | null> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: roleName,
    password: cluster.password,
    database: "postgres",
    application_name: "concord owner",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  client.on("error", () => {
    // Followed by "end", which is watched, or by the failure of the query in progress.
  });
  try {
    await client.connect();
    return client;
  } catch (error) {
    const code = codeOf(error);
    // cannot_connect_now, admin_shutdown, and what a socket says when nobody is there or the other side has just left.
    if (
      ["57P03", "57P01", "ECONNREFUSED", "ECONNRESET"].includes(code) ||
      /terminated|timeout/.test(messageOf(error))
    )
      return null;
    throw new DatabaseError(
      `The embedded database of ${cluster.dataDir} runs but can't be used: ${messageOf(error)}`,
      {
        cause: error,
      },
    );
  }
}

/** False when the connection broke meanwhile, as it does when the owner is shutting down. */
async function takeLock(client: pg.Client, cluster: Cluster): Promise<boolean> {
  const deadline = Date.now() + lockPatienceMs;
  try {
    do {
      const { rows } = await client.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1) AS taken", [
        ownerLock,
      ]);
      if (rows[0]?.taken === true) return true;
      await delay(pollMs);
    } while (Date.now() < deadline);
  } catch (error) {
    if (codeOf(error) === "57P01" || /terminated|not queryable|ECONNRESET|EPIPE/.test(messageOf(error)))
      return false;
    throw error;
  }
  await client.end();
  throw new DatabaseInUseError(
    `Another Concord is running on DATA_DIR ${cluster.dataDir}; stop it first, or choose another DATA_DIR and PORT.`,
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
