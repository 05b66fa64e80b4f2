// The members that can be named at the caret. The field keeps the focus and says which one is meant.
import { Face } from "../../../ui/Face.tsx";
import { t } from "../../../words/words.ts";
import type { Person } from "../model/entities.ts";
import css from "./discussion.module.css";

export interface MentionListProps {
  readonly id: string;
  readonly people: readonly Person[];
  readonly active: number;
  readonly onChoose: (person: Person) => void;
}

export const optionId = (listId: string, index: number) => `${listId}-${index}`;

export function MentionList({ id, people, active, onChoose }: MentionListProps) {
  return (
    <div id={id} role="listbox" tabIndex={-1} className={css.members} aria-label={t("discussion:members")}>
      {people.map((person, index) => (
        // The field has the focus and takes the keys.
        <div
          key={person.id}
          id={optionId(id, index)}
          role="option"
          tabIndex={-1}
          className={css.member}
          aria-selected={index === active}
          // the press must not take the focus from the field
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(person)}
          onKeyDown={(event) => {
            if (event.key === "Enter") onChoose(person);
          }}
        >
          <Face person={person} size="small" decorative />
          {person.name}
        </div>
      ))}
    </div>
  );
}
