/**
 * SQL on a connection of our own, for transactions whose cost is measured: inside one, a statement costs Prisma some
 * five times the CPU that it costs pg.
 */
import type pg from "pg";
import type { Prisma } from "../generated/prisma/client.ts";

/** What statements run on. */
export interface Sql {
  /**
   * Runs one statement and answers its rows. It is prepared once for each connection, so its text must not grow with
   * what it is given: lists go in as arrays, for `= any(…)` or `unnest(…)`.
   */
  rows<Row>(statement: Prisma.Sql): Promise<Row[]>;
  /** The same for a statement whose answer nobody needs: goes on at once, and `settled` throws what it threw. */
  send(statement: Prisma.Sql): void;
  /**
   * Waits for all that was sent.
   * @throws what the first that failed threw
   */
  settled(): Promise<void>;
}

/** A statement's name, by its text, and whether it may change something. */
interface Prepared {
  name: string;
  changes: boolean;
}

/** As many as the program has statements. */
const prepared = new Map<string, Prepared>();

function prepare(text: string): Prepared {
  let known = prepared.get(text);
  if (known === undefined) {
    known = { name: `sql_${prepared.size}`, changes: !/^\s*select\s/i.test(text) };
    prepared.set(text, known);
  }
  return known;
}

/**
 * Statements on a connection or a pool.
 * @param onChange told before a statement that may change something
 */
export function createSql(connection: Pick<pg.ClientBase | pg.Pool, "query">, onChange?: () => void): Sql {
  const sent: Promise<unknown>[] = [];

  async function rows<Row>({ text, values }: Prisma.Sql): Promise<Row[]> {
    const { name, changes } = prepare(text);
    if (changes) onChange?.();
    const { rows } = await connection.query({ name, text, values });
    return rows;
  }

  return {
    rows,
    send(statement) {
      const answer = rows(statement);
      answer.catch(() => {});
      sent.push(answer);
    },
    async settled() {
      for (const answer of sent.splice(0)) await answer;
    },
  };
}

/** Statements in a transaction of Prisma's, for what is read in both ways. */
export const sqlIn = (tx: Prisma.TransactionClient): Pick<Sql, "rows"> => ({
  rows: (statement) => tx.$queryRaw(statement),
});

/** What every value stays. */
export const AS_TEXT = { getTypeParser: () => (value: string) => value };

/** The rows of a statement as the text that PostgreSQL sends; no column may be null. Not prepared: there are many texts. */
export async function queryTexts(pool: pg.Pool, { text, values }: Prisma.Sql): Promise<string[][]> {
  const { rows } = await pool.query<string[]>({ text, values, rowMode: "array", types: AS_TEXT });
  return rows;
}
