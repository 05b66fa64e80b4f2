/** The server's entry point: reads the settings, starts, prints the address, stops on signals. */
import { type App, createApp } from "./app.ts";
import { DatabaseError } from "./database/database-error.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "./database/embedded.ts";
import { SettingError, type Settings, settingsOfProcess } from "./env.ts";

/** Everything must have ended by then, ms; a hanging connection must not keep the database from stopping. */
const STOP_WITHIN = 9_000;

const note = (level: string) => (message: string) => void process.stderr.write(`${level}: ${message}\n`);

/** What runs so far, in the order it was started. */
const running: { database: EmbeddedDatabase | null; app: App | null } = { database: null, app: null };
let starting: Promise<void> = Promise.resolve();
let ending: Promise<void> | null = null;

async function start(settings: Settings): Promise<void> {
  let url = settings.databaseUrl;
  if (url === null) {
    running.database = await startEmbeddedDatabase({
      dataDir: settings.dataDir,
      log: { info: () => {}, warn: note("warn") },
      onLost: (error) => {
        note("error")(error.message);
        void end(1);
      },
    });
    url = running.database.url;
  }
  if (ending !== null) return;
  running.app = await createApp(settings, url);
  if (ending !== null) return;
  if (running.app.setUpLink !== null)
    process.stdout.write(`Open this link once to become the owner:\n${running.app.setUpLink}\n`);
  process.stdout.write(`Concord is at ${running.app.url}\n`);
}

/** Stops what was started, the database last, and exits. A signal during the start waits for it: half a start can't be stopped. */
function end(code: number): Promise<void> {
  ending ??= (async () => {
    setTimeout(() => {
      note("error")("stopping took too long and was cut short");
      process.exit(1);
    }, STOP_WITHIN).unref();
    await starting.catch(() => {});
    await running.app?.dispose();
    await running.database?.stop();
    process.exit(code);
  })().catch((error: unknown) => {
    note("error")(`stopping failed: ${explain(error)}`);
    process.exit(1);
  });
  return ending;
}

/** One line for what people can put right, the whole stack for what they can't. */
function explain(error: unknown): string {
  if (error instanceof SettingError || error instanceof DatabaseError) return error.message;
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE")
    return `PORT is taken (${error.message}); take another.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

// A closed terminal hangs up; the database runs in a session of its own and would stay behind.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(0));

async function main(): Promise<void> {
  starting = start(settingsOfProcess());
  await starting;
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  void end(1);
});
