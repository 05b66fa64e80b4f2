// Which activity is wanted: in the address, in the fields, and as the API takes it. Pure.
import type { ActivityFilterInput, ActivityKind } from "../../../gql/graphql.ts";
import { t } from "../../../words/words.ts";
import { dayIn, idIn, startOfDay } from "../address-values.ts";

export const DEED_GROUPS = [
  "annotations",
  "relations",
  "discussion",
  "status",
  "documents",
  "codebook",
  "team",
  "project",
] as const;
export type DeedGroup = (typeof DEED_GROUPS)[number];

const KINDS: Readonly<Record<DeedGroup, ActivityKind[]>> = {
  annotations: ["ANNOTATION_SAVED", "ANNOTATION_DELETED"],
  relations: ["RELATION_SAVED", "RELATION_DELETED"],
  discussion: ["COMMENT_SAVED", "COMMENT_DELETED"],
  status: ["DOCUMENT_STATUS_CHANGED"],
  documents: ["DOCUMENTS_IMPORTED", "DOCUMENTS_REMOVED", "DOCUMENT_SAVED", "DOCUMENT_DELETED"],
  codebook: [
    "LABEL_SAVED",
    "LABEL_DELETED",
    "LABEL_MERGED",
    "LABELS_REORDERED",
    "RELATION_TYPE_SAVED",
    "RELATION_TYPE_DELETED",
  ],
  team: ["MEMBER_CHANGED"],
  project: ["PROJECT_SAVED", "PROJECT_DELETED"],
};

export const TIME_SPANS = ["today", "week", "month"] as const;
export type TimeSpan = (typeof TIME_SPANS)[number];

const DAYS_BACK: Readonly<Record<TimeSpan, number>> = { today: 0, week: 6, month: 29 };

export interface ActivityFilter {
  readonly personId: string | null;
  readonly group: DeedGroup | null;
  readonly documentId: string | null;
  readonly span: TimeSpan | null;
  /** The first and the last day, instead of a span: 2026-03-09. */
  readonly from: string | null;
  readonly to: string | null;
}

export const NO_FILTER: ActivityFilter = {
  personId: null,
  group: null,
  documentId: null,
  span: null,
  from: null,
  to: null,
};

export function isFiltering(filter: ActivityFilter): boolean {
  return Object.values(filter).some((value) => value !== null);
}

export function filterFromAddress(parameters: URLSearchParams): ActivityFilter {
  const span = TIME_SPANS.find((each) => each === parameters.get("time")) ?? null;
  return {
    personId: idIn(parameters.get("person")),
    group: DEED_GROUPS.find((each) => each === parameters.get("kind")) ?? null,
    documentId: idIn(parameters.get("document")),
    span,
    from: span ? null : dayIn(parameters.get("from")),
    to: span ? null : dayIn(parameters.get("to")),
  };
}

export function filterToAddress({
  personId,
  group,
  documentId,
  span,
  from,
  to,
}: ActivityFilter): URLSearchParams {
  const parameters = new URLSearchParams();
  const given = { person: personId, kind: group, document: documentId, time: span, from, to };
  for (const [name, value] of Object.entries(given)) if (value !== null) parameters.set(name, value);
  return parameters;
}

export function filterToInput(filter: ActivityFilter, now: Date): ActivityFilterInput {
  const { personId, group, documentId, span, from, to } = filter;
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const since = span
    ? new Date(today.getFullYear(), today.getMonth(), today.getDate() - DAYS_BACK[span])
    : from && startOfDay(from);
  const until = to && startOfDay(to, 1);
  return {
    ...(personId && { people: [personId] }),
    ...(group && { kinds: KINDS[group] }),
    ...(documentId && { documents: [documentId] }),
    ...(since && { since: since.toISOString() }),
    ...(until && { until: until.toISOString() }),
  };
}

export function groupName(group: DeedGroup): string {
  switch (group) {
    case "annotations":
      return t("activity:group.annotations");
    case "relations":
      return t("activity:group.relations");
    case "discussion":
      return t("activity:group.discussion");
    case "status":
      return t("activity:group.status");
    case "documents":
      return t("activity:group.documents");
    case "codebook":
      return t("activity:group.codebook");
    case "team":
      return t("activity:group.team");
    case "project":
      return t("activity:group.project");
  }
}

export function spanName(span: TimeSpan): string {
  switch (span) {
    case "today":
      return t("activity:span.today");
    case "week":
      return t("activity:span.week");
    case "month":
      return t("activity:span.month");
  }
}
