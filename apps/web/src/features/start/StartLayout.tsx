// The two halves of the pages before the first project: what is asked on the left, a marked passage on the right.
import type { ReactNode } from "react";
import { Link } from "react-router";
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
          Concord
        </Link>
        <div className={classes.body}>
          <h1>{title}</h1>
          <div className={classes.lead}>{lead}</div>
          {children}
        </div>
        <p className={classes.foot}>Everything stays on this server.</p>
      </main>
      <aside className={classes.aside} aria-label="A marked passage">
        <Specimen />
        {withSteps && (
          <ol className={classes.steps}>
            <li>
              <b>Select a few words</b>
              then press a label’s key
            </li>
            <li>
              <b>Mark what overlaps</b>
              spans may nest and cross
            </li>
            <li>
              <b>Invite the others</b>
              you will see them work
            </li>
          </ol>
        )}
      </aside>
    </div>
  );
}
