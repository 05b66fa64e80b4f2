// The workbench before its text is there: the same frame and measures, so that nothing jumps when it comes.
import { Skeleton } from "@mantine/core";
import { TopBar } from "../../frame/TopBar.tsx";
import { t } from "../../words/words.ts";
import css from "./workbench.module.css";

/** Widths in percent, numbered; 0 is the space between paragraphs. */
const LINES = [...[100, 97, 62, 0, 99, 96, 98, 40, 0, 97, 100, 95, 99, 71].entries()];

export function WorkbenchSkeleton() {
  return (
    <div className={css.page}>
      <TopBar />
      <div className={css.workbench}>
        <div className={css.documents} />
        <main id="main" className={css.middle} aria-busy="true" aria-label={t("workbench:loading")}>
          <div className={css.bar} />
          <div className={css.skeleton}>
            <Skeleton height={12} width={220} mt={3} mb={14} />
            <Skeleton height={24} width="88%" mb={30} />
            {LINES.map(([line, width]) => (
              <Skeleton
                key={line}
                height={width === 0 ? 0 : 13}
                width={`${width}%`}
                mb={width === 0 ? 14 : 21}
                visible={width !== 0}
              />
            ))}
          </div>
        </main>
        <div className={css.inspector} />
      </div>
    </div>
  );
}
