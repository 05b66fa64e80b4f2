/** A whole server: database, identity, live collaboration and all doors. Tests start it as the real thing does. */
import { mendJsonParse } from "@concord/core";
import type { FastifyInstance } from "fastify";
import type { Services } from "./context.ts";
import { type Database, type DatabaseOptions, openDatabase } from "./database/database.ts";
import { findFreePort } from "./database/free-port.ts";
import { migrate } from "./database/migrate.ts";
import { seedDemo } from "./demo/seed-demo.ts";
import { createTextCache } from "./document/text-cache.ts";
import type { Settings } from "./env.ts";
import { everyHour } from "./every-hour.ts";
import { MAX_EXPORTS } from "./exchange/export-turns.ts";
import { createHeavyWork } from "./exchange/heavy-work.ts";
import { forgetOldJobs } from "./exchange/import-jobs.ts";
import { createImporter } from "./exchange/import-worker.ts";
import { forgetOldMutations } from "./graphql/applied-mutations.ts";
import { openHttpDoor } from "./graphql/http-door.ts";
import { createRateLimit } from "./graphql/limits.ts";
import { createSchema } from "./graphql/schema.ts";
import { openSocketDoor } from "./graphql/socket-door.ts";
import { registerAuthRoutes } from "./http/auth-routes.ts";
import { addExportRoute } from "./http/export-route.ts";
import { addFormatsRoute } from "./http/formats-route.ts";
import { addImportRoute } from "./http/import-route.ts";
import { addJobRoutes } from "./http/job-routes.ts";
import { addMetrics } from "./http/metrics-route.ts";
import { addCallers, addHealth, addSecurityHeaders, createHttpServer } from "./http/server.ts";
import { serveWebClient } from "./http/web-client.ts";
import { createLayers } from "./live/change-layer.ts";
import { createLive } from "./live/live.ts";
import { connectRedis } from "./live/redis-link.ts";
import { createIdentity } from "./people/identity.ts";
import { createPresence } from "./presence/presence.ts";
import { purgeDeleted } from "./project/deleted-things.ts";
import { createSearchIndex } from "./search/search-index.ts";

/** A server that accepts requests. */
export interface App {
  /** The address people use. */
  url: string;
  /** The first owner's one-time link while it works, else null. */
  setUpLink: string | null;
  /** Stops accepting, ends what is open, closes the database. */
  dispose(): Promise<void>;
}

/** Of their own for what watchers read: they must not queue behind writers who wait for each other. */
const LIVE_CONNECTIONS = 4;

/** Of their own for writing to layers: who waits for a lock must not keep anybody from reading. */
const FOR_WRITES = { maxConnections: 10, pipeline: true, lockTimeout: 60_000 } as const;

/** What to undo, last first. */
type CleanUps = (() => Promise<void>)[];

/**
 * Brings the database up to date and starts serving.
 * @param wanted the settings; port 0 takes a free one, and the public address follows it
 * @param databaseUrl a PostgreSQL 14 or later
 */
export async function createApp(wanted: Settings, databaseUrl: string): Promise<App> {
  mendJsonParse();
  const settings = wanted.port === 0 ? await withFreePort(wanted) : wanted;
  const app = createHttpServer(settings);
  const cleanUps: CleanUps = [];
  const dispose = async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) {
      await cleanUp().catch((error: unknown) => app.log.error({ err: error }, "could not clean up"));
    }
  };
  try {
    await migrate(databaseUrl);
    const open = async (options: Omit<DatabaseOptions, "onError"> = {}) => {
      const database = await openDatabase(databaseUrl, {
        onError: (error) => app.log.warn({ err: error }, "a database connection broke"),
        ...options,
      });
      cleanUps.push(() => database.dispose());
      return database;
    };
    const db = await open();
    const pools = {
      db,
      liveDb: await open({ maxConnections: LIVE_CONNECTIONS }),
      writeDb: await open(FOR_WRITES),
    };
    const services = await startServices(app, settings, pools, cleanUps);
    await addRoutes(app, services, await open({ maxConnections: MAX_EXPORTS }), cleanUps);
    // Pushed last, so closed first: nothing new comes in while the rest ends.
    cleanUps.push(() => app.close());
    await app.listen({ port: settings.port, host: settings.host });
    return { url: settings.publicUrl, setUpLink: await services.identity.setUpLink(), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function startServices(
  app: FastifyInstance,
  settings: Settings,
  { db, liveDb, writeDb }: Record<"db" | "liveDb" | "writeDb", Database>,
  cleanUps: CleanUps,
): Promise<Services> {
  const { log } = app;
  const identity = await createIdentity({ db, settings, log });
  cleanUps.push(() => identity.dispose());
  const ownerId = await identity.ensureOwner();
  if (settings.demo) await seedDemo(db, ownerId);
  const redis = settings.redisUrl === null ? null : connectRedis(settings.redisUrl, log);
  if (redis) cleanUps.push(() => redis.dispose());
  const live = createLive({ db: liveDb, redis, logDays: settings.logDays, log });
  cleanUps.push(() => live.dispose());
  const layers = createLayers(writeDb.pool, live.published);
  cleanUps.push(() => layers.dispose());
  const presence = createPresence({ guard: live.guard, redis, log });
  cleanUps.push(() => presence.dispose());
  cleanUps.push(everyHour(() => forgetOldMutations(db), log, "could not forget old mutations"));
  cleanUps.push(everyHour(() => forgetOldJobs(db), log, "could not forget old import jobs"));
  cleanUps.push(everyHour(() => purgeDeleted(db), log, "could not remove what was deleted long ago"));
  const heavyWork = createHeavyWork();
  const searchIndex = createSearchIndex({ db, heavyWork, log });
  cleanUps.push(everyHour(() => searchIndex.catchUp(), log, "could not make texts searchable"));
  cleanUps.push(() => searchIndex.dispose());
  const texts = createTextCache();
  return { settings, db, live, layers, presence, searchIndex, heavyWork, texts, identity, log };
}

async function addRoutes(
  app: FastifyInstance,
  services: Services,
  exportDb: Database,
  cleanUps: CleanUps,
): Promise<void> {
  const schema = createSchema();
  const rateLimit = createRateLimit();
  await addSecurityHeaders(app, services.settings.publicUrl);
  addCallers(app, services.identity, rateLimit);
  addHealth(app, async () => {
    await services.db.pool.query("select 1");
    // Servable without Redis: others' changes come a second later then.
    return { bus: services.live.busState() };
  });
  addMetrics(app, services.live, services.presence);
  registerAuthRoutes(app, services.identity, services.live);
  addFormatsRoute(app);
  addExportRoute(app, services, exportDb);
  const importer = createImporter(services);
  cleanUps.push(() => importer.dispose());
  addImportRoute(app, services, importer);
  addJobRoutes(app, services, importer);
  cleanUps.push(await openHttpDoor(app, services, schema));
  await serveWebClient(app);
  // Before the server closes: it would wait for open sockets for ever.
  app.addHook("preClose", openSocketDoor(app, services, schema, rateLimit));
}

/** Takes a free port now: cookies and links carry the address, so it must be known before anything starts. */
async function withFreePort(settings: Settings): Promise<Settings> {
  const port = await findFreePort(settings.host);
  return { ...settings, port, publicUrl: settings.publicUrl.replace(/:0$/, `:${port}`) };
}
