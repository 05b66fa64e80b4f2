// A thin line that fills, or moves while the end is not known.
import classes from "./ProgressBar.module.css";

export interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; null when not known. */
  readonly share: number | null;
}

export function ProgressBar({ label, share }: ProgressBarProps) {
  return (
    <div
      className={classes.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(share !== null && { "aria-valuenow": Math.round(share * 100) })}
    >
      <div
        className={classes.fill}
        data-unknown={share === null || undefined}
        style={{ width: share === null ? undefined : `${share * 100}%` }}
      />
    </div>
  );
}
