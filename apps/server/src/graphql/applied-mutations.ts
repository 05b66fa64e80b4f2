/** Forgets mutations that were applied more than 30 days ago. */
import type { Database } from "../database/database.ts";

/** Forgets what is old enough. */
export async function forgetOldMutations({ prisma }: Database): Promise<void> {
  await prisma.$executeRaw`delete from applied_mutation where created_at < now() - interval '30 days'`;
}
