/** Changes of a project's own data as subscribers see them. */
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, InterfaceType, ObjectType, registerEnumType } from "type-graphql";
import { LabelType, RelationTypeType } from "../codebook/codebook.type.ts";
import { DocumentType } from "../document/document.type.ts";
import { Role, WorkStatus } from "../generated/prisma/enums.ts";
import { UserType } from "../people/people.type.ts";
import { ProjectType } from "../project/project.type.ts";
import type { LoggedProjectChange, ProjectChange as StoredChange } from "./project-change.ts";

/** The GraphQL type of each kind of change. */
const TYPE_NAMES: Record<StoredChange["kind"], string> = {
  PROJECT_SAVED: "ProjectSaved",
  PROJECT_DELETED: "ProjectDeleted",
  LABEL_SAVED: "LabelSaved",
  LABEL_DELETED: "LabelDeleted",
  LABEL_MERGED: "LabelMerged",
  LABELS_REORDERED: "LabelsReordered",
  RELATION_TYPE_SAVED: "RelationTypeSaved",
  RELATION_TYPE_DELETED: "RelationTypeDeleted",
  MEMBER_CHANGED: "MemberChanged",
  DOCUMENT_SAVED: "DocumentSaved",
  DOCUMENT_DELETED: "DocumentDeleted",
  DOCUMENTS_IMPORTED: "DocumentsImported",
  DOCUMENTS_REMOVED: "DocumentsRemoved",
  DOCUMENT_STATUS_CHANGED: "DocumentStatusChanged",
};

/** What of a project or a document has changed. */
export const ChangedPart = {
  NAME: "NAME",
  DESCRIPTION: "DESCRIPTION",
  GUIDELINES: "GUIDELINES",
  TITLE: "TITLE",
  LANGUAGE: "LANGUAGE",
  METADATA: "METADATA",
  TEXT: "TEXT",
  ARCHIVED: "ARCHIVED",
  RESTORED: "RESTORED",
} as const;

registerEnumType(ChangedPart, {
  name: "ChangedPart",
  description: "What of a project or a document has changed.",
  valuesConfig: {
    NAME: { description: "A project's name." },
    DESCRIPTION: { description: "A project's description." },
    GUIDELINES: { description: "A project's guidelines." },
    TITLE: { description: "A document's title." },
    LANGUAGE: { description: "A document's language." },
    METADATA: { description: "A document's metadata." },
    TEXT: { description: "The document is new: a corrected text in place of another." },
    ARCHIVED: { description: "Whether it is archived." },
    RESTORED: { description: "It was deleted, and was brought back." },
  },
});

@InterfaceType("ProjectChange", {
  description:
    "One change to a project's own data: its words, codebook, members, documents' headers, who is done with what.",
  resolveType: (change: LoggedProjectChange) => TYPE_NAMES[change.kind],
})
export abstract class ProjectChange {
  @Field(() => Int, { description: "Its number: each change adds exactly one." })
  revision!: number;

  @Field(() => GraphQLDateTime, { description: "When it was stored." })
  at!: Date;

  @Field(() => UserType, { description: "Who made it." })
  author!: UserType;

  @Field(() => String, { nullable: true, description: "The mutation's, as its client sent it." })
  clientMutationId!: string | null;
}

@ObjectType({
  implements: ProjectChange,
  description: "The project's words changed, or it was archived, taken out of the archive or brought back.",
})
export class ProjectSaved extends ProjectChange {
  @Field(() => ProjectType, { description: "The project as it is now." })
  project!: ProjectType;

  @Field(() => [ChangedPart], { description: "What of it has changed." })
  parts!: (keyof typeof ChangedPart)[];
}

@ObjectType({
  implements: ProjectChange,
  description: "The project was deleted; only found where it was brought back.",
})
export class ProjectDeleted extends ProjectChange {}

@ObjectType({
  implements: ProjectChange,
  description: "A label was made, changed, archived or taken out of the archive.",
})
export class LabelSaved extends ProjectChange {
  @Field(() => LabelType, { description: "The label as of this revision; a new one stands last." })
  label!: LabelType;
}

@ObjectType({ implements: ProjectChange, description: "A label that nothing named is gone for good." })
export class LabelDeleted extends ProjectChange {
  @Field(() => ID, { description: "The label that was deleted." })
  labelId!: string;

  @Field(() => String, { description: "What it was called." })
  name!: string;
}

@ObjectType({
  implements: ProjectChange,
  description:
    "A label was merged into another. Each annotation that moved is a change of its own document, and relation types and labels that changed with it follow as changes of their own.",
})
export class LabelMerged extends ProjectChange {
  @Field(() => LabelType, { description: "The merged label as of this revision: archived, with its heir." })
  label!: LabelType;

