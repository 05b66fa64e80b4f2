// Labels for what is made once and outlives renders, such as the reading pane: it asks for them when it draws and hears
// when they have changed.
import type { Label } from "../model/entities.ts";

export interface LabelSource {
  readonly get: (id: string) => Label | undefined;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createLabelSource(first: ReadonlyMap<string, Label>) {
  let present = first;
  const listeners = new Set<() => void>();
  const source: LabelSource = {
    get: (id) => present.get(id),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    source,
    show(labels: ReadonlyMap<string, Label>): void {
      if (labels === present) return;
      present = labels;
      for (const listener of listeners) listener();
    },
  };
}
