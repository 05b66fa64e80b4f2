// A process that holds an embedded database until it is signalled, for embedded.test.ts. Says what happens, one JSON a line.
import pg from "pg";
import { startEmbeddedDatabase } from "./embedded.ts";

function say(event: string, value = ""): void {
  process.stdout.write(`${JSON.stringify({ event, value })}\n`);
}

const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error("usage: embedded.fixture.ts DATA_DIR");

try {
  const database = await startEmbeddedDatabase({
    dataDir,
    log: { info: (message) => say("info", message), warn: (message) => say("warn", message) },
  });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  process.once("SIGINT", async () => {
    // A database in this process group would be going down by now.
    await client.query("INSERT INTO note VALUES ('after SIGINT')");
    await client.end();
    await database.stop();
    say("stopped");
  });
  await client.query("CREATE TABLE IF NOT EXISTS note (text text)");
  say("ready", database.url);
} catch (error) {
  say("refused", error instanceof Error ? error.message : String(error));
}
