// A state of work as a sign: an empty ring, a half-filled one, a disc with a tick. Told apart by shape, not by colour.
import type { WorkStatus } from "../../gql/graphql.ts";
import classes from "./work-status.module.css";

export interface StatusMarkProps {
  readonly status: WorkStatus;
  readonly size?: number;
}

export function StatusMark({ status, size = 12 }: StatusMarkProps) {
  return (
    <svg
      className={classes.mark}
      data-status={status}
      viewBox="0 0 12 12"
      width={size}
      height={size}
      aria-hidden
    >
      <circle cx="6" cy="6" r="5" />
      {status === "IN_PROGRESS" && <path className={classes.half} d="M6 1a5 5 0 0 0 0 10z" />}
      {status === "DONE" && <path className={classes.tick} d="m3.6 6.2 1.7 1.7 3.1-3.6" />}
    </svg>
  );
}
