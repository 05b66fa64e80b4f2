// Who else is here, in the bar on top: faces that lead to where each reads. Not announced: they change all the time.
import { Menu, Tooltip, UnstyledButton } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { Face } from "../../../ui/Face.tsx";
import { t } from "../../../words/words.ts";
import type { Label } from "../model/entities.ts";
import type { Workbench } from "../model/workbench.ts";
import css from "./presence.module.css";
import type { Presence } from "./presence.ts";
import { activityOf, type PresentPerson } from "./present-people.ts";

export interface PresentFacesProps {
  readonly presence: Presence;
  readonly workbench: Workbench;
  readonly labels: ReadonlyMap<string, Label>;
  /** Faces side by side; a number leads to the others. */
  readonly most: number;
  readonly onGoTo: (person: PresentPerson) => void;
}

export function PresentFaces({ presence, workbench, labels, most, onGoTo }: PresentFacesProps) {
  const { people, unlisted } = useSyncExternalStore(presence.subscribe, presence.getSnapshot);
  if (people.length === 0) return null;
  const labelNameOf = (annotationId: string) => labels.get(workbench.get(annotationId)?.labelId ?? "")?.name;
  const shown = people.length + unlisted > most ? people.slice(0, most - 1) : people;
  const rest = people.slice(shown.length);
  return (
    <ul className={css.faces} aria-label={t("presence:title")}>
      {shown.map((person) => {
        const activity = activityOf(person, labelNameOf);
        return (
          <li key={person.id}>
            <Tooltip label={t("presence:person", { name: person.name, activity })}>
              <UnstyledButton
                className={css.face ?? ""}
                aria-label={t("presence:goThere", { name: person.name, activity })}
                onClick={() => onGoTo(person)}
              >
                <Face person={person} decorative />
              </UnstyledButton>
            </Tooltip>
          </li>
        );
      })}
      {rest.length + unlisted > 0 && (
        <li>
          <Menu position="bottom-end">
            <Menu.Target>
              <UnstyledButton
                className={css.more ?? ""}
                aria-label={t("presence:more", { count: rest.length + unlisted })}
              >
                {t("ui:faces.more", { count: rest.length + unlisted })}
              </UnstyledButton>
            </Menu.Target>
            <Menu.Dropdown className={css.dropdown ?? ""}>
              {rest.map((person) => (
                <Menu.Item
                  key={person.id}
                  leftSection={<Face person={person} size="small" decorative />}
                  onClick={() => onGoTo(person)}
                >
                  {person.name} <span className={css.activity}>{activityOf(person, labelNameOf)}</span>
                </Menu.Item>
              ))}
              {unlisted > 0 && <Menu.Label>{t("presence:unlisted", { count: unlisted })}</Menu.Label>}
            </Menu.Dropdown>
          </Menu>
        </li>
      )}
    </ul>
  );
}
