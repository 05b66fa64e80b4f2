// The two halves of the pages before the first project: what is asked on the left, a marked passage on the right.
import type { ReactNode } from "react";
import { Link } from "react-router";
import { t } from "../../words/words.ts";
import { Specimen } from "./Specimen.tsx";
import classes from "./StartLayout.module.css";

export interface StartLayoutProps {
  readonly title: string;
  readonly lead: ReactNode;
  readonly children?: ReactNode;
  /** What to do first, below the passage. */
  readonly withSteps?: boolean;
}

export function StartLayout({ title, lead, children, withSteps = false }: StartLayoutProps) {
  return (
    <div className={classes.page}>
      <main className={classes.form} id="main">
        <Link to="/" className={classes.mark}>
          {t("product")}
        </Link>
        <div className={classes.body}>
          <h1>{title}</h1>
          <div className={classes.lead}>{lead}</div>
          {children}
        </div>
        <p className={classes.foot}>{t("start:layout.foot")}</p>
      </main>
      <aside className={classes.aside} aria-label={t("start:layout.passage")}>
        <Specimen />
        {withSteps && (
          <ol className={classes.steps}>
            <li>
              <b>{t("start:layout.steps.select")}</b>
              {t("start:layout.steps.selectHow")}
            </li>
            <li>
              <b>{t("start:layout.steps.overlap")}</b>
              {t("start:layout.steps.overlapHow")}
            </li>
            <li>
              <b>{t("start:layout.steps.invite")}</b>
              {t("start:layout.steps.inviteHow")}
            </li>
          </ol>
        )}
      </aside>
    </div>
  );
}
