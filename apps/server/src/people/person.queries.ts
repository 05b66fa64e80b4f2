/** Reads people. */
import type { Reader } from "../database/database.ts";

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
export function personsById(db: Reader, ids: readonly string[]): Promise<PersonDetails[]> {
  return db.person.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true, imported: true },
  });
}
