// How far one is with the open document, from what the server last said and what stands in the text since. Pure.
import type { WorkStatus } from "../../../gql/graphql.ts";
import type { Annotation, Person } from "../model/entities.ts";
import { heldOf, type Operation } from "../model/operation.ts";

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

/** What one has said of the document and the server does not have yet; a refused one goes back to what it knows. */
export function waitingStatus(operations: readonly Operation[]): WorkStatus | null {
  const held = heldOf(operations);
  const commands = operations.filter((operation) => !held.has(operation)).map(({ command }) => command);
  return commands.findLast((command) => command.kind === "setStatus")?.status ?? null;
}
