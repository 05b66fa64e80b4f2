// How much of a project is done, as one line: the darker a part, the more people are done with its documents.
import { formatNumber } from "../../ui/count.ts";
import { t } from "../../words/words.ts";
import classes from "./work-status.module.css";

export interface DoneBarProps {
  /** Documents by how many people are done with them, as the API says. */
  readonly doneBy: readonly number[];
}

/** Documents that somebody is done with, and all of them. */
export function doneWords(doneBy: readonly number[]): string {
  const all = doneBy.reduce((sum, documents) => sum + documents, 0);
  return t("status:doneOf", { done: formatNumber(all - (doneBy[0] ?? 0)), all: formatNumber(all) });
}

/** How dark: one's own shade for each number of people, in percent. */
export function shadeOf(people: number, most: number): number {
  return people === 0 ? 12 : 40 + Math.round((60 * people) / most);
}

export function DoneBar({ doneBy }: DoneBarProps) {
  const most = Math.max(1, doneBy.length - 1);
  return (
    <span className={classes.bar} role="img" aria-label={doneWords(doneBy)}>
      {doneBy
        .map((documents, people) => ({ documents, people }))
        .reverse()
        .filter(({ documents }) => documents > 0)
        .map(({ documents, people }) => (
          <i key={people} style={{ flexGrow: documents, "--shade": `${shadeOf(people, most)}%` }} />
        ))}
    </span>
  );
}
