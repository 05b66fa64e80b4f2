// The annotations as the person sees them: what the server told with one's own unanswered changes on top, in text order.
import type { HighlightState } from "../../../text/highlight.ts";
import { type Annotation, compareInText, type Person } from "./entities.ts";
import { foldAnnotation, type Operation } from "./operation.ts";
import type { ServerState } from "./server-state.ts";

export interface Entry extends Annotation {
  readonly state: HighlightState;
  /** One's own change that waits or was refused; a refused one comes first. */
  readonly operation: Operation | null;
}

export interface Entries {
  readonly inText: readonly Entry[];
  get(id: string): Entry | undefined;
  /** Brings these up to date with the server's state and the operations. */
  refresh(ids: Iterable<string>, operations: readonly Operation[]): void;
}

/** Where an annotation stands or would stand in a sorted list. */
export function placeOf(list: readonly Annotation[], annotation: Annotation): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = list[middle];
    if (other !== undefined && compareInText(other, annotation) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function entryOf(
  id: string,
  server: ServerState,
  operations: readonly Operation[],
  viewer: Person,
): Entry | undefined {
  let annotation = server.annotation(id);
  let shown: Operation | null = null;
  for (const operation of operations) {
    if (operation.command.id !== id) continue;
    annotation = foldAnnotation(annotation, operation, viewer);
    if (shown?.state !== "refused") shown = operation;
  }
  if (annotation === undefined) return undefined;
  const state = shown === null ? "saved" : shown.state === "refused" ? "refused" : "pending";
  return { ...annotation, state, operation: shown };
}

export function createEntries(
  server: ServerState,
  operations: readonly Operation[],
  viewer: Person,
): Entries {
  const byId = new Map<string, Entry>();
  for (const annotation of server.annotations())
    byId.set(annotation.id, { ...annotation, state: "saved", operation: null });
  for (const { command } of operations) {
    const entry = entryOf(command.id, server, operations, viewer);
    if (entry !== undefined) byId.set(command.id, entry);
    else byId.delete(command.id);
  }
  let inText = [...byId.values()].sort(compareInText);

  return {
    get inText() {
      return inText;
    },
    get: (id) => byId.get(id),
    refresh(ids, current) {
      const next = [...inText];
      let isChanged = false;
      for (const id of new Set(ids)) {
        const old = byId.get(id);
        const entry = entryOf(id, server, current, viewer);
        if (old === undefined && entry === undefined) continue;
        isChanged = true;
        if (old !== undefined) next.splice(placeOf(next, old), 1);
        if (entry === undefined) byId.delete(id);
        else {
          byId.set(id, entry);
          next.splice(placeOf(next, entry), 0, entry);
        }
      }
      if (isChanged) inText = next;
    },
  };
}
