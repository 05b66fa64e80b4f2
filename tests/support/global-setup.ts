// Runs once for each integration project: makes its PostgreSQL ready, with a migrated database to copy from, and looks
// for a Redis. Tests take what it found through database.ts and redis.ts.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedDatabase } from "../../apps/server/src/database/embedded.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Which PostgreSQL this project runs on; set in vitest.config.ts. */
    database: "embedded" | "external";
    /** The server's maintenance database and the name of the migrated database in it. */
    databaseServer: { url: string; template: string } | undefined;
    /** Why all tests of this project are skipped. */
    skipReason: string | undefined;
    redisUrl: string | undefined;
  }
}

interface DatabaseServer {
  url: string;
  stop: () => Promise<void>;
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide("redisUrl", await reachableRedis());
  const kind = project.getProvidedContext().database;
  const server = kind === "embedded" ? await startEmbedded() : await findExternal();
  if (typeof server === "string") {
    project.provide("skipReason", server);
    return async () => {};
  }
  const template = `concord_test_${randomBytes(6).toString("hex")}`;
  const dispose = async () => {
    await query(server.url, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await server.stop();
  };
  try {
    await query(server.url, `CREATE DATABASE ${template} TEMPLATE template0 ENCODING 'UTF8'`);
    await migrate(databaseUrl(server.url, template));
  } catch (error) {
    await dispose();
    throw error;
  }
  project.provide("databaseServer", { url: server.url, template });
  return dispose;
}

async function migrate(url: string): Promise<void> {
  const script = fileURLToPath(new URL("./migrate.ts", import.meta.url));
  await promisify(execFile)(process.execPath, ["--conditions=source", script, url]);
}

async function startEmbedded(): Promise<DatabaseServer> {
  const dataDir = await mkdtemp(join(tmpdir(), "concord-tests-"));
  // Started as root, PostgreSQL runs as another user, who has to walk to the cluster.
  await chmod(dataDir, 0o711);
  const database = await startEmbeddedDatabase({ dataDir, log: { info: () => {}, warn: console.warn } });
  // It is thrown away in the end; making and dropping databases would mostly wait for the disk.
  for (const setting of ["fsync", "full_page_writes"])
    await query(database.url, `ALTER SYSTEM SET ${setting} = off`);
  await query(database.url, "SELECT pg_reload_conf()");
  return {
    url: database.url,
    stop: async () => {
      await database.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Answers the reason when there is none to be used. */
async function findExternal(): Promise<DatabaseServer | string> {
  const url = process.env.DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres";
  try {
    await query(url, "SELECT 1");
    return { url, stop: async () => {} };
  } catch (error) {
    const { host } = new URL(url);
    return `no PostgreSQL to be used at ${host} (${error instanceof Error ? error.message || error.name : String(error)})`;
  }
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function reachableRedis(): Promise<string | undefined> {
  const url = process.env.REDIS_URL ?? "redis://127.0.0.1:6379";
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port || 6379), hostname);
  const answer = new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
  });
  try {
    return (await Promise.race([answer, delay(2_000, false, { ref: false })])) ? url : undefined;
  } finally {
    socket.destroy();
  }
}
