/**
 * What of a project is exported, as conditions in SQL. Values are told to the transaction as settings of its own, in one
 * statement with parameters: COPY takes none, and a condition is the same in every statement then.
 */
import type pg from "pg";
import { TEAM_STATUS, type TeamStatus } from "../document/document-status.queries.ts";
import { badInput } from "../errors.ts";

/** What is to be exported; null where nothing is asked of it. */
export interface Scope {
  projectId: string;
  /** Archived documents too. */
  withArchived: boolean;
  documentIds: readonly string[] | null;
  statuses: readonly TeamStatus[] | null;
  /** Keys of the annotations' labels. */
  labels: readonly string[] | null;
  /** Ids of those who made the annotations. */
  annotators: readonly string[] | null;
  /** When the annotations last changed, as ISO 8601: from then on, and before. */
  updatedSince: string | null;
  updatedBefore: string | null;
}

/** The whole of a project. @example { ...wholeProject(projectId), labels: ["claim"] } */
export function wholeProject(projectId: string): Scope {
  return {
    ...{ projectId, withArchived: true, documentIds: null, statuses: null },
    ...{ labels: null, annotators: null, updatedSince: null, updatedBefore: null },
  };
}

/** Whether only some of the annotations are wanted. */
export function choosesAnnotations({ labels, annotators, updatedSince, updatedBefore }: Scope): boolean {
  return labels !== null || annotators !== null || updatedSince !== null || updatedBefore !== null;
}

/** A setting as a value that is read once a statement. */
export const setting = (name: string, type: string) => `(select current_setting('concord.${name}')::${type})`;

const anyOf = (name: string, type: string) => `any(${setting(name, type)}::${type})`;

/** Conditions on `document d`. */
export function documentConditions({ withArchived, documentIds, statuses }: Scope): string {
  return [
    `d.project_id = ${setting("project", "uuid")} and d.deleted_at is null`,
    ...(withArchived ? [] : ["d.archived_at is null"]),
    ...(documentIds === null ? [] : [`d.id = ${anyOf("documents", "uuid[]")}`]),
    ...(statuses === null ? [] : [`${TEAM_STATUS} = ${anyOf("statuses", "text[]")}`]),
  ].join(" and ");
}

/** Conditions on `annotation a`. */
export function annotationConditions({ labels, annotators, updatedSince, updatedBefore }: Scope): string {
  return [
    "a.deleted_at is null",
    ...(labels === null ? [] : [`a.label_id = ${anyOf("labels", "uuid[]")}`]),
    ...(annotators === null ? [] : [`a.created_by = ${anyOf("annotators", "uuid[]")}`]),
    ...(updatedSince === null ? [] : [`a.updated_at >= ${setting("since", "timestamptz")}`]),
    ...(updatedBefore === null ? [] : [`a.updated_at < ${setting("before", "timestamptz")}`]),
  ].join(" and ");
}

/**
 * Whether an annotation of the same layer is among those, as a condition to be joined by and; empty where all are.
 * @example whereAmongThem(scope, "r", "source_id", "target_id")
 */
export function whereAmongThem(scope: Scope, table: string, ...columns: readonly string[]): string {
  if (!choosesAnnotations(scope)) return "";
  const among = (column: string) => ` and exists (select from annotation a
    where a.id = ${table}.${column} and a.layer_id = ${table}.layer_id and ${annotationConditions(scope)})`;
  return columns.map(among).join("");
}

/**
 * Makes the conditions true of this transaction.
 * @throws BAD_USER_INPUT for a label or a document that the project does not have
 */
export async function tellScope(client: pg.ClientBase, scope: Scope): Promise<void> {
  await client.query(
    `select set_config('concord.project', $1, true), set_config('concord.documents', $2::uuid[]::text, true),
       set_config('concord.statuses', $3::text[]::text, true), set_config('concord.labels', $4::uuid[]::text, true),
       set_config('concord.annotators', $5::uuid[]::text, true), set_config('concord.since', $6, true),
       set_config('concord.before', $7, true)`,
    [
      scope.projectId,
      scope.documentIds ?? [],
      scope.statuses ?? [],
      await labelIds(client, scope),
      scope.annotators ?? [],
      scope.updatedSince ?? "",
      scope.updatedBefore ?? "",
    ],
  );
  await checkDocuments(client, scope);
}

async function labelIds(client: pg.ClientBase, { projectId, labels }: Scope): Promise<string[]> {
  if (labels === null) return [];
  const { rows } = await client.query<{ id: string; key: string }>(
    "select id, key from label where project_id = $1 and key = any($2::text[])",
    [projectId, labels],
  );
  const unknown = labels.find((label) => !rows.some(({ key }) => key === label));
  if (unknown !== undefined)
    throw badInput(
      "label",
      `label must be the key of a label of the project, not ${JSON.stringify(unknown)}.`,
    );
  return rows.map(({ id }) => id);
}

async function checkDocuments(client: pg.ClientBase, { projectId, documentIds }: Scope): Promise<void> {
  if (documentIds === null) return;
  const { rows } = await client.query<{ id: string }>(
    "select id from document where project_id = $1 and deleted_at is null and id = any($2::uuid[])",
    [projectId, documentIds],
  );
  const unknown = documentIds.find((wanted) => !rows.some(({ id }) => id === wanted));
  if (unknown !== undefined)
    throw badInput("document", `document must be the id of a document of the project, not ${unknown}.`);
}
