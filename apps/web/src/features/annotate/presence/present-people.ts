// From tabs, as the server tells them, to people, as they are shown: each once, the viewer not at all. Pure.
import { type Fragment, sameFragments } from "@concord/core";
import type { Other } from "../../../text/others.ts";
import { initialsOf, personColorVar } from "../../../theme/person-color.ts";
import { t } from "../../../words/words.ts";

export interface PresentTab {
  readonly user: { readonly id: string; readonly name: string };
  readonly reading: Fragment | null;
  readonly selection: readonly Fragment[];
  readonly annotationId: string | null;
  readonly editing: boolean;
}

export interface PresentPerson {
  readonly id: string;
  readonly name: string;
  readonly reading: Fragment | null;
  readonly selection: readonly Fragment[];
  /** When the selection became this one, as far as was seen here; ms. */
  readonly selectedAt: number;
  /** The annotation they are changing. */
  readonly editingId: string | null;
}

export interface PresentPeople {
  /** By name, so that nobody changes places. */
  readonly people: readonly PresentPerson[];
  /** More who are here, of whom nothing else is told. */
  readonly unlisted: number;
}

export const NOBODY: PresentPeople = { people: [], unlisted: 0 };

const byName = new Intl.Collator();

/**
 * @param tabs those that changed last come first
 * @param before what was shown until now
 * @param now ms
 */
export function peopleOf(
  { tabs, personCount }: { readonly tabs: readonly PresentTab[]; readonly personCount: number },
  viewerId: string,
  before: PresentPeople,
  now: number,
): PresentPeople {
  const byPerson = Map.groupBy(tabs, ({ user }) => user.id);
  const people = [...byPerson].flatMap(([id, own]): PresentPerson[] => {
    const [latest] = own;
    if (latest === undefined || id === viewerId) return [];
    const selection = own.find((tab) => tab.selection.length > 0)?.selection ?? [];
    const known = before.people.find((person) => person.id === id);
    const isSame = known !== undefined && sameFragments(known.selection, selection);
    return [
      {
        id,
        name: latest.user.name,
        reading: own.find(({ reading }) => reading !== null)?.reading ?? null,
        selection,
        selectedAt: isSame ? known.selectedAt : now,
        editingId: own.find(({ editing }) => editing)?.annotationId ?? null,
      },
    ];
  });
  people.sort((a, b) => byName.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
  return { people, unlisted: Math.max(0, personCount - byPerson.size) };
}

const editingWords = (label: string | undefined): string =>
  label === undefined ? t("presence:activity.editing") : t("presence:activity.editingLabel", { label });

/** What somebody does, in a word or two. */
export function activityOf(
  { editingId, selection }: PresentPerson,
  labelNameOf: (annotationId: string) => string | undefined,
): string {
  if (editingId !== null) return editingWords(labelNameOf(editingId));
  return t(selection.length > 0 ? "presence:activity.selecting" : "presence:activity.reading");
}

/** Somebody as the reading pane shows them. */
export function toOther({ id, name, reading, selection, selectedAt }: PresentPerson): Other {
  const [color, initials] = [personColorVar(id), initialsOf(name)];
  return { id, name, color, initials, reading, selection, selectedAt };
}
