/** Trying again: when it is safe, how long to wait in between, and when to give up. */
import { ConcordError } from "./errors.ts";

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

/** Exponential with jitter, ms, so that a restarted server is not met by everybody at once. */
export function retryDelay(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 10));
  return ceiling / 2 + (random() * ceiling) / 2;
}

/** Resolves after the delay, and at once when the signal is aborted: whoever waits then looks at the signal. */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done);
  });
}

/** What may be gone the next time, whoever asks. */
const PASSING = new Set<string>(["UNREACHABLE", "INTERNAL_SERVER_ERROR"]);

/**
 * Does something, again after failures that pass. What was refused for its rate was not done, so that is always tried
 * again; after a lost answer nobody knows, so only what may be done twice (`repeatable`) is.
 * @throws ConcordError the last one
 */
export async function patiently<Result>(
  act: () => Promise<Result>,
  { retries, repeatable, signal }: { retries: number; repeatable: boolean; signal?: AbortSignal | undefined },
): Promise<Result> {
  for (let failures = 0; ; failures++) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ConcordError) || failures >= retries) throw error;
      if (error.code !== "RATE_LIMITED" && !(repeatable && PASSING.has(error.code))) throw error;
      await delay(Math.max((error.retryAfter ?? 0) * 1000, retryDelay(failures)), signal);
      signal?.throwIfAborted();
    }
  }
}
