// A letter in its colour: text on a light tint of it, or filled when it is the subject. Colour never stands alone.
import classes from "./LetterBadge.module.css";

export interface LetterBadgeProps {
  readonly letter: string;
  /** A CSS colour. */
  readonly color: string;
  readonly filled?: boolean;
  /** Named only where no name stands beside it. */
  readonly name?: string;
}

export function LetterBadge({ letter, color, filled = false, name }: LetterBadgeProps) {
  return (
    <span
      className={classes.badge}
      data-filled={filled || undefined}
      style={{ "--c": color }}
      {...(name === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": name, title: name })}
    >
      {letter}
    </span>
  );
}
