/** Batches the look-ups of one request (or one event of a subscription), so that no list costs a query an item. */
import DataLoader from "dataloader";
import type { AnnotationRow, LayerPage } from "../annotation/annotation.queries.ts";
import {
  annotationCounts,
  annotationPages,
  annotationsById,
  annotationsOfSpans,
} from "../annotation/annotation.queries.ts";
import {
  type DeletedAnnotationRow,
  deletedAnnotationsOfLayers,
} from "../annotation/deleted-annotation.queries.ts";
import type { SpanRow } from "../annotation/span.ts";
import { spansById } from "../annotation/span.ts";
import type { LabelRow, RelationTypeRow } from "../codebook/codebook.queries.ts";
import {
  labelsById,
  labelsOfProjects,
  relationTypesById,
  relationTypesOfProjects,
} from "../codebook/codebook.queries.ts";
import { type LabelUsageRow, usageOfLabels } from "../codebook/label-usage.queries.ts";
import {
  type CommentPage,
  type CommentRow,
  commentCounts,
  commentPages,
  commentsOfAnnotations,
} from "../comment/comment.queries.ts";
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
import {
  type DocumentStatusRow,
  statusesOfDocuments,
  statusesOfPerson,
} from "../document/document-status.queries.ts";
import type { Role, WorkStatus } from "../generated/prisma/enums.ts";
import { type OpenInvitation, openInvitationsOfProjects } from "../people/invitation.queries.ts";
import { type ResetFacts, resetObstacle } from "../people/password-reset.policy.ts";
import { resetFactsOf } from "../people/password-reset.queries.ts";
import { type PersonDetails, type PersonRow, personsById } from "../people/person.queries.ts";
import {
  type PersonProgressRow,
  type ProjectProgressRow,
  peopleOfProgress,
  progressOfProjects,
} from "../project/progress.queries.ts";
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
import {
  type RelationPage,
  type RelationRow,
  relationCounts,
  relationPages,
  relationsOfAnnotations,
} from "../relation/relation.queries.ts";

