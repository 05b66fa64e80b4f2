/** What was deleted: kept for 30 days, in which it can be brought back, and then removed for good. */
import type { Database, Transaction } from "../database/database.ts";

const DAYS_KEPT = 30;

/** Long enough for the largest document on a slow disk. */
const TRANSACTION = { maxWait: 30_000, timeout: 600_000 } as const;

/** Whatever was deleted before this can't be brought back. */
export function lastRestorable(): Date {
  return new Date(Date.now() - DAYS_KEPT * 24 * 3_600_000);
}

/** When something that was deleted then goes for good. */
export function purgeTime(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + DAYS_KEPT * 24 * 3_600_000);
}

/**
 * Removes for good what was deleted more than 30 days ago. A project goes document by document, each in a transaction
 * of its own: none holds locks for long, and one that is interrupted goes on at the next run.
 */
export async function purgeDeleted({ prisma }: Database): Promise<void> {
  const outdated = { deletedAt: { lt: lastRestorable() } };
  const remove = (run: (tx: Transaction) => Promise<unknown>) =>
    prisma.$transaction(async (tx) => {
      // These rows are reached from two sides; see the end of the first migration.
      await tx.$executeRaw`set constraints all deferred`;
      await run(tx);
    }, TRANSACTION);

  for (const { id } of await prisma.document.findMany({ where: outdated, select: { id: true } }))
    await remove((tx) => tx.document.deleteMany({ where: { id, ...outdated } }));

  for (const { id, documents } of await prisma.project.findMany({
    where: outdated,
    select: { id: true, documents: { select: { id: true } } },
  })) {
    for (const document of documents) {
      await remove(async (tx) => {
        // Under the lock: who brings the project back at the last moment finds it whole.
        await tx.$queryRaw`select 1 from project where id = ${id}::uuid for update`;
        await tx.document.deleteMany({ where: { id: document.id, project: { id, ...outdated } } });
      });
    }
    await remove((tx) => tx.project.deleteMany({ where: { id, ...outdated } }));
  }
}
