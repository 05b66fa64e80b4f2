/** Reads people. */
import type { Sql } from "../database/sql.ts";
import { Prisma } from "../generated/prisma/client.ts";

/** A person as everybody may see them. */
export interface PersonRow {
  id: string;
  name: string;
}

/** A person with what is asked for less often. */
export interface PersonDetails extends PersonRow {
  /** Came as an author in an imported corpus; can't sign in. */
  imported: boolean;
}

/** People by id, in no order. */
export function personsById(sql: Sql, ids: readonly string[]): Promise<PersonDetails[]> {
  return sql.rows<PersonDetails>(
    Prisma.sql`select id, name, imported from person where id = any(${[...ids]}::uuid[])`,
  );
}
