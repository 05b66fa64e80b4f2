// A field with its name at its side, and below it what went wrong or what somebody else has written meanwhile.
import type { ReactNode } from "react";
import { InlineError } from "../../../ui/ErrorState.tsx";
import classes from "./FieldRow.module.css";
import { Theirs, type TheirsProps } from "./Theirs.tsx";

export interface FieldRowProps<T> extends TheirsProps<T> {
  readonly label: string;
  /** Names the control to the label; absent where the control is a group with a name of its own. */
  readonly controlId?: string;
  readonly children: ReactNode;
}

export function FieldRow<T>({ label, controlId, children, ...theirs }: FieldRowProps<T>) {
  const { problem, theirs: disputed } = theirs.field;
  return (
    <div className={classes.field}>
      {controlId === undefined ? (
        <span aria-hidden>{label}</span>
      ) : (
        <label htmlFor={controlId}>{label}</label>
      )}
      <div className={classes.control}>
        {children}
        <Theirs {...theirs} />
        {problem && !disputed && <InlineError message={problem.message} requestId={problem.requestId} />}
      </div>
    </div>
  );
}
