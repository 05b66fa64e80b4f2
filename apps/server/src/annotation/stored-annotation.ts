/** An annotation as the log and remembered outcomes keep it. */
import type { Stored } from "../live/change.ts";
import type { AnnotationRow } from "./annotation.queries.ts";

/** To JSON: times become text. */
export function storeAnnotation(row: AnnotationRow): Stored<AnnotationRow> {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}

/** And back. */
export function reviveAnnotation(stored: Stored<AnnotationRow>): AnnotationRow {
  return {
    ...stored,
    createdAt: new Date(stored.createdAt),
    updatedAt: new Date(stored.updatedAt),
    deletedAt: stored.deletedAt === null ? null : new Date(stored.deletedAt),
  };
}
