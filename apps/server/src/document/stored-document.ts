/** A document's header as remembered outcomes keep it: a retry gets the document as it was then. */
import type { Stored } from "../live/change.ts";
import type { DocumentRow } from "./document.queries.ts";

/** To JSON: times become text. */
export function storeDocument(row: DocumentRow): Stored<DocumentRow> {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    archivedAt: row.archivedAt?.toISOString() ?? null,
  };
}

/** And back. */
export function reviveDocument(stored: Stored<DocumentRow>): DocumentRow {
  return {
    ...stored,
    createdAt: new Date(stored.createdAt),
    archivedAt: stored.archivedAt === null ? null : new Date(stored.archivedAt),
  };
}
