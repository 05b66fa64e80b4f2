// Somebody who writes so many times a second, whatever the server makes of it.
import { setTimeout as sleep } from "node:timers/promises";

/** What changes are sent with, so that watchers can tell how long they waited. */
function sentNow(): string {
  return String(process.hrtime.bigint()).padStart(19, "0");
}

/**
 * Changes at a steady rate, each begun on time whether or not the last is done; how long each took, ms.
 * @param change makes one that carries the time it was sent at
 */
export async function writeSteadily(
  change: (at: string) => Promise<unknown>,
  rate: number,
  seconds: number,
): Promise<number[]> {
  const all: Promise<number | null>[] = [];
  const begun = performance.now();
  for (let index = 0; index < rate * seconds; index++) {
    const wait = begun + (index * 1_000) / rate - performance.now();
    if (wait > 0) await sleep(wait);
    const sent = performance.now();
    all.push(
      change(sentNow()).then(
        () => performance.now() - sent,
        () => null,
      ),
    );
  }
  const answers = (await Promise.all(all)).filter((answer) => answer !== null);
  if (answers.length < all.length)
    process.stdout.write(`${all.length - answers.length} of ${all.length} writes failed\n`);
  return answers;
}
