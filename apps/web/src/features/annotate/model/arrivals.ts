// Who has just brought which annotation: kept for as long as the initials stand in the margin.
import type { Arrival } from "../../../text/highlight.ts";
import { initialsOf, personColorVar } from "../../../theme/person-color.ts";
import type { Person } from "./entities.ts";

const SHOWN_MS = 4000;

export function createArrivals(onLeave: (ids: readonly string[]) => void) {
  const arrivals = new Map<string, Arrival>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  return {
    get: (id: string): Arrival | null => arrivals.get(id) ?? null,
    add(id: string, author: Person) {
      clearTimeout(timers.get(id));
      arrivals.set(id, {
        initials: initialsOf(author.name),
        color: personColorVar(author.id),
        at: performance.now(),
      });
      timers.set(
        id,
        setTimeout(() => {
          arrivals.delete(id);
          timers.delete(id);
          onLeave([id]);
        }, SHOWN_MS),
      );
    },
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
