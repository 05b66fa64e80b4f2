// A person as initials in a ring of their own colour; the ring is dashed when they are away.
import { Tooltip } from "@mantine/core";
import { initialsOf, personColorVar } from "../theme/person-color.ts";
import { t } from "../words/words.ts";
import classes from "./Face.module.css";

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface FaceProps {
  readonly person: Person;
  readonly size?: "small" | "normal";
  readonly away?: boolean;
  /** The name is said elsewhere beside it. */
  readonly decorative?: boolean;
}

export function Face({ person, size = "normal", away = false, decorative = false }: FaceProps) {
  const face = (
    <span
      className={classes.face}
      data-size={size}
      data-away={away || undefined}
      // Drawn by the style sheet: a picture of the person and no text, so it is no part of a button's label.
      data-initials={initialsOf(person.name)}
      style={{ "--who": personColorVar(person.id) }}
      {...(decorative ? { "aria-hidden": true } : { role: "img", "aria-label": person.name })}
    />
  );
  return decorative ? face : <Tooltip label={person.name}>{face}</Tooltip>;
}

export interface FacesProps {
  readonly people: readonly Person[];
  readonly size?: "small" | "normal";
  /** What the group is, for screen readers: "Here now". */
  readonly label: string;
  readonly most?: number;
}

/** People side by side; beyond `most` a number stands for the rest. */
export function Faces({ people, size = "normal", label, most = 5 }: FacesProps) {
  if (people.length === 0) return null;
  const shown = people.slice(0, people.length > most ? most - 1 : most);
  const rest = people.slice(shown.length);
  const names = t("ui:faces.names", { names: rest.map(({ name }) => name) });
  return (
    <ul className={classes.faces} aria-label={label}>
      {shown.map((person) => (
        <li key={person.id}>
          <Face person={person} size={size} />
        </li>
      ))}
      {rest.length > 0 && (
        <li>
          <Tooltip label={names}>
            <span className={classes.more} role="img" aria-label={names}>
              {t("ui:faces.more", { count: rest.length })}
            </span>
          </Tooltip>
        </li>
      )}
    </ul>
  );
}
