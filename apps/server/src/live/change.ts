/** What a row of a layer's log carries: the change as of its revision, written by the feature that made it. */
import type { AnnotationRow } from "../annotation/annotation.queries.ts";
import type { CommentRow } from "../comment/comment.queries.ts";
import type { RelationRow } from "../relation/relation.queries.ts";

/** A row as JSON keeps it: times are text. */
export type Stored<Row> = {
  [Key in keyof Row]: Row[Key] extends Date
    ? string
    : Row[Key] extends Date | null
      ? string | null
      : Row[Key];
};

/** A change before it has a number. */
export type Change =
  | { kind: "ANNOTATION_SAVED"; annotation: Stored<AnnotationRow> }
  | { kind: "ANNOTATION_DELETED"; annotationId: string; relationIds: string[] }
  | { kind: "RELATION_SAVED"; relation: Stored<RelationRow> }
  | { kind: "RELATION_DELETED"; relationId: string }
  | { kind: "COMMENT_SAVED"; comment: Stored<CommentRow> }
  | { kind: "COMMENT_DELETED"; commentId: string };

/** A change as the log numbers it. */
export type LoggedChange = Change & {
  revision: number;
  at: Date;
  authorId: string;
  clientMutationId: string | null;
};

/** Changes with consecutive revisions. */
export interface ChangeBatch<Logged = LoggedChange> {
  documentId: string;
  fromRevision: number;
  toRevision: number;
  changes: Logged[];
}
