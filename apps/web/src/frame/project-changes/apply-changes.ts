// Changes of a project into Apollo's cache, and which of the lists on the page they make out of date. A change may be
// older than what the cache has: a mutation's answer or another reading was there first. So a label or relation type
// takes the place of one with the same version or a lower one only; what is newer than the change comes as its own.
import type { ApolloCache, Reference } from "@apollo/client";
import type { ChangedPart, ProjectChangesSubscription } from "../../gql/graphql.ts";
import { graphql } from "../../gql/index.ts";
import { WorkStatusFragment } from "../work-status/work-status.ts";
import {
  ChangedDocumentFragment,
  ChangedProjectFragment,
  ProjectLabelFragment,
  ProjectRelationTypeFragment,
} from "./operations.ts";

export type ProjectChange = ProjectChangesSubscription["projectChanges"]["changes"][number];
type SavedLabel = Extract<ProjectChange, { __typename: "LabelSaved" }>["label"];
type SavedRelationType = Extract<ProjectChange, { __typename: "RelationTypeSaved" }>["relationType"];

const LabelVersionFragment = graphql(`
  fragment LabelVersion on Label {
    version
  }
`);

const RelationTypeVersionFragment = graphql(`
  fragment RelationTypeVersion on RelationType {
    version
  }
`);

type List = "labels" | "relationTypes";

/** Changes a list of a project that somebody has read; one that nobody has read is not made. */
function changeList(
  cache: ApolloCache,
  projectId: string,
  list: List,
  change: (present: readonly Reference[], idOf: (item: Reference) => string) => readonly Reference[],
): void {
  cache.modify({
    id: cache.identify({ __typename: "Project", id: projectId }) ?? "",
    fields: {
      [list]: (present: readonly Reference[], { readField }) =>
        change(present, (item) => String(readField("id", item))),
    },
  });
}

function addToList(cache: ApolloCache, projectId: string, list: List, id: string, reference: string): void {
  changeList(cache, projectId, list, (present, idOf) =>
    present.some((item) => idOf(item) === id) ? present : [...present, { __ref: reference }],
  );
}

function removeFromList(cache: ApolloCache, projectId: string, list: List, id: string): void {
  changeList(cache, projectId, list, (present, idOf) => present.filter((item) => idOf(item) !== id));
}

export function cacheLabel(cache: ApolloCache, projectId: string, label: SavedLabel): void {
  const id = cache.identify({ __typename: "Label", id: label.id }) ?? "";
  const known = cache.readFragment({ id, fragment: LabelVersionFragment });
  if (known === null || known.version <= label.version)
    cache.writeFragment({ id, fragment: ProjectLabelFragment, data: label });
  addToList(cache, projectId, "labels", label.id, id);
}

export function cacheRelationType(cache: ApolloCache, projectId: string, type: SavedRelationType): void {
  const id = cache.identify({ __typename: "RelationType", id: type.id }) ?? "";
  const known = cache.readFragment({ id, fragment: RelationTypeVersionFragment });
  if (known === null || known.version <= type.version)
    cache.writeFragment({ id, fragment: ProjectRelationTypeFragment, data: type });
  addToList(cache, projectId, "relationTypes", type.id, id);
}

/** What the order does not name stays behind: it is newer than the order. */
export function reorderLabels(cache: ApolloCache, projectId: string, labelIds: readonly string[]): void {
  const places = new Map(labelIds.map((id, index) => [id, index]));
  changeList(cache, projectId, "labels", (present, idOf) =>
    present.toSorted(
      (a, b) => (places.get(idOf(a)) ?? labelIds.length) - (places.get(idOf(b)) ?? labelIds.length),
    ),
  );
}

function applyChange(cache: ApolloCache, projectId: string, change: ProjectChange): void {
  switch (change.__typename) {
    case "ProjectSaved":
      cache.writeFragment({
        id: cache.identify(change.project) ?? "",
        fragment: ChangedProjectFragment,
        data: change.project,
      });
      break;
    case "LabelSaved":
    case "LabelMerged":
      cacheLabel(cache, projectId, change.label);
      break;
    case "LabelDeleted":
      removeFromList(cache, projectId, "labels", change.labelId);
      break;
    case "LabelsReordered":
      reorderLabels(cache, projectId, change.labelIds);
      break;
    case "RelationTypeSaved":
      cacheRelationType(cache, projectId, change.relationType);
      break;
    case "RelationTypeDeleted":
      removeFromList(cache, projectId, "relationTypes", change.relationTypeId);
      break;
    case "DocumentSaved":
      if (change.document != null)
        cache.writeFragment({
          id: cache.identify(change.document) ?? "",
          fragment: ChangedDocumentFragment,
          data: change.document,
        });
      break;
    case "DocumentStatusChanged":
      if (change.document != null)
        cache.writeFragment({
          id: cache.identify(change.document) ?? "",
          fragment: WorkStatusFragment,
          data: change.document,
        });
      break;
    default:
      break; // Only lists are out of date, see below.
  }
}

/** Told to the screens as one: what looks at the cache in between would see labels in an order that never was. */
export function applyChanges(cache: ApolloCache, projectId: string, changes: readonly ProjectChange[]): void {
  cache.batch({
    update(batched) {
      for (const change of changes) applyChange(batched, projectId, change);
    },
  });
}

const DOCUMENTS = ["documents", "deletedDocuments", "progress"] as const;
const CODEBOOK = ["labels", "relationTypes"] as const;
const moves = (parts: readonly ChangedPart[]) =>
  parts.some((part) => part === "ARCHIVED" || part === "RESTORED" || part === "TEXT");

/** The fields of the project that the change can't bring up to date by itself: who shows one reads it again. */
export function fieldsToRead(change: ProjectChange): readonly string[] {
  switch (change.__typename) {
    case "ProjectSaved":
      return change.parts.includes("GUIDELINES") ? ["guidelines"] : [];
    case "LabelMerged":
      return ["annotations"];
    case "MemberChanged":
      return ["members", "viewerRole", "progress"];
    case "DocumentSaved":
      return moves(change.parts) ? DOCUMENTS : [];
    case "DocumentDeleted":
      return DOCUMENTS;
    case "DocumentStatusChanged":
      return ["progress"];
    case "DocumentsImported":
    case "DocumentsRemoved":
      return change.codebookChanged ? [...DOCUMENTS, ...CODEBOOK] : DOCUMENTS;
    default:
      return [];
  }
}
