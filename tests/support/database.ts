// A fresh, migrated database for one test file or one test, on the PostgreSQL of the vitest project it runs in.
import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

export interface ScratchDatabase {
  url: string;
  /** Ends whoever is still connected, and removes the database. */
  drop: () => Promise<void>;
}

/** Copies the migrated database, which takes some 50 ms where migrating would take longer. */
export function createScratchDatabase(): Promise<ScratchDatabase> {
  return createDatabase((template) => template);
}

/** A database without any table, as a first start finds it. */
export function createEmptyDatabase(): Promise<ScratchDatabase> {
  return createDatabase(() => "template0");
}

async function createDatabase(from: (template: string) => string): Promise<ScratchDatabase> {
  const server = inject("databaseServer");
  if (!server) throw new Error("Only the integration projects have a database; see vitest.config.ts.");
  const name = `${server.template}_${randomBytes(4).toString("hex")}`;
  await onServer(
    server.url,
    `CREATE DATABASE ${name} TEMPLATE ${from(server.template)} ENCODING 'UTF8'`,
    // Nobody cuts the power of a test, and waiting for the disk is most of what a write takes.
    `ALTER DATABASE ${name} SET synchronous_commit = off`,
  );
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => onServer(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function onServer(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
