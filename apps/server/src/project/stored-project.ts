/** A project's header as remembered outcomes keep it: a retry gets the project as it was then. */
import type { Stored } from "../live/change.ts";
import type { ProjectRow } from "./project.queries.ts";

/** To JSON: times become text. */
export function storeProject(row: ProjectRow): Stored<ProjectRow> {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    archivedAt: row.archivedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}

/** And back. */
export function reviveProject(stored: Stored<ProjectRow>): ProjectRow {
  return {
    ...stored,
    createdAt: new Date(stored.createdAt),
    archivedAt: stored.archivedAt === null ? null : new Date(stored.archivedAt),
    deletedAt: stored.deletedAt === null ? null : new Date(stored.deletedAt),
  };
}
