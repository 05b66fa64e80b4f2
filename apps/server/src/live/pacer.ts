/** Spaces out what would come in bursts: no delay after a pause, and at most once in a window when busy. */
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits until the window that the last pass has opened is over. For one caller at a time.
 * @param window ms, as of the moment of waiting
 */
export function createPacer(window: () => number): () => Promise<void> {
  let last = Number.NEGATIVE_INFINITY;
  return async () => {
    const rest = last + window() - performance.now();
    if (rest > 0) await sleep(rest);
    last = performance.now();
  };
}
