// How far one is with the open document, from what the server last said and what stands in the text since. Pure.
import type { WorkStatus, WorkStatus_DocumentFragment } from "../../../gql/graphql.ts";
import type { Annotation, Person } from "../model/entities.ts";

/** Whether an annotation shows that somebody has begun; what came in with a file does once they changed it. */
export function isWorkOf({ origin, version, createdBy, updatedBy }: Annotation, { id }: Person): boolean {
  return origin === "IMPORT" ? version > 1 && updatedBy.id === id : createdBy.id === id;
}

/** Whoever has said nothing is in progress once something of theirs stands in the text. */
export function shownStatus(said: WorkStatus, hasOwnAnnotations: boolean): WorkStatus {
  return said === "NEW" && hasOwnAnnotations ? "IN_PROGRESS" : said;
}

/** The key's meaning: done, and with a second press as before. */
export function toggledStatus(present: WorkStatus): WorkStatus {
  return present === "DONE" ? "IN_PROGRESS" : "DONE";
}

/** What everybody's list becomes when one says something; by name, as the server has it. */
export function withMine(
  statuses: WorkStatus_DocumentFragment["statuses"],
  viewer: Person,
  status: WorkStatus,
  now: Date,
): WorkStatus_DocumentFragment["statuses"] {
  const others = statuses.filter(({ user }) => user.id !== viewer.id);
  if (status === "NEW") return others;
  const mine = {
    __typename: "DocumentStatus" as const,
    status,
    changedAt: now.toISOString(),
    user: { __typename: "User" as const, id: viewer.id, name: viewer.name },
  };
  return [...others, mine].sort((a, b) => a.user.name.localeCompare(b.user.name));
}
