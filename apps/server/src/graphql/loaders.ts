/** Batches the look-ups of one request (or one event of a subscription), so that no list costs a query an item. */
import DataLoader from "dataloader";
import type { AnnotationRow } from "../annotation/annotation.queries.ts";
import { annotationsById, annotationsOfSpans } from "../annotation/annotation.queries.ts";
import type { SpanRow } from "../annotation/span.ts";
import { spansById } from "../annotation/span.ts";
import type { LabelRow, RelationTypeRow } from "../codebook/codebook.queries.ts";
import {
  labelsById,
  labelsOfProjects,
  relationTypesById,
  relationTypesOfProjects,
} from "../codebook/codebook.queries.ts";
import { type CommentRow, commentsOfAnnotations } from "../comment/comment.queries.ts";
import type { Database } from "../database/database.ts";
import type { DeletedDocumentRow, DocumentRow, NotCarriedRow } from "../document/document.queries.ts";
import {
  annotationCountsOfDocuments,
  deletedDocumentsOfProjects,
  documentsById,
  documentTexts,
  lastChangesOfDocuments,
  livingDocuments,
  nextVersions,
  notCarriedOfDocuments,
} from "../document/document.queries.ts";
import type { Role } from "../generated/prisma/enums.ts";
import { type OpenInvitation, openInvitationsOfProjects } from "../people/invitation.queries.ts";
import { type ResetFacts, resetObstacle } from "../people/password-reset.policy.ts";
import { resetFactsOf } from "../people/password-reset.queries.ts";
import { type PersonDetails, type PersonRow, personsById } from "../people/person.queries.ts";
import {
  figuresOfProjects,
  membersOfProjects,
  type ProjectFigures,
  type ProjectMember,
  type ProjectRow,
  projectsById,
  recentPeopleOfProjects,
  rolesInProjects,
} from "../project/project.queries.ts";
import { type RelationRow, relationsOfAnnotations } from "../relation/relation.queries.ts";

/** One cache for each kind of look-up, alive for one request. */
export interface Loaders {
  person: DataLoader<string, PersonDetails>;
  label: DataLoader<string, LabelRow>;
  labelsOfProject: DataLoader<string, LabelRow[]>;
  relationType: DataLoader<string, RelationTypeRow>;
  relationTypesOfProject: DataLoader<string, RelationTypeRow[]>;
  project: DataLoader<string, ProjectRow>;
  document: DataLoader<string, DocumentRow>;
  /** Null for a deleted one. */
  livingDocument: DataLoader<string, DocumentRow | null>;
  /** The one that replaced a document. */
  nextVersion: DataLoader<string, DocumentRow | null>;
  notCarried: DataLoader<string, NotCarriedRow[]>;
  deletedDocumentsOfProject: DataLoader<string, DeletedDocumentRow[]>;
  documentText: DataLoader<string, string>;
  annotationCount: DataLoader<string, number>;
  /** Null where nothing was changed since the import. */
  lastChange: DataLoader<string, Date | null>;
  membersOfProject: DataLoader<string, ProjectMember[]>;
  invitationsOfProject: DataLoader<string, OpenInvitation[]>;
  /** By person: whether the viewer may, as far as the person is concerned; in which project is asked elsewhere. */
  mayResetPassword: DataLoader<string, boolean>;
  projectFigures: DataLoader<string, ProjectFigures>;
  recentPeople: DataLoader<string, PersonRow[]>;
  /** Null for a stranger. */
  viewerRole: DataLoader<string, Role | null>;
  span: DataLoader<string, SpanRow>;
  annotation: DataLoader<string, AnnotationRow>;
  annotationsOfSpan: DataLoader<string, AnnotationRow[]>;
  relationsOfAnnotation: DataLoader<string, RelationRow[]>;
  commentsOfAnnotation: DataLoader<string, CommentRow[]>;
}

