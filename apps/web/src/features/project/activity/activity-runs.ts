// The activity as it is read: by days, and within a day what one person did of one kind in one document as one run, also
// where others worked at the same time. Pure.
import type { Act } from "./act.ts";

export interface Run {
  /** Stays the same while earlier acts are added. */
  readonly id: string;
  /** The latest first; never empty. */
  readonly acts: readonly Act[];
}

export interface Day {
  /** The local date: 2026-03-09. */
  readonly date: string;
  readonly runs: readonly Run[];
}

/** Longer than this, and one has done something else meanwhile. */
const LONGEST_PAUSE_MS = 30 * 60_000;

export function localDate(time: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

/** What has to be the same within a run. A role is given to one person at a time. */
function sameness({ deed, author, document, role, subject }: Act): string {
  return JSON.stringify([author.id, deed, document?.id, role && subject, role]);
}

interface OpenRun {
  readonly id: string;
  readonly acts: Act[];
  last: number;
}

/** @param acts the latest first */
export function groupActs(acts: readonly Act[]): Day[] {
  const days: { date: string; runs: OpenRun[]; open: Map<string, OpenRun> }[] = [];
  for (const act of acts) {
    const time = new Date(act.at);
    const date = localDate(time);
    let day = days.at(-1);
    if (day?.date !== date) {
      day = { date, runs: [], open: new Map() };
      days.push(day);
    }
    const same = sameness(act);
    const run = day.open.get(same);
    if (run && run.last - time.getTime() <= LONGEST_PAUSE_MS) {
      run.acts.push(act);
      run.last = time.getTime();
    } else {
      const begun = { id: act.cursor, acts: [act], last: time.getTime() };
      day.runs.push(begun);
      day.open.set(same, begun);
    }
  }
  return days.map(({ date, runs }) => ({ date, runs }));
}

/** Things done in a run: a change may have done several. */
export function countOfRun({ acts }: Run): number {
  return acts.reduce((sum, { count = 1 }) => sum + count, 0);
}
