/** Makes sure that a restore overwrites nobody's work, and takes away what a first start has made. */
import type pg from "pg";
import { DatabaseError } from "../database/database-error.ts";
import { knownMigrations, readApplied } from "../database/migrate.ts";
import { quoted } from "./backup-format.ts";
import { CARRIED, LEFT_OUT } from "./carried-tables.ts";
import { grouped } from "./progress.ts";

/** All that a first start writes to: the first owner and the demo project. Any other table with a row says that somebody was here. */
const firstStart: readonly string[] = [
  ...["_prisma_migrations", "installation", "person", "project", "membership"],
  ...["label", "relation_type", "relation_type_end", "document", "layer", "span"],
  ...["annotation", "relation", "comment"],
  // The demo's texts as they are searched.
  ...["passage", "searchable_document"],
  // Strangers at the door.
  "failed_sign_in",
];

/**
 * Leaves a database without any table of Concord's.
 * @param place what messages call it
 * @throws DatabaseError when it holds more than a first start makes, or is not Concord's
 */
export async function clearFirstStart(client: pg.ClientBase, place: string): Promise<void> {
  const ours = [...CARRIED, ...LEFT_OUT];
  const { rows } = await client.query<{ name: string }>(
    "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename = ANY($1)",
    [ours],
  );
  const tables = rows.map(({ name }) => name);
  if (tables.length === 0) return;
  await requireOurs(client, place, tables);
  await requireUntouched(client, place, tables);
  await dropAll(client, tables);
}

async function requireOurs(client: pg.ClientBase, place: string, tables: readonly string[]): Promise<void> {
  const known = await knownMigrations();
  const strange = (await readApplied(client)).filter((name) => !known.includes(name));
  if (tables.includes("_prisma_migrations") && strange.length === 0) return;
  throw new DatabaseError(
    `${place} has tables that this Concord did not make (${[...tables, ...strange].slice(0, 3).join(", ")} …). ${makeRoom}`,
  );
}

const makeRoom =
  "Restore into an empty one: set DATA_DIR to a folder that is not there yet, or DATABASE_URL to a new database.";

async function requireUntouched(
  client: pg.ClientBase,
  place: string,
  tables: readonly string[],
): Promise<void> {
  const has = (name: string) => tables.includes(name);
  let touched = false;
  for (const table of tables.filter((name) => !firstStart.includes(name)))
    touched ||= (await countOf(client, table)) > 0;
  // The demo comes with its documents and no change is counted in it; nobody else's project gets documents so.
  if (has("project") && has("document"))
    touched ||=
      (await countOf(
        client,
        "project",
        "revision > 0 OR NOT EXISTS (SELECT 1 FROM document WHERE project_id = project.id)",
      )) > 0;
  if (!touched) return;
  const here: string[] = [];
  for (const [table, what] of [
    ["person", "people"],
    ["project", "projects"],
    ["document", "documents"],
  ] as const)
    if (has(table)) here.push(`${what} ${grouped(await countOf(client, table))}`);
  throw new DatabaseError(
    `${place} is not empty: somebody has worked in it (${here.join(", ")}). ${makeRoom}`,
  );
}

async function countOf(client: pg.ClientBase, table: string, condition = "true"): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${quoted(table)} WHERE ${condition}`,
  );
  return rows[0]?.count ?? 0;
}

/** Types and all: the file may be from before a migration that was applied here. */
async function dropAll(client: pg.ClientBase, tables: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT typname::text AS name
     FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_type ON pg_type.oid = atttypid
     WHERE relnamespace = current_schema()::regnamespace AND relname = ANY($1) AND typtype = 'e' AND NOT attisdropped`,
    [tables],
  );
  await client.query("BEGIN");
  await client.query(`DROP TABLE ${tables.map(quoted).join(", ")}`);
  if (rows.length > 0) await client.query(`DROP TYPE ${rows.map(({ name }) => quoted(name)).join(", ")}`);
  await client.query("COMMIT");
}
