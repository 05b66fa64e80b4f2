/** A moment of the database to export from, on a connection of its own. */
import type pg from "pg";
import { type Scope, tellScope } from "./export-scope.ts";

/**
 * Reads what a scope has from one snapshot. Its connection goes back at the end; one that is still in the middle of
 * something, since the reader stopped early or something failed, is thrown away.
 * @throws whatever `read` throws, and BAD_USER_INPUT as `tellScope`
 */
export async function* fromSnapshot<Piece>(
  pool: pg.Pool,
  scope: Scope,
  read: (client: pg.ClientBase) => AsyncIterable<Piece>,
): AsyncGenerator<Piece, void, undefined> {
  const client = await pool.connect();
  let whole = false;
  try {
    await beginSnapshot(client);
    await tellScope(client, scope);
    yield* read(client);
    await client.query("commit");
    whole = true;
  } finally {
    client.release(!whole);
  }
}

async function beginSnapshot(client: pg.ClientBase): Promise<void> {
  await client.query("begin isolation level repeatable read read only");
  // Times are read as they are printed.
  await client.query("set local timezone = 'UTC'");
  await client.query("set local datestyle = 'ISO'");
  // Compiling a statement takes longer than a batch, and it would be done for each.
  await client.query("set local jit = off");
}
