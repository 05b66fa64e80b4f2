// Text for screen readers only.
import type { ReactNode } from "react";
import classes from "./VisuallyHidden.module.css";

export interface VisuallyHiddenProps {
  readonly children: ReactNode;
  /** Announced when it changes. */
  readonly live?: boolean;
}

export function VisuallyHidden({ children, live = false }: VisuallyHiddenProps) {
  return (
    <span className={classes.hidden} {...(live && { role: "status" })}>
      {children}
    </span>
  );
}
