// What was asked for is not there, or not for this person; the two are not told apart.
import type { ReactNode } from "react";
import classes from "./NotFound.module.css";

export interface NotFoundProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

export function NotFound({ title, children, action }: NotFoundProps) {
  return (
    <section className={classes.notFound}>
      <h1>{title}</h1>
      <p>{children}</p>
      {action}
    </section>
  );
}
