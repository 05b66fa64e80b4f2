/** Housekeeping: what every server does at start and once an hour. */
import type { FastifyBaseLogger } from "fastify";

const HOUR = 60 * 60 * 1_000;

/**
 * Runs a task now and every hour; answers what stops it.
 * @param failure what the log says when it fails; it is tried again an hour later
 */
export function everyHour(
  task: () => Promise<unknown>,
  log: FastifyBaseLogger,
  failure: string,
): () => Promise<void> {
  const run = async () => {
    try {
      await task();
    } catch (error) {
      log.error({ err: error }, `${failure}; tried again in an hour`);
    }
  };
  let running = run();
  const timer = setInterval(() => {
    // One after the other: a slow database must not pile them up.
    running = running.then(run);
  }, HOUR);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
