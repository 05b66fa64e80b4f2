/** Forgets mutations that were applied more than 30 days ago. */
import type { FastifyBaseLogger } from "fastify";
import type { Database } from "../database/database.ts";

const HOUR = 60 * 60 * 1_000;

/** Forgets now and every hour; answers what stops it. */
export function forgetOldMutations(db: Database, log: FastifyBaseLogger): () => Promise<void> {
  const forget = async () => {
    try {
      await db.prisma.$executeRaw`delete from applied_mutation where created_at < now() - interval '30 days'`;
    } catch (error) {
      log.error({ err: error }, "could not forget old mutations; tried again in an hour");
    }
  };
  let running = forget();
  const timer = setInterval(() => {
    running = forget();
  }, HOUR);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
