/** Spaces out what would come in bursts: no delay after a pause, and at most once in a window when busy. */
import { setTimeout as sleep } from "node:timers/promises";

/** Between two writes to one watcher, ms: long enough to share a write under load, short enough not to be felt. */
export const WINDOW = 24;

/** Waits until the window that the last pass has opened is over. For one caller at a time. */
export function createPacer(window = WINDOW): () => Promise<void> {
  let last = Number.NEGATIVE_INFINITY;
  return async () => {
    const rest = last + window - performance.now();
    if (rest > 0) await sleep(rest);
    last = performance.now();
  };
}
