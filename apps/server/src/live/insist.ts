/** Patience with a database that restarts: watchers would all come back at once if each lost read ended them. */
import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, originOf } from "../errors.ts";

/** Waits between the tries, ms. */
const PAUSES = [50, 200, 500, 1_000];

/** Tries again what fails unexpectedly, for some two seconds; then, and for expected refusals at once, throws. */
export async function insist<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const pause of PAUSES) {
    try {
      return await work();
    } catch (error) {
      if (originOf(error) instanceof ApiError) throw error;
      await sleep(pause);
    }
  }
  return work();
}
