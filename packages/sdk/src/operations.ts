/** What this package can ask: the texts and types that are generated from the server's schema. */
export {
  CreateAnnotation,
  CreateComment,
  CreateDocumentVersion,
  CreateLabel,
  CreateProject,
  CreateRelation,
  CreateRelationType,
  DeleteAnnotation,
  DeleteComment,
  DeleteDocument,
  DeleteRelation,
  ImportDocuments,
  ListAnnotations,
  ListDocuments,
  ListProjects,
  ListRelations,
  ReadAnnotation,
  ReadDocument,
  ReadProject,
  ReadViewer,
  RestoreAnnotation,
  SetDocumentStatus,
  UpdateAnnotation,
  UpdateComment,
  UpdateDocument,
  UpdateProject,
} from "./generated/operations.ts";

import type {
  ListAnnotationsQuery,
  ListDocumentsQuery,
  ListProjectsQuery,
  WatchDocumentSubscription,
  WatchProjectSubscription,
} from "./generated/operations.ts";

export type {
  AnnotationFilter,
  CreateAnnotationInput,
  FragmentInput,
  NewDocument,
  Role,
  UpdateAnnotationInput,
  WorkStatus,
} from "./generated/operations.ts";

/** A project as `projects()` lists it. */
export type ListedProject = ListProjectsQuery["projects"]["nodes"][number];
/** A document as `documents()` lists it, without its text. */
export type ListedDocument = NonNullable<ListDocumentsQuery["project"]>["documents"]["nodes"][number];
/** An annotation as `annotations()` lists it. */
export type ListedAnnotation = ListAnnotationsQuery["annotations"]["nodes"][number];
/** What was done to a document, told apart by `__typename`. */
export type DocumentChange = WatchDocumentSubscription["documentChanges"]["changes"][number];
/** What was done to a project's own data, told apart by `__typename`. */
export type ProjectChange = WatchProjectSubscription["projectChanges"]["changes"][number];
