// What a corpus import found wrong, place by place, errors first; to be read here or taken along.
import { Button } from "@mantine/core";
import { saveFile } from "../../../ui/save-file.ts";
import { t } from "../../../words/words.ts";
import { type JobProblem, placeOf, problemsAsText } from "./job.ts";
import classes from "./ProblemList.module.css";

/** Beyond this many the file is the better place to read them. */
const MOST_SHOWN = 100;

export interface ProblemListProps {
  readonly problems: readonly JobProblem[];
  /** What the import's own file is called. */
  readonly fileName: string;
}

export function ProblemList({ problems, fileName }: ProblemListProps) {
  const ordered = [...problems].sort(
    (a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"),
  );
  const download = () => saveFile([problemsAsText(ordered)], t("import:problems.file", { file: fileName }));
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <ul className={classes.list} aria-label={t("import:problems.title")} tabIndex={0}>
        {[...ordered.slice(0, MOST_SHOWN).entries()].map(([number, problem]) => (
          <li key={number} data-severity={problem.severity}>
            <b>{t(problem.severity === "error" ? "import:problems.error" : "import:problems.note")}</b>
            {placeOf(problem) !== "" && <span className={classes.place}>{placeOf(problem)}</span>}
            <span className={classes.message}>{problem.message}</span>
          </li>
        ))}
      </ul>
      <Button variant="subtle" size="xs" className={classes.download ?? ""} onClick={download}>
        {problems.length > MOST_SHOWN
          ? t("import:problems.downloadAll", { count: problems.length })
          : t("import:problems.download")}
      </Button>
    </>
  );
}
