/** What a row of a project's log carries, written by the feature that made the change. */
import type { LabelRow, RelationTypeRow } from "../codebook/codebook.queries.ts";
import type { Role, WorkStatus } from "../generated/prisma/enums.ts";
import type { Stored } from "./change.ts";

/**
 * What of a project or a document has changed. They are shown as they are now: a project's guidelines may be long, and a
 * document's layer has a revision of its own. TEXT says that a document is the corrected text of another.
 */
export type ChangedPart =
  | "NAME"
  | "DESCRIPTION"
  | "GUIDELINES"
  | "TITLE"
  | "LANGUAGE"
  | "METADATA"
  | "TEXT"
  | "ARCHIVED"
  | "RESTORED";

/** A change before it has a number. */
export type ProjectChange =
  | { kind: "PROJECT_SAVED"; parts: ChangedPart[] }
  | { kind: "PROJECT_DELETED" }
  | { kind: "LABEL_SAVED"; label: Stored<LabelRow> }
  /** With its name, since its row is gone. */
  | { kind: "LABEL_DELETED"; labelId: string; name: string }
  | { kind: "LABEL_MERGED"; label: Stored<LabelRow>; heirId: string; annotationCount: number }
  | { kind: "LABELS_REORDERED"; labelIds: string[] }
  | { kind: "RELATION_TYPE_SAVED"; relationType: Stored<RelationTypeRow> }
  | { kind: "RELATION_TYPE_DELETED"; relationTypeId: string; name: string }
  /** `role` is null for somebody who is no member any more. */
  | { kind: "MEMBER_CHANGED"; personId: string; role: Role | null }
  | { kind: "DOCUMENT_SAVED"; documentId: string; title: string; parts: ChangedPart[] }
  | { kind: "DOCUMENT_DELETED"; documentId: string; title: string }
  | ({ kind: "DOCUMENTS_IMPORTED" } & ManyDocuments)
  | ({ kind: "DOCUMENTS_REMOVED" } & ManyDocuments)
  | { kind: "DOCUMENT_STATUS_CHANGED"; documentId: string; status: WorkStatus };

/** Documents that came or went at once. */
export interface ManyDocuments {
  documentCount: number;
  /** At most `MAX_NAMED` of them. */
  documentIds: string[];
  /** Labels or relation types came or went with them. */
  codebookChanged: boolean;
}

/** Documents that one change names; who wants to know of more reads the list. */
export const MAX_NAMED = 100;

/** A change as the log numbers it. */
export type LoggedProjectChange = ProjectChange & {
  projectId: string;
  revision: number;
  at: Date;
  authorId: string;
  clientMutationId: string | null;
};

/** Changes with consecutive revisions. */
export interface ProjectChangeBatch {
  projectId: string;
  fromRevision: number;
  toRevision: number;
  changes: LoggedProjectChange[];
}