/** A loader of rows that exist, since a row that was read names them. */
function one<Row extends { id: string }>(
  read: (ids: readonly string[]) => Promise<Row[]>,
  what: string,
): DataLoader<string, Row> {
  return new DataLoader(async (ids) => {
    const rows = new Map((await read(ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? new Error(`${what} ${id} is named but missing`));
  });
}

/** A loader of the lists that hang on a row; none is an empty list. */
function many<Row>(read: (ids: readonly string[]) => Promise<Map<string, Row[]>>): DataLoader<string, Row[]> {
  return new DataLoader(async (ids) => {
    const lists = await read(ids);
    return ids.map((id) => lists.get(id) ?? []);
  });
}

/**
 * Fresh loaders. Never shared between requests or events: what they cache goes stale.
 * @param viewer a function where it matters whether anybody asks, see shared-execution.ts
 */
export function createLoaders({ prisma }: Database, viewer: string | null | (() => string | null)): Loaders {
  const askViewer = typeof viewer === "function" ? viewer : () => viewer;
  return {
    person: one((ids) => personsById(prisma, ids), "person"),
    label: one((ids) => labelsById(prisma, ids), "label"),
    labelsOfProject: many((ids) => labelsOfProjects(prisma, ids)),
    relationType: one((ids) => relationTypesById(prisma, ids), "relation type"),
    relationTypesOfProject: many((ids) => relationTypesOfProjects(prisma, ids)),
    project: one((ids) => projectsById(prisma, ids), "project"),
    document: one((ids) => documentsById(prisma, ids), "document"),
    livingDocument: new DataLoader(async (ids) => {
      const rows = new Map((await livingDocuments(prisma, ids)).map((row) => [row.id, row]));
      return ids.map((id) => rows.get(id) ?? null);
    }),
    nextVersion: new DataLoader(async (ids) => {
      const rows = new Map((await nextVersions(prisma, ids)).map((row) => [row.replacesId, row]));
      return ids.map((id) => rows.get(id) ?? null);
    }),
    notCarried: many((ids) => notCarriedOfDocuments(prisma, ids)),
    deletedDocumentsOfProject: many((ids) => deletedDocumentsOfProjects(prisma, ids)),
    documentText: new DataLoader(async (ids) => {
      const texts = await documentTexts(prisma, ids);
      return ids.map((id) => texts.get(id) ?? new Error(`the text of document ${id} is missing`));
    }),
    annotationCount: new DataLoader(async (ids) => {
      const counts = await annotationCountsOfDocuments(prisma, ids);
      return ids.map((id) => counts.get(id) ?? 0);
    }),
    projectFigures: new DataLoader(async (ids) => {
      const figures = await figuresOfProjects(prisma, ids);
      return ids.map((id) => figures.get(id) ?? new Error(`project ${id} is named but missing`));
    }),
    lastChange: new DataLoader(async (ids) => {
      const changes = await lastChangesOfDocuments(prisma, ids);
      return ids.map((id) => changes.get(id) ?? null);
    }),
    recentPeople: many((ids) => recentPeopleOfProjects(prisma, ids)),
    viewerRole: new DataLoader(async (ids) => {
      const viewerId = askViewer();
      const roles =
        viewerId === null ? new Map<string, Role>() : await rolesInProjects(prisma, viewerId, ids);
      return ids.map((id) => roles.get(id) ?? null);
    }),
    membersOfProject: many((ids) => membersOfProjects(prisma, ids)),
    invitationsOfProject: many((ids) => openInvitationsOfProjects(prisma, ids)),
    mayResetPassword: new DataLoader(async (ids) => {
      const viewerId = askViewer();
      const facts =
        viewerId === null ? new Map<string, ResetFacts>() : await resetFactsOf(prisma, viewerId, ids);
      return ids.map((id) => {
        const known = facts.get(id);
        return known !== undefined && resetObstacle(known) === null;
      });
    }),
    span: one((ids) => spansById(prisma, ids), "span"),
    annotation: one((ids) => annotationsById(prisma, ids), "annotation"),
    annotationsOfSpan: many((ids) => annotationsOfSpans(prisma, ids)),
    relationsOfAnnotation: many((ids) => relationsOfAnnotations(prisma, ids)),
    commentsOfAnnotation: many((ids) => commentsOfAnnotations(prisma, ids)),
  };
}
