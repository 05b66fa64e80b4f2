// One tab at a time, by the browser's own lock, which it gives to the next when a tab is closed. Where there is none (a
// plain http address on a network) every tab goes ahead: what two send is the same, and the server applies it once.
import type { Exclusively } from "./model/sender.ts";

export function createTabLock(name: string): Exclusively {
  return async (job, { steal, signal }) => {
    if (!("locks" in navigator)) return job();
    try {
      // the two options exclude each other: nothing is waited for when the lock is taken from another
      await navigator.locks.request(name, steal ? { steal } : { signal }, job);
    } catch (error) {
      const isTaken = error instanceof DOMException && error.name === "AbortError";
      if (!isTaken) throw error;
    }
  };
}
