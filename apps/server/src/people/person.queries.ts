/** Reads people. */
import type { Reader } from "../database/database.ts";

/** A person as everybody may see them. */
export interface PersonRow {
  id: string;
  name: string;
}

/** People by id, in no order. */
export function personsById(db: Reader, ids: readonly string[]): Promise<PersonRow[]> {
  return db.person.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } });
}
