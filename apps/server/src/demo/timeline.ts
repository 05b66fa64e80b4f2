/**
 * When everything in a report was made: the one annotator reads it on the day it comes, the other the day after; they
 * discuss on the third. All in the past of the first start, and the same for every start.
 */
import type { Annotator, Report } from "./report.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Between two marks of one reading. */
const PACE = 1.5 * MINUTE;

export interface Timeline {
  arrived: Date;
  /** When the next thing that somebody makes in their reading is made; call it in the order of the making. */
  nextOf(annotator: Annotator): Date;
  /** When the next change to an existing mark is made. */
  nextChange(): Date;
  /** When the next turn of a discussion comes. */
  nextComment(): Date;
}

/**
 * The times of one report.
 * @param now when the demo is made; everything is before it
 */
export function createTimeline({ daysAgo, by }: Pick<Report, "daysAgo" | "by">, now: Date): Timeline {
  const arrived = now.getTime() - daysAgo * DAY;
  const counter = (start: number, step: number) => {
    let at = start - step;
    return () => {
      at += step;
      return new Date(at);
    };
  };
  const first = counter(arrived + 2 * HOUR, PACE);
  const second = counter(arrived + DAY, PACE);
  return {
    arrived: new Date(arrived),
    nextOf: (annotator) => (annotator === by ? first() : second()),
    nextChange: counter(arrived + DAY + 6 * HOUR, 7 * MINUTE),
    nextComment: counter(arrived + 2 * DAY, 11 * MINUTE),
  };
}
