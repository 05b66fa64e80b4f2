// How long to wait before another try.

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 20_000;

/** Exponential with full jitter, so that a restarted server is not met by everybody at once. */
export function retryDelay(retries: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(retries, 10));
  return FIRST_WAIT_MS / 2 + random() * ceiling;
}
