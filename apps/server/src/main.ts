/** The server's entry point: reads the settings, starts, prints the address, stops on signals. */
import { createApp } from "./app.ts";
import { DatabaseError } from "./database/database-error.ts";
import { startEmbeddedDatabase } from "./database/embedded.ts";
import { SettingError, readSettings } from "./env.ts";

/** Everything must have ended by then, ms; a hanging connection must not keep the database from stopping. */
const STOP_WITHIN = 9_000;

const note = (level: string) => (message: string) => void process.stderr.write(`${level}: ${message}\n`);

async function main(): Promise<void> {
  const settings = readSettings(process.env, process.cwd());
  let stopping = false;
  let stop: () => Promise<void> = async () => {};
  const end = (code: number) => {
    if (stopping) return;
    stopping = true;
    const late = setTimeout(() => {
      note("warn")("stopping took too long and was cut short");
      process.exit(1);
    }, STOP_WITHIN);
    stop().then(
      () => {
        clearTimeout(late);
        process.exit(code);
      },
      (error: unknown) => {
        note("error")(`stopping failed: ${String(error)}`);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", () => end(0));
  process.on("SIGTERM", () => end(0));

  const onLost = (error: DatabaseError) => {
    note("error")(error.message);
    end(1);
  };
  const embedded = settings.databaseUrl === null
    ? await startEmbeddedDatabase({ dataDir: settings.dataDir, log: { info: () => {}, warn: note("warn") }, onLost })
    : null;
  stop = async () => embedded?.stop();
  const databaseUrl = embedded?.url ?? settings.databaseUrl;
  if (databaseUrl === null) throw new Error("no database");
  try {
    const app = await createApp(settings, databaseUrl);
    stop = async () => {
      await app.dispose();
      await embedded?.stop();
    };
    if (stopping) return;
    if (app.setUpLink !== null) process.stdout.write(`The first owner's one-time link:\n${app.setUpLink}\n`);
    process.stdout.write(`Concord is at ${app.url}\n`);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** One line for what people can put right, the whole stack for what they can't. */
function explain(error: unknown): string {
  if (error instanceof SettingError || error instanceof DatabaseError) return error.message;
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return `PORT is taken: ${error.message}. Take another PORT.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});
