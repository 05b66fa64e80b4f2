// Prisma's own schema engine, the WebAssembly build: no binary to download. It applies migrations and compares schemas.
// Knows nothing of when to migrate: that is migrate.ts; of writing the next migration: that is scripts/migration.mjs.
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type { DiffTarget, MigrationList, SchemaContainer } from "@prisma/schema-engine-wasm/schema_engine_bg";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

export type SchemaEngine = engineModule.SchemaEngine;

const prismaFolder = fileURLToPath(new URL("../../../../prisma/", import.meta.url));

/** No table and no enum is somebody else's. */
export const noFilters = { externalTables: [], externalEnums: [] };

let loading: Promise<void> | undefined;

/** Instantiates the module by hand; importing the .wasm prints an experimental warning on every start. */
function loadEngine(): Promise<void> {
  loading ??= (async () => {
    const folder = dirname(
      createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg"),
    );
    const bytes = await readFile(join(folder, "schema_engine_bg.wasm"));
    const { instance } = await WebAssembly.instantiate(bytes, {
      "./schema_engine_bg.js": { ...engineModule },
    });
    engineModule.__wbg_set_wasm(instance.exports);
    const start = instance.exports.__wbindgen_start;
    if (typeof start !== "function") throw new Error("the schema engine has no start function");
    start();
  })();
  return loading;
}

/** The type "char" of PostgreSQL's own catalogue: Prisma's adapter refuses it, the engine asks for it when it looks at a database. */
const catalogueChar = 18;
const text = 25;

/** For each pool the columns of its latest answer that are of type "char". */
const charColumns = new WeakMap<pg.Pool, number[]>();

/** A pool of one connection, for an engine of its own. */
export function openEnginePool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    idleTimeoutMillis: 0,
    options: "-c timezone=UTC -c datestyle=ISO",
  });
  pool.on("connect", (client) => {
    client.connection.prependListener(
      "rowDescription",
      ({ fields }: { fields: { dataTypeID: number }[] }) => {
        const chars = [...fields.keys()].filter((column) => fields[column]?.dataTypeID === catalogueChar);
        charColumns.set(pool, chars);
        for (const field of fields) if (field.dataTypeID === catalogueChar) field.dataTypeID = text;
      },
    );
  });
  pool.on("error", () => {
    // The connection is gone and the pool has dropped it; the query in progress or the next one fails and reports it.
  });
  return pool;
}

/** What an engine opened besides the pool it was given, and why its last script failed. */
interface EngineRun {
  pool: pg.Pool;
  shadows: { name: string; pool: pg.Pool }[];
  scriptFailure: unknown;
}

async function connectAdapter(run: EngineRun, pool: pg.Pool): Promise<SqlDriverAdapter> {
  const adapter = await new PrismaPg(pool).connect();
  // Prisma's adapter splits a script at every semicolon and runs the parts one by one; sent whole, it is applied whole or not at all.
  adapter.executeScript = async (script) => {
    try {
      await pool.query(script);
    } catch (error) {
      // The engine goes on to note the failure in a transaction that is broken by now, and reports only that.
      run.scriptFailure ??= error;
      throw error;
    }
  };
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const column of charColumns.get(pool) ?? []) result.columnTypes[column] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}

function createAdapterFactory(run: EngineRun): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => connectAdapter(run, run.pool),
    async connectToShadowDb() {
      const name = `concord_shadow_${globalThis.crypto.randomUUID().replaceAll("-", "")}`;
      await run.pool.query(`CREATE DATABASE ${name} TEMPLATE template0`);
      const url = new URL(run.pool.options.connectionString ?? "");
      url.pathname = `/${name}`;
      const pool = openEnginePool(url.href);
      run.shadows.push({ name, pool });
      return connectAdapter(run, pool);
    },
  };
}

/** Runs `work` with an engine on this pool; afterwards only the pool is left. */
export async function withSchemaEngine<T>(
  pool: pg.Pool,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  await loadEngine();
  const { path, content } = await readSchema();
  const run: EngineRun = { pool, shadows: [], scriptFailure: undefined };
  const adapters = bindMigrationAwareSqlAdapterFactory(createAdapterFactory(run));
  const engine = await engineModule.SchemaEngine.new({ datamodels: [[path, content]] }, () => {}, adapters);
  try {
    return await work(engine);
  } catch (error) {
    throw run.scriptFailure ?? error;
  } finally {
    engine.free();
    // Here and not in the adapter's own dispose, which the engine calls without waiting for it.
    for (const shadow of run.shadows) {
      await shadow.pool.end();
      await pool.query(`DROP DATABASE ${shadow.name} WITH (FORCE)`);
    }
  }
}

/** `prisma/schema.prisma`, as the engine takes it. */
export async function readSchema(): Promise<SchemaContainer> {
  const path = join(prismaFolder, "schema.prisma");
  return { path, content: await readFile(path, "utf8") };
}

/** Everything in `prisma/migrations`, oldest first. */
export async function readMigrations(): Promise<MigrationList> {
  const baseDir = join(prismaFolder, "migrations");
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(join(baseDir, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: {
            tag: "ok" as const,
            value: await readFile(join(baseDir, name, "migration.sql"), "utf8"),
          },
        },
      })),
    ),
  };
}

/** The SQL that leads from `from` to `prisma/schema.prisma`; null when nothing is missing. Checks, partial indexes and collations are beyond it. */
export async function diffToSchema(url: string, from: DiffTarget): Promise<string | null> {
  const pool = openEnginePool(url);
  try {
    return await withSchemaEngine(pool, async (engine) => {
      const to: DiffTarget = { tag: "schemaDatamodel", files: [await readSchema()] };
      const diff = await engine.diff({ from, to, script: true, exitCode: true, filters: noFilters });
      return diff.exitCode === 0 ? null : diff.stdout;
    });
  } finally {
    await pool.end();
  }
}

/**
 * What `prisma/migrations` lacks to give `prisma/schema.prisma`, as SQL; null when nothing.
 * Makes a scratch database on the server of `url` and drops it, so its role needs CREATEDB.
 */
export async function schemaDrift(url: string): Promise<string | null> {
  return diffToSchema(url, { tag: "migrations", ...(await readMigrations()) });
}
