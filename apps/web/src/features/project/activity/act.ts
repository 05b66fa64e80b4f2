// One row of the activity as a person would tell it: what was done, to what, and where that can be seen. Pure.
import type { Activity_ActivityFragment, LabelColor, Role } from "../../../gql/graphql.ts";

type DocumentChange = NonNullable<Activity_ActivityFragment["documentChange"]>;
type ProjectChange = NonNullable<Activity_ActivityFragment["projectChange"]>;

export type Deed =
  | "tagged"
  | "retagged"
  | "untagged"
  | "related"
  | "unrelated"
  | "commented"
  | "recommented"
  | "settled"
  | "uncommented"
  | "renewed"
  | "progressing"
  | "done"
  | "imported"
  | "tookBack"
  | "documentChanged"
  | "documentArchived"
  | "documentRestored"
  | "documentCorrected"
  | "documentDeleted"
  | "labelMade"
  | "labelChanged"
  | "labelDeleted"
  | "labelMerged"
  | "labelsMoved"
  | "relationTypeMade"
  | "relationTypeChanged"
  | "relationTypeDeleted"
  | "joined"
  | "left"
  | "removed"
  | "roleGiven"
  | "guidelinesChanged"
  | "projectChanged"
  | "projectArchived"
  | "projectRestored"
  | "projectDeleted";

interface Told {
  readonly deed: Deed;
  /** What it was done to, by name: a label, a person, a document that is gone. */
  readonly subject?: string;
  /** What was marked, said or linked. */
  readonly quote?: string;
  readonly label?: { readonly name: string; readonly color: LabelColor; readonly letter: string };
  readonly annotationId?: string;
  readonly role?: Role;
  /** Things done in one change. */
  readonly count?: number;
}

export interface Act extends Told {
  /** Its place in the list. */
  readonly cursor: string;
  readonly at: string;
  readonly author: { readonly id: string; readonly name: string };
  readonly document: { readonly id: string; readonly title: string } | null;
}

function tellOfDocument(change: DocumentChange): Told {
  switch (change.__typename) {
    case "AnnotationSaved": {
      const { id, version, label, span } = change.annotation;
      return { deed: version === 1 ? "tagged" : "retagged", label, quote: span.quote, annotationId: id };
    }
    case "AnnotationDeleted":
      return { deed: "untagged" };
    case "RelationSaved": {
      const { type, source, target } = change.relation;
      const quote = `${source.span.quote} → ${target.span.quote}`;
      return { deed: "related", subject: type.name, quote, annotationId: source.id };
    }
    case "RelationDeleted":
      return { deed: "unrelated" };
    case "CommentSaved": {
      const { body, createdAt, updatedAt, resolvedAt, annotation } = change.comment;
      const deed = resolvedAt !== null ? "settled" : createdAt === updatedAt ? "commented" : "recommented";
      return { deed, quote: body, annotationId: annotation.id };
    }
    case "CommentDeleted":
      return { deed: "uncommented" };
  }
}

function tellOfHeader({ title, parts }: Extract<ProjectChange, { __typename: "DocumentSaved" }>): Told {
  if (parts.includes("TEXT")) return { deed: "documentCorrected", subject: title };
  if (parts.includes("RESTORED")) return { deed: "documentRestored", subject: title };
  if (parts.includes("ARCHIVED")) return { deed: "documentArchived", subject: title };
  return { deed: "documentChanged", subject: title };
}

function tellOfWords({ parts }: Extract<ProjectChange, { __typename: "ProjectSaved" }>): Told {
  if (parts.includes("RESTORED")) return { deed: "projectRestored" };
  if (parts.includes("ARCHIVED")) return { deed: "projectArchived" };
  return { deed: parts.includes("GUIDELINES") ? "guidelinesChanged" : "projectChanged" };
}

function tellOfMember(
  { user, role }: Extract<ProjectChange, { __typename: "MemberChanged" }>,
  authorId: string,
): Told {
  const isOwnDoing = user.id === authorId;
  if (role === null) return isOwnDoing ? { deed: "left" } : { deed: "removed", subject: user.name };
  return isOwnDoing ? { deed: "joined", role } : { deed: "roleGiven", subject: user.name, role };
}

function tellOfProject(change: ProjectChange, authorId: string): Told {
  switch (change.__typename) {
    case "ProjectSaved":
      return tellOfWords(change);
    case "ProjectDeleted":
      return { deed: "projectDeleted" };
    case "LabelSaved": {
      const { version, ...label } = change.label;
      return { deed: version === 1 ? "labelMade" : "labelChanged", subject: label.name, label };
    }
    case "LabelDeleted":
      return { deed: "labelDeleted", subject: change.name };
    case "LabelMerged":
      return { deed: "labelMerged", subject: change.label.name, label: change.label };
    case "LabelsReordered":
      return { deed: "labelsMoved" };
    case "RelationTypeSaved": {
      const { name, version } = change.relationType;
      return { deed: version === 1 ? "relationTypeMade" : "relationTypeChanged", subject: name };
    }
    case "RelationTypeDeleted":
      return { deed: "relationTypeDeleted", subject: change.name };
    case "MemberChanged":
      return tellOfMember(change, authorId);
    case "DocumentSaved":
      return tellOfHeader(change);
    case "DocumentDeleted":
      return { deed: "documentDeleted", subject: change.title };
    case "DocumentsImported":
      return { deed: "imported", count: change.documentCount };
    case "DocumentsRemoved":
      return { deed: "tookBack", count: change.documentCount };
    case "DocumentStatusChanged":
      return { deed: STATUS_DEEDS[change.status] };
  }
}

const STATUS_DEEDS = { NEW: "renewed", IN_PROGRESS: "progressing", DONE: "done" } as const;

/** Null for a kind that this client does not know yet. */
export function toAct(cursor: string, row: Activity_ActivityFragment): Act | null {
  const { at, author, document, documentChange, projectChange } = row;
  const told = documentChange
    ? tellOfDocument(documentChange)
    : projectChange && tellOfProject(projectChange, author.id);
  return told ? { cursor, at, author, document, ...told } : null;
}

/** Where one can see what it is about. */
export function placeOf({ deed, document, annotationId }: Act, projectId: string): string | null {
  if (document) return `/documents/${document.id}${annotationId ? `?annotation=${annotationId}` : ""}`;
  const project = `/projects/${projectId}`;
  if (deed.startsWith("label") || deed.startsWith("relationType")) return `${project}/codebook`;
  if (deed === "joined" || deed === "left" || deed === "removed" || deed === "roleGiven")
    return `${project}/team`;
  if (deed === "guidelinesChanged") return `${project}/guidelines`;
  return deed === "imported" ? project : null;
}
