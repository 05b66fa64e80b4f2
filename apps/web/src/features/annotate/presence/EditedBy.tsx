// Says who else is changing the annotation that is open, before one saves over them. Announced, since it is rare.
import { useSyncExternalStore } from "react";
import { Face } from "../../../ui/Face.tsx";
import { t } from "../../../words/words.ts";
import css from "./presence.module.css";
import type { Presence } from "./presence.ts";

export function EditedBy({
  presence,
  annotationId,
}: {
  readonly presence: Presence;
  readonly annotationId: string;
}) {
  const { people } = useSyncExternalStore(presence.subscribe, presence.getSnapshot);
  const editors = people.filter(({ editingId }) => editingId === annotationId);
  return (
    <div role="status">
      {editors.length > 0 && (
        <p className={css.editedBy}>
          {editors.slice(0, 3).map((person) => (
            <Face key={person.id} person={person} size="small" decorative />
          ))}
          <span>
            {t("presence:editing", { count: editors.length, names: editors.map(({ name }) => name) })}
          </span>
        </p>
      )}
    </div>
  );
}
