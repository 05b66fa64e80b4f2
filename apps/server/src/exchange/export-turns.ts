/** Who may export now: a few at a time, fewer for one person, and the others wait a while. */
import { setTimeout as delay } from "node:timers/promises";
import { ApiError } from "../errors.ts";

/** How many exports run at a time; each has a connection. */
export const MAX_EXPORTS = 4;
/** Of one person's. */
const MAX_OF_ONE = 2;
/** How many wait, and for how long at most; ms. */
const MAX_WAITING = 50;
const PATIENCE = 20_000;
/** What who has waited in vain is told to wait again, s. */
const RETRY_AFTER = 10;

/** Turns at exporting. */
export interface ExportTurns {
  /**
   * Waits for a turn; answers what ends it.
   * @throws RATE_LIMITED when none comes
   */
  take(personId: string): Promise<() => void>;
}

export function createExportTurns(patience = PATIENCE): ExportTurns {
  const running = new Map<string, number>();
  const waiting: { personId: string; begin: () => void }[] = [];
  let count = 0;

  const of = (personId: string) => running.get(personId) ?? 0;
  const isFree = (personId: string) => count < MAX_EXPORTS && of(personId) < MAX_OF_ONE;

  function begin(personId: string): () => void {
    count++;
    running.set(personId, of(personId) + 1);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      count--;
      if (of(personId) === 1) running.delete(personId);
      else running.set(personId, of(personId) - 1);
      const index = waiting.findIndex((next) => isFree(next.personId));
      if (index !== -1) waiting.splice(index, 1)[0]?.begin();
    };
  }

  return {
    async take(personId) {
      if (isFree(personId)) return begin(personId);
      const busy = () =>
        new ApiError("RATE_LIMITED", "Other exports are still running. Try again in a while.", {
          retryAfter: RETRY_AFTER,
        });
      if (waiting.length >= MAX_WAITING) throw busy();
      const { promise, resolve } = Promise.withResolvers<() => void>();
      const entry = { personId, begin: () => resolve(begin(personId)) };
      waiting.push(entry);
      const enough = new AbortController();
      const turn = await Promise.race([
        promise,
        delay(patience, null, { signal: enough.signal }).catch(() => null),
      ]);
      enough.abort();
      if (turn !== null) return turn;
      const index = waiting.indexOf(entry);
      // It came in the same moment.
      if (index === -1) return promise;
      waiting.splice(index, 1);
      throw busy();
    },
  };
}
