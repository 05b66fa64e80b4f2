/** Labels and relation types as the log and remembered outcomes keep them. */
import type { Stored } from "../live/change.ts";
import type { LabelRow, RelationTypeRow } from "./codebook.queries.ts";

/** To JSON: times become text. */
export function storeLabel(row: LabelRow): Stored<LabelRow> {
  return {
    ...row,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    updatedAt: row.updatedAt?.toISOString() ?? null,
  };
}

/** And back. */
export function reviveLabel(stored: Stored<LabelRow>): LabelRow {
  return {
    ...stored,
    archivedAt: stored.archivedAt === null ? null : new Date(stored.archivedAt),
    updatedAt: stored.updatedAt === null ? null : new Date(stored.updatedAt),
  };
}

/** To JSON: times become text. */
export function storeRelationType(row: RelationTypeRow): Stored<RelationTypeRow> {
  return {
    ...row,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    updatedAt: row.updatedAt?.toISOString() ?? null,
  };
}

/** And back. */
export function reviveRelationType(stored: Stored<RelationTypeRow>): RelationTypeRow {
  return {
    ...stored,
    archivedAt: stored.archivedAt === null ? null : new Date(stored.archivedAt),
    updatedAt: stored.updatedAt === null ? null : new Date(stored.updatedAt),
  };
}
