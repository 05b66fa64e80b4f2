// The one short notice at the page's edge: what was just done, and the way to take it back. It outlives the page that
// showed it.
import { useSyncExternalStore } from "react";

export interface Notice {
  readonly words: string;
  /** Takes back what was done; answers what to say then. */
  readonly undo?: () => Promise<string>;
  /** Where to do something about it. */
  readonly link?: { readonly label: string; readonly to: string };
  readonly isProblem?: boolean;
}

let present: Notice | null = null;
const listeners = new Set<() => void>();

/** Replaces the last one; `null` takes it away. */
export function showNotice(notice: Notice | null): void {
  present = notice;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useNotice(): Notice | null {
  return useSyncExternalStore(subscribe, () => present);
}
