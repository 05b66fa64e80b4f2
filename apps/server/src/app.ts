/** A whole server: database, identity, live collaboration and all doors. Tests start it as the real thing does. */
import type { FastifyInstance } from "fastify";
import type { Services } from "./context.ts";
import { type Database, openDatabase } from "./database/database.ts";
import { findFreePort } from "./database/free-port.ts";
import { migrate } from "./database/migrate.ts";
import { seedDemo } from "./demo/seed-demo.ts";
import type { Settings } from "./env.ts";
import { everyHour } from "./every-hour.ts";
import { forgetOldJobs } from "./exchange/import-jobs.ts";
import { createImporter } from "./exchange/import-worker.ts";
import { forgetOldMutations } from "./graphql/applied-mutations.ts";
import { openHttpDoor } from "./graphql/http-door.ts";
import { createRateLimit } from "./graphql/limits.ts";
import { createSchema } from "./graphql/schema.ts";
import { openSocketDoor } from "./graphql/socket-door.ts";
import { registerAuthRoutes } from "./http/auth-routes.ts";
import { addExportRoute } from "./http/export-route.ts";
import { addImportRoute } from "./http/import-route.ts";
import { addJobRoutes } from "./http/job-routes.ts";
import { addMetrics } from "./http/metrics-route.ts";
import { addCallers, addHealth, addSecurityHeaders, createHttpServer } from "./http/server.ts";
import { serveWebClient } from "./http/web-client.ts";
import { createLive } from "./live/live.ts";
import { createIdentity } from "./people/identity.ts";
import { purgeDeleted } from "./project/deleted-things.ts";

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

/** What to undo, last first. */
type CleanUps = (() => Promise<void>)[];

/**
 * Brings the database up to date and starts serving.
 * @param wanted the settings; port 0 takes a free one, and the public address follows it
 * @param databaseUrl a PostgreSQL 14 or later
 */
export async function createApp(wanted: Settings, databaseUrl: string): Promise<App> {
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
    const open = async (maxConnections?: number) => {
      const database = await openDatabase(databaseUrl, {
        onError: (error) => app.log.warn({ err: error }, "a database connection broke"),
        ...(maxConnections === undefined ? {} : { maxConnections }),
      });
      cleanUps.push(() => database.dispose());
      return database;
    };
    const db = await open();
    const services = await startServices(app, settings, db, await open(LIVE_CONNECTIONS), cleanUps);
    await addRoutes(app, services, cleanUps);
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
  db: Database,
  liveDb: Database,
  cleanUps: CleanUps,
): Promise<Services> {
  const { log } = app;
  const identity = await createIdentity({ db, settings, log });
  cleanUps.push(() => identity.dispose());
  const ownerId = await identity.ensureOwner();
  if (settings.demo) await seedDemo(db, ownerId);
  const live = createLive({ db: liveDb, redisUrl: settings.redisUrl, logDays: settings.logDays, log });
  cleanUps.push(() => live.dispose());
  cleanUps.push(everyHour(() => forgetOldMutations(db), log, "could not forget old mutations"));
  cleanUps.push(everyHour(() => forgetOldJobs(db), log, "could not forget old import jobs"));
  cleanUps.push(everyHour(() => purgeDeleted(db), log, "could not remove what was deleted long ago"));
  return { settings, db, live, identity, log };
}

async function addRoutes(app: FastifyInstance, services: Services, cleanUps: CleanUps): Promise<void> {
  const schema = createSchema();
  const rateLimit = createRateLimit();
  await addSecurityHeaders(app, services.settings.publicUrl);
  addCallers(app, services.identity, rateLimit);
  addHealth(app, async () => {
    await services.db.pool.query("select 1");
    // Servable without Redis: others' changes come a second later then.
    return { bus: services.live.busState() };
  });
  addMetrics(app, services.live);
  registerAuthRoutes(app, services.identity, services.live);
  addExportRoute(app, services);
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
