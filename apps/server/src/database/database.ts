// The way to the data: one pool of connections, for Prisma and for the few statements written in SQL.
import { Socket } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { type Prisma, PrismaClient } from "../generated/prisma/client.ts";
import { checkServer } from "./check-server.ts";
import { shareDatabase } from "./server-lock.ts";
import { createSql, type Sql } from "./sql.ts";

/** Inside one transaction. */
export type Transaction = Prisma.TransactionClient;

/** Whatever can read: a transaction, or the client outside of one. */
export type Reader = Prisma.TransactionClient;

export interface Database {
  /** Made when it is first used: each takes some 10 MB, and not every pool needs one. */
  readonly prisma: PrismaClient;
  pool: pg.Pool;
  /** Single statements on the pool. */
  sql: Sql;
  /** Waits for the queries in progress, then closes every connection. */
  dispose(): Promise<void>;
}

export interface DatabaseOptions {
  /** Connections at most; 10 where nothing is said. */
  maxConnections?: number;
  /** Statements go to the server before those ahead of them are answered; no cursors then. */
  pipeline?: boolean;
  /** How long a statement waits for a lock, ms; for ever where nothing is said. */
  lockTimeout?: number;
  /** A connection broke; its query fails by itself and the pool opens another one when needed, so this is for the log only. */
  onError(error: Error): void;
}

/** Sends what is written in one turn of the event loop in one piece: a system call for many statements, not one each. */
class GatheringSocket extends Socket {
  // pg holds back what a statement is made of and lets it go when it is complete.
  override uncork(): void {
    process.nextTick(() => super.uncork());
  }
}

/** Long enough for a server on the other side of the world, short enough for somebody who waits at a terminal. */
const connectTimeoutMs = 10_000;

/**
 * Connects to a migrated database.
 * @throws DatabaseError, one line, when the server can't be reached, is too old or does not store UTF8
 */
export async function openDatabase(url: string, options: DatabaseOptions): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? 10,
    ...(options.pipeline ? { pipeline: true, stream: () => new GatheringSocket() } : {}),
    lock_timeout: options.lockTimeout ?? 0,
    // Never none: the lock below is how others see that this server is there.
    min: 1,
    onConnect: shareDatabase,
    connectionTimeoutMillis: connectTimeoutMs,
    // Dates travel as text and are read back without a time zone's help.
    options: "-c timezone=UTC -c datestyle=ISO",
  });
  // Each connection reports for itself, idle or lent out; without a listener a broken one ends the process.
  pool.on("connect", (client) => client.on("error", options.onError));
  pool.on("error", () => {
    // The same error again, told to the pool when the connection was idle.
  });
  try {
    await checkServer(pool, url);
  } catch (error) {
    await pool.end();
    throw error;
  }
  let prisma: PrismaClient | null = null;
  return {
    get prisma() {
      prisma ??= new PrismaClient({ adapter: new PrismaPg(pool) });
      return prisma;
    },
    pool,
    sql: createSql(pool),
    async dispose() {
      await prisma?.$disconnect();
      await pool.end();
    },
  };
}
