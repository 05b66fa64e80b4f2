// Whether the session ended under an open page. The frame then asks to sign in again on top of the page, which stays as
// it is; unsent work and scroll position survive.
import { useSyncExternalStore } from "react";

let lost = false;
const listeners = new Set<() => void>();

function set(next: boolean): void {
  if (lost === next) return;
  lost = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const markSessionLost = (): void => set(true);
export const markSessionFound = (): void => set(false);
export const useSessionLost = (): boolean => useSyncExternalStore(subscribe, () => lost);
