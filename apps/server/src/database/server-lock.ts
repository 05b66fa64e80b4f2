// Whether Concord works on a database: each of its connections holds a lock together with the others, so that a restore,
// which must have the database to itself, sees them. A server that starts meanwhile waits.
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";

/** Any fixed number, another one than those in migrate.ts and embedded.ts. */
const serverLock = 7_236_114_003;
/** A killed server's backend needs a moment to see that its client has gone. */
const patienceMs = 2_000;
const pollMs = 50;

/** Takes part; the lock goes with the connection. */
export async function shareDatabase(client: pg.ClientBase): Promise<void> {
  await client.query("SELECT pg_advisory_lock_shared($1)", [serverLock]);
}

/** Takes the database for this connection alone; false when somebody works on it. */
export async function takeDatabaseAlone(client: pg.ClientBase): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  do {
    const { rows } = await client.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1) AS taken", [
      serverLock,
    ]);
    if (rows[0]?.taken === true) return true;
    await delay(pollMs);
  } while (Date.now() < deadline);
  return false;
}