  @Field(() => ID, { description: "The label that its annotations have now." })
  heirId!: string;

  @Field(() => Int, { description: "Annotations that moved." })
  annotationCount!: number;
}

@ObjectType({ implements: ProjectChange, description: "The labels stand in another order." })
export class LabelsReordered extends ProjectChange {
  @Field(() => [ID], { description: "All labels of the project in their order as of this revision." })
  labelIds!: string[];
}

@ObjectType({ implements: ProjectChange, description: "A relation type was made, changed or archived." })
export class RelationTypeSaved extends ProjectChange {
  @Field(() => RelationTypeType, { description: "The relation type as of this revision." })
  relationType!: RelationTypeType;
}

@ObjectType({
  implements: ProjectChange,
  description: "A relation type that nothing named is gone for good.",
})
export class RelationTypeDeleted extends ProjectChange {
  @Field(() => ID, { description: "The relation type that was deleted." })
  relationTypeId!: string;

  @Field(() => String, { description: "What it was called." })
  name!: string;
}

@ObjectType({
  implements: ProjectChange,
  description: "Somebody joined, has another role, has left or was removed.",
})
export class MemberChanged extends ProjectChange {
  @Field(() => UserType, { description: "Whom it is about." })
  user!: UserType;

  @Field(() => Role, { nullable: true, description: "The role since then; null for no member any more." })
  role!: Role | null;
}

@ObjectType({
  implements: ProjectChange,
  description:
    "A document's header changed, it was archived, taken out, brought back, or is the next version of another.",
})
export class DocumentSaved extends ProjectChange {
  @Field(() => ID, { description: "The document." })
  documentId!: string;

  @Field(() => DocumentType, {
    nullable: true,
    description: "The document as it is now; null when it was deleted since.",
  })
  document!: DocumentType | null;

  @Field(() => String, { description: "Its title as of this revision." })
  title!: string;

  @Field(() => [ChangedPart], { description: "What of it has changed." })
  parts!: (keyof typeof ChangedPart)[];
}

@ObjectType({ implements: ProjectChange, description: "A document was deleted." })
export class DocumentDeleted extends ProjectChange {
  @Field(() => ID, { description: "The document that was deleted." })
  documentId!: string;

  @Field(() => String, { description: "What it was called." })
  title!: string;
}

@ObjectType({ implements: ProjectChange, description: "Documents came in, all in one change." })
export class DocumentsImported extends ProjectChange {
  @Field(() => Int, { description: "How many." })
  documentCount!: number;

  @Field(() => [ID], { description: "The first 100 of them; for more read the list of documents." })
  documentIds!: string[];

  @Field(() => Boolean, { description: "Labels or relation types came with them: read the codebook again." })
  codebookChanged!: boolean;
}

@ObjectType({
  implements: ProjectChange,
  description: "An import was called off or failed, and what it had brought in is gone for good.",
})
export class DocumentsRemoved extends ProjectChange {
  @Field(() => Int, { description: "How many." })
  documentCount!: number;

  @Field(() => [ID], { description: "The first 100 of them; for more read the list of documents." })
  documentIds!: string[];

  @Field(() => Boolean, { description: "The codebook changed back with them: read it again." })
  codebookChanged!: boolean;
}

@ObjectType({
  implements: ProjectChange,
  description:
    "The author said how far they are with a document. What only follows from annotations is no change of the project.",
})
export class DocumentStatusChanged extends ProjectChange {
  @Field(() => ID, { description: "The document." })
  documentId!: string;

  @Field(() => DocumentType, {
    nullable: true,
    description: "The document as it is now; null when it was deleted since.",
  })
  document!: DocumentType | null;

  @Field(() => WorkStatus, { description: "How far the author was then." })
  status!: WorkStatus;
}

@ObjectType({
  description:
    "Changes with consecutive revisions: changes[0].revision is `fromRevision`, the last one's is `toRevision`.",
})
export class ProjectChangeBatch {
  @Field(() => ID, { description: "The project they are about." })
  projectId!: string;

  @Field(() => Int, { description: "The first change's revision." })
  fromRevision!: number;

  @Field(() => Int, { description: "The last change's revision." })
  toRevision!: number;

  @Field(() => [ProjectChange], { description: "In order, none left out." })
  changes!: LoggedProjectChange[];
}

/** All of them, for the schema: nothing returns the implementations directly. */
export const PROJECT_CHANGE_TYPES = [
  ProjectSaved,
  ProjectDeleted,
  LabelSaved,
  LabelDeleted,
  LabelMerged,
  LabelsReordered,
  RelationTypeSaved,
  RelationTypeDeleted,
  MemberChanged,
  DocumentSaved,
  DocumentDeleted,
  DocumentsImported,
  DocumentsRemoved,
  DocumentStatusChanged,
];
