// Writes the next migration: `node scripts/migration.mjs NAME` compares prisma/migrations with prisma/schema.prisma.
// Needs DATABASE_URL, a PostgreSQL whose role may create databases: a scratch database is made there and dropped again.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./toolbox.mjs";

/**
 * @param {string | undefined} name
 * @param {string | undefined} url
 */
async function writeMigration(name, url) {
  if (name === undefined || !/^[a-z\d]+(_[a-z\d]+)*$/.test(name)) {
    return fail(
      "usage: node scripts/migration.mjs NAME, with a NAME of small letters, digits and underscores",
    );
  }
  if (!url)
    return fail("DATABASE_URL is unset; accepted: postgresql:// with a role that may create databases");
  // By address: the server's sources are checked under its own settings, not under those of the scripts.
  const engine = await import(new URL("../apps/server/src/database/schema-engine.ts", import.meta.url).href);
  /** @type {string | null} */
  const sql = await engine.schemaDrift(url);
  if (sql === null)
    return process.stdout.write("prisma/migrations gives prisma/schema.prisma already: nothing to write\n");
  const stamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const file = join("prisma", "migrations", `${stamp}_${name}`, "migration.sql");
  mkdirSync(join(root, file, ".."));
  writeFileSync(join(root, file), sql);
  process.stdout.write(
    `wrote ${file}: read it, and add by hand what the schema can't say (checks, partial indexes, collations)\n`,
  );
}

/** @param {string} message */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

await writeMigration(process.argv[2], process.env.DATABASE_URL);
