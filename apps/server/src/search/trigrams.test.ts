// A database that does not allow the extension is told of in one line, and nothing else happens.
import { expect, test, vi } from "vitest";
import { ensureTrigrams } from "./trigrams.ts";

/** A pool of which each statement is noted; `refuse` throws where the database would. */
function poolThat(refuse: (text: string) => void, found: boolean) {
  const asked: string[] = [];
  const query = async (text: string) => {
    asked.push(text);
    refuse(text);
    return { rows: [{ found, schema: "public" }] };
  };
  const release = vi.fn();
  const pool = { query, connect: async () => ({ query, release }) };
  return { pool, asked, release };
}

function logThat() {
  const warn = vi.fn();
  return { log: { warn }, warn };
}

test("one line says that it is not allowed", async () => {
  const { pool, asked, release } = poolThat((text) => {
    if (text.startsWith("create extension"))
      throw new Error('permission denied to create extension "pg_trgm"');
  }, false);
  const { log, warn } = logThat();
  await ensureTrigrams(pool, log);
  expect(warn.mock.calls).toEqual([
    [
      'The database does not allow the extension pg_trgm (permission denied to create extension "pg_trgm"): a search for parts of words reads all texts of a project.',
    ],
  ]);
  expect(asked.at(-1)).toBe("rollback");
  expect(release).toHaveBeenCalledTimes(1);
});

test("nothing is made where the index is there", async () => {
  const { pool, asked } = poolThat(() => {}, true);
  await ensureTrigrams(pool, logThat().log);
  expect(asked).toHaveLength(1);
});
