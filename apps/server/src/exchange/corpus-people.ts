/** Who the authors of an imported corpus are here. */
import type { CorpusUser } from "@concord/formats";
import { v7 as uuidv7 } from "uuid";
import type { Transaction } from "../database/database.ts";

/** Where authors come in, and by whom. */
interface Import {
  projectId: string;
  makerId: string;
  /** Whether the maker may name authors; else all work comes in as the maker's. */
  namesAuthors: boolean;
}

/** Persons for the file's users. */
interface PeoplePlan {
  /** Person ids by the file's. */
  people: [string, string][];
  /** Those who are not here yet. */
  newPeople: { id: string; name: string; imported: true }[];
  warnings: string[];
}

/** Decides for each user of the file who it is here; makes nobody. */
export async function planPeople(
  tx: Transaction,
  { projectId, makerId, namesAuthors }: Import,
  users: readonly CorpusUser[],
): Promise<PeoplePlan> {
  const plan: PeoplePlan = { people: [], newPeople: [], warnings: [] };
  if (!namesAuthors) {
    plan.people = users.map(({ id }) => [id, makerId]);
    const others = users.filter(({ id }) => id !== makerId).length;
    if (others > 0) {
      plan.warnings.push(
        `The work of ${others} ${others === 1 ? "author" : "authors"} came in as your own: only an owner's import may name authors.`,
      );
    }
    return plan;
  }
  const known = await knownPeople(tx, projectId, users);
  for (const { id, name } of users) {
    const person = known.get(id);
    if (person?.belongs) {
      plan.people.push([id, id]);
      continue;
    }
    const personId = person === undefined ? id : uuidv7();
    plan.people.push([id, personId]);
    plan.newPeople.push({ id: personId, name, imported: true });
    if (person !== undefined) {
      plan.warnings.push(
        `The user id ${id} is taken here by somebody else; “${name}” came in as ${personId}.`,
      );
    }
  }
  return plan;
}

/**
 * Who is known under the file's ids, and whether it is the same one for this project: a member, or somebody whom an
 * earlier import brought into it.
 */
async function knownPeople(
  tx: Transaction,
  projectId: string,
  users: readonly CorpusUser[],
): Promise<Map<string, { belongs: boolean }>> {
  const persons = await tx.person.findMany({
    where: { id: { in: users.map(({ id }) => id) } },
    select: { id: true, imported: true, memberships: { where: { projectId }, select: { projectId: true } } },
  });
  const imported = persons.filter((person) => person.imported).map(({ id }) => id);
  const authors = imported.length === 0 ? new Set() : await authorsAmong(tx, projectId, imported);
  return new Map(
    persons.map(({ id, memberships }) => [id, { belongs: memberships.length > 0 || authors.has(id) }]),
  );
}

async function authorsAmong(
  tx: Transaction,
  projectId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const wanted = [...ids];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select created_by as id from annotation where project_id = ${projectId}::uuid and created_by = any(${wanted}::uuid[])
    union select updated_by from annotation where project_id = ${projectId}::uuid and updated_by = any(${wanted}::uuid[])
    union select created_by from relation where project_id = ${projectId}::uuid and created_by = any(${wanted}::uuid[])
    union select author_id from comment where project_id = ${projectId}::uuid and author_id = any(${wanted}::uuid[])`;
  return new Set(rows.map(({ id }) => id));
}

/** Removes those of these imported people whom nothing names any more. */
export async function removeUnnamedPeople(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const wanted = [...ids];
  await tx.$executeRaw`
    delete from person p where p.id = any(${wanted}::uuid[]) and p.imported
      and not exists (select 1 from membership where person_id = p.id)
      and p.id not in (
        select created_by from annotation where created_by = any(${wanted}::uuid[])
        union select updated_by from annotation where updated_by = any(${wanted}::uuid[])
        union select created_by from relation where created_by = any(${wanted}::uuid[])
        union select author_id from comment where author_id = any(${wanted}::uuid[]))`;
}
