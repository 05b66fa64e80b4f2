/** Ids that a file brings along: kept where they are free on this server, else replaced, and both named. */
import { v7 as uuidv7 } from "uuid";
import type { Transaction } from "../database/database.ts";
import { Prisma } from "../generated/prisma/client.ts";

/** What has ids of its own. */
type Table = "document" | "annotation" | "relation" | "comment";

/** Replaced ids named in one warning. */
const MAX_NAMED = 3;

/** Gives ids for one kind of row. */
export interface IdGiver {
  /** The file's id where it is free, a new one else; each id is given once. */
  give(wanted: string | null): string;
  /** The ids that were replaced since the last call, in words, or null. */
  replaced(): string | null;
}

/** Which of the ids are free is asked once, for all of a batch. */
export async function createIdGiver(
  tx: Transaction,
  table: Table,
  wanted: readonly (string | null)[],
): Promise<IdGiver> {
  const ids = wanted.filter((id) => id !== null);
  const rows =
    ids.length === 0
      ? []
      : await tx.$queryRaw<
          { id: string }[]
        >`select id from ${Prisma.raw(`"${table}"`)} where id = any(${ids}::uuid[])`;
  const taken = new Set(rows.map(({ id }) => id));
  let replacements: [string, string][] = [];
  return {
    give(id) {
      if (id !== null && !taken.has(id)) {
        taken.add(id);
        return id;
      }
      const fresh = uuidv7();
      if (id !== null) replacements.push([id, fresh]);
      return fresh;
    },
    replaced() {
      if (replacements.length === 0) return null;
      const named = replacements.slice(0, MAX_NAMED).map(([id, fresh]) => `${id} came in as ${fresh}`);
      const more = replacements.length - named.length;
      const words = `${replacements.length} ${table} ${replacements.length === 1 ? "id is" : "ids are"} taken here: ${named.join(", ")}${more > 0 ? `, and ${more} more` : ""}.`;
      replacements = [];
      return words;
    },
  };
}
