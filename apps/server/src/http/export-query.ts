/** What `GET /projects/{id}/export` is asked for in its address. */
import { FORMATS, type FormatId, type TableName } from "@concord/formats";
import { TEAM_STATUSES, type TeamStatus } from "../document/document-status.queries.ts";
import { badInput } from "../errors.ts";
import type { CorpusLayout } from "../exchange/corpus-export.ts";
import type { Scope } from "../exchange/export-scope.ts";
import { uuid } from "../graphql/input-checks.ts";

/** The parameters of an address; one that is there several times is a list. */
export type Query = Record<string, string | string[] | undefined>;

/** What is asked for. */
export interface ExportQuery {
  format: FormatId;
  /** Of Concord's own format. */
  layout: CorpusLayout;
  scope: Scope;
  table?: TableName;
  /** In place of the file, what it leaves out, or how it begins. */
  instead: "report" | "preview" | null;
}

const LAYOUTS = ["json", "ndjson"] as const;
const TABLES = ["documents", "annotations", "statements"] as const;
const WRITTEN = FORMATS.filter(({ write }) => write !== undefined);

/** @throws BAD_USER_INPUT naming the parameter and what is accepted */
export function exportQuery(query: Query, projectId: string): ExportQuery {
  const [format, layout] = formatIn(query);
  const report = flag(query, "report", "0", "which exports, or 1, which only tells what would be left out");
  const preview = flag(query, "preview", "0", "which exports, or 1, which only shows how the export begins");
  if (report && preview) throw badInput("preview", "preview and report can't both be 1.");
  return {
    ...{ format, layout, ...tableIn(query, format) },
    instead: report ? "report" : preview ? "preview" : null,
    scope: {
      projectId,
      withArchived: flag(query, "archived", "1", "which leaves archived documents out, or 1"),
      documentIds: listIn(query, "document", (value) => uuid(value, "document")),
      statuses: listIn(query, "status", statusOf),
      labels: listIn(query, "label", (value) => value),
      annotators: listIn(query, "annotator", (value) => uuid(value, "annotator")),
      updatedSince: timeIn(query, "updatedSince"),
      updatedBefore: timeIn(query, "updatedBefore"),
    },
  };
}

function formatIn(query: Query): [FormatId, CorpusLayout] {
  const name = single(query, "format") ?? "json";
  const layout = LAYOUTS.find((one) => one === name);
  if (layout !== undefined) return ["concord", layout];
  const format = WRITTEN.find(({ id }) => id === name);
  if (format !== undefined) return [format.id, "json"];
  const names = [...LAYOUTS, ...WRITTEN.map(({ id }) => id)];
  throw badInput("format", `format must be one of ${names.join(", ")}.`);
}

function tableIn(query: Query, format: FormatId): { table?: TableName } {
  const name = single(query, "table");
  if (name === undefined) return {};
  const tabular = WRITTEN.filter(({ isTable }) => isTable).map(({ id }) => id);
  if (!tabular.includes(format))
    throw badInput("table", `table is for ${tabular.join(", ")}; leave it out for ${format}.`);
  const table = TABLES.find((one) => one === name);
  if (table === undefined) throw badInput("table", `table must be one of ${TABLES.join(", ")}.`);
  return { table };
}

function statusOf(value: string): TeamStatus {
  const status = TEAM_STATUSES.find((one) => one === value);
  if (status === undefined) throw badInput("status", `status must be one of ${TEAM_STATUSES.join(", ")}.`);
  return status;
}

function flag(query: Query, name: string, absent: "0" | "1", accepted: string): boolean {
  const value = single(query, name) ?? absent;
  if (value !== "0" && value !== "1") throw badInput(name, `${name} must be 0, ${accepted}.`);
  return value === "1";
}

/** A day, in UTC, or a moment. */
const TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;

function timeIn(query: Query, name: string): string | null {
  const value = single(query, name);
  if (value === undefined) return null;
  const time = TIME.test(value) ? new Date(value) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime()))
    throw badInput(name, `${name} must be a time such as 2026-03-12T09:30:00Z or a day such as 2026-03-12.`);
  return time.toISOString();
}

function listIn<Value>(query: Query, name: string, read: (value: string) => Value): Value[] | null {
  const value = query[name];
  if (value === undefined) return null;
  const values = [value].flat();
  if (values.includes("")) throw badInput(name, `${name} must not be empty; leave it out for all.`);
  return values.map(read);
}

function single(query: Query, name: string): string | undefined {
  const value = query[name];
  if (Array.isArray(value)) throw badInput(name, `${name} may be there once.`);
  return value;
}