/** One cache for each kind of look-up, alive for one request. */
export interface Loaders {
  person: DataLoader<string, PersonDetails>;
  label: DataLoader<string, LabelRow>;
  /** Null for one that is gone. */
  labelIfThere: DataLoader<string, LabelRow | null>;
  labelsOfProject: DataLoader<string, LabelRow[]>;
  labelUsage: DataLoader<string, LabelUsageRow>;
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
  statusesOfDocument: DataLoader<string, DocumentStatusRow[]>;
  /** The viewer's; null where nothing was done nor said. */
  viewerStatus: DataLoader<string, WorkStatus | null>;
  /** Null where nothing was changed since the import. */
  lastChange: DataLoader<string, Date | null>;
  membersOfProject: DataLoader<string, ProjectMember[]>;
  invitationsOfProject: DataLoader<string, OpenInvitation[]>;
  /** By person: whether the viewer may, as far as the person is concerned; in which project is asked elsewhere. */
  mayResetPassword: DataLoader<string, boolean>;
  projectFigures: DataLoader<string, ProjectFigures>;
  recentPeople: DataLoader<string, PersonRow[]>;
  progressOfProject: DataLoader<string, ProjectProgressRow>;
  peopleOfProgress: DataLoader<string, PersonProgressRow[]>;
  /** Null for a stranger. */
  viewerRole: DataLoader<string, Role | null>;
  span: DataLoader<string, SpanRow>;
  annotation: DataLoader<string, AnnotationRow>;
  /** At most one row more than the page has. */
  annotationPage: DataLoader<LayerPage, AnnotationRow[], string>;
  /** Of all pages. */
  annotationPageCount: DataLoader<LayerPage, number, string>;
  annotationsOfSpan: DataLoader<string, AnnotationRow[]>;
  /** At most one row more than the page has. */
  relationPage: DataLoader<RelationPage, RelationRow[], string>;
  /** Of all pages. */
  relationPageCount: DataLoader<RelationPage, number, string>;
  relationsOfAnnotation: DataLoader<string, RelationRow[]>;
  commentsOfAnnotation: DataLoader<string, CommentRow[]>;
  /** At most one row more than the page has. */
  commentPage: DataLoader<CommentPage, CommentRow[], string>;
  /** Of all pages. */
  commentPageCount: DataLoader<CommentPage, number, string>;
  /** The latest first. */
  deletedAnnotationsOfLayer: DataLoader<string, DeletedAnnotationRow[]>;
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

/** A loader of what a page of a layer says: of pages that differ in their layer alone, all are read at once. */
function ofPages<Page extends { layerId: string }, Value>(
  read: (layerIds: readonly string[], page: Omit<Page, "layerId">) => Promise<Map<string, Value>>,
  none: () => Value,
): DataLoader<Page, Value, string> {
  const batch = async (pages: readonly Page[]): Promise<Value[]> => {
    const reads = new Map<string, Promise<Map<string, Value>>>();
    const asked = pages.map(({ layerId, ...place }) => ({ layerId, place, alike: JSON.stringify(place) }));
    for (const { place, alike } of asked)
      if (!reads.has(alike))
        reads.set(
          alike,
          read(
            asked.filter((other) => other.alike === alike).map((other) => other.layerId),
            place,
          ),
        );
    return Promise.all(
      asked.map(async ({ layerId, alike }) => (await reads.get(alike))?.get(layerId) ?? none()),
    );
  };
  return new DataLoader(batch, { cacheKeyFn: (page) => JSON.stringify(page) });
}

/**
 * Fresh loaders. Never shared between requests or events: what they cache goes stale.
 * @param viewer a function where it matters whether anybody asks, see shared-execution.ts
 */
export function createLoaders(
  { prisma, sql }: Database,
  viewer: string | null | (() => string | null),
): Loaders {
  const askViewer = typeof viewer === "function" ? viewer : () => viewer;
  return {
    person: one((ids) => personsById(sql, ids), "person"),
    label: one((ids) => labelsById(sql, ids), "label"),
    labelIfThere: new DataLoader(async (ids) => {
      const rows = new Map((await labelsById(sql, ids)).map((row) => [row.id, row]));
      return ids.map((id) => rows.get(id) ?? null);
    }),
    labelsOfProject: many((ids) => labelsOfProjects(prisma, ids)),
    labelUsage: new DataLoader(async (ids) => {
      const usages = await usageOfLabels(prisma, ids);
      return ids.map((id) => usages.get(id) ?? new Error(`label ${id} is named but missing`));
    }),
    relationType: one((ids) => relationTypesById(prisma, ids), "relation type"),
    relationTypesOfProject: many((ids) => relationTypesOfProjects(prisma, ids)),
    project: one((ids) => projectsById(prisma, ids), "project"),
    document: one((ids) => documentsById(sql, ids), "document"),
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
      const texts = await documentTexts(sql, ids);
      return ids.map((id) => texts.get(id) ?? new Error(`the text of document ${id} is missing`));
    }),
    annotationCount: new DataLoader(async (ids) => {
      const counts = await annotationCountsOfDocuments(prisma, ids);
      return ids.map((id) => counts.get(id) ?? 0);
    }),
    statusesOfDocument: many((ids) => statusesOfDocuments(prisma, ids)),
    viewerStatus: new DataLoader(async (ids) => {
      const viewerId = askViewer();
      const statuses =
        viewerId === null ? new Map<string, WorkStatus>() : await statusesOfPerson(prisma, viewerId, ids);
      return ids.map((id) => statuses.get(id) ?? null);
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
    progressOfProject: new DataLoader(async (ids) => {
      const progress = await progressOfProjects(prisma, ids);
      return ids.map((id) => progress.get(id) ?? new Error(`project ${id} is named but missing`));
    }),
    peopleOfProgress: many((ids) => peopleOfProgress(prisma, ids)),
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
    annotationPage: ofPages(
      (ids, page) => annotationPages(prisma, ids, page),
      () => [],
    ),
    annotationPageCount: ofPages(
      (ids, page) => annotationCounts(prisma, ids, page),
      () => 0,
    ),
    annotationsOfSpan: many((ids) => annotationsOfSpans(prisma, ids)),
    relationPage: ofPages(
      (ids, page) => relationPages(prisma, ids, page),
      () => [],
    ),
    relationPageCount: ofPages(
      (ids) => relationCounts(prisma, ids),
      () => 0,
    ),
    relationsOfAnnotation: many((ids) => relationsOfAnnotations(sql, ids)),
    commentsOfAnnotation: many((ids) => commentsOfAnnotations(sql, ids)),
    commentPage: ofPages(
      (ids, page) => commentPages(prisma, ids, page),
      () => [],
    ),
    commentPageCount: ofPages(
      (ids) => commentCounts(prisma, ids),
      () => 0,
    ),
    deletedAnnotationsOfLayer: many((ids) => deletedAnnotationsOfLayers(prisma, ids)),
  };
}
