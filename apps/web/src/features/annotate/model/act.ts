// Steps that belong to one act: many annotations marked or changed at a stroke are taken back, and done again, together.
// They stay steps of their own, so that one that came to nothing or can't be taken back never holds up the others. Pure.
import { t } from "../../../words/words.ts";

export interface PartOfAct {
  /** The same for all steps of an act that has several. */
  readonly act?: string;
}

/** The steps of the last act, the latest first. */
export function lastAct<Step extends PartOfAct>(steps: readonly Step[]): Step[] {
  const last = steps.at(-1);
  if (last === undefined) return [];
  if (last.act === undefined) return [last];
  const before = steps.findLastIndex(({ act }) => act !== last.act);
  return steps.slice(before + 1).reverse();
}

/** The steps of the last so many acts. */
export function latestActs<Step extends PartOfAct>(steps: readonly Step[], most: number): Step[] {
  let acts = 0;
  const from = steps.findLastIndex((step, index) => {
    const next = steps[index + 1];
    if (next === undefined || step.act === undefined || step.act !== next.act) acts++;
    return acts > most;
  });
  return steps.slice(from + 1);
}

/** Why some of an act's steps could not be done; null when all could. */
export function obstaclesInWords(obstacles: readonly string[], steps: number): string | null {
  const [first] = obstacles;
  if (first === undefined) return null;
  if (steps === 1) return first;
  return t("undo:someStay", { count: obstacles.length, all: steps, why: first });
}
