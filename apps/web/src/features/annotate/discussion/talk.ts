// What of the discussions the list of annotations goes by: where something is open, and where one is named oneself. Pure.
import { type Discussions, isOpen } from "../model/discussions.ts";
import type { Person } from "../model/entities.ts";
import { mentions } from "./comment-text.ts";

/** Ids of annotations. */
export interface Talk {
  readonly open: ReadonlySet<string>;
  readonly mentioning: ReadonlySet<string>;
}

export function talkOf(discussions: Discussions, people: readonly Person[], viewer: Person): Talk {
  const open = new Set<string>();
  const mentioning = new Set<string>();
  // until the members are known, oneself is
  const known = people.some(({ id }) => id === viewer.id) ? people : [...people, viewer];
  for (const [annotationId, comments] of discussions.all()) {
    if (isOpen(comments)) open.add(annotationId);
    if (comments.some(({ body }) => mentions(body, viewer.id, known))) mentioning.add(annotationId);
  }
  return { open, mentioning };
}
