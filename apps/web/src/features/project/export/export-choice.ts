// What is to be exported: as the page's address says, so that it can be shared, and as the server is asked. Pure.
import type { WorkStatus } from "../../../gql/graphql.ts";
import { dayIn, idIn, startOfDay } from "../address-values.ts";

export const TABLES = ["documents", "annotations", "statements"] as const;
export type Table = (typeof TABLES)[number];

export const STATUSES = ["NEW", "IN_PROGRESS", "DONE"] as const satisfies readonly WorkStatus[];

const STATUS_PARAMETERS: Readonly<Record<WorkStatus, string>> = {
  NEW: "new",
  IN_PROGRESS: "inProgress",
  DONE: "done",
};

export interface ExportChoice {
  /** One of the server's formats. */
  readonly format: string;
  /** Only for formats of rows and columns. */
  readonly table: Table;
  readonly documents: readonly string[];
  /** Keys. */
  readonly labels: readonly string[];
  readonly annotators: readonly string[];
  readonly statuses: readonly WorkStatus[];
  /** The first and the last day on which an annotation was changed: 2026-03-09. */
  readonly from: string | null;
  readonly to: string | null;
  readonly leavesOutArchived: boolean;
}

export const EVERYTHING: ExportChoice = {
  format: "json",
  table: "documents",
  documents: [],
  labels: [],
  annotators: [],
  statuses: [],
  from: null,
  to: null,
  leavesOutArchived: false,
};

/** Whether annotations are left out; documents may be all there. */
export function narrowsAnnotations({ labels, annotators, from, to }: ExportChoice): boolean {
  return labels.length > 0 || annotators.length > 0 || from !== null || to !== null;
}

export function isNarrowed(choice: ExportChoice): boolean {
  return (
    narrowsAnnotations(choice) ||
    choice.documents.length > 0 ||
    choice.statuses.length > 0 ||
    choice.leavesOutArchived
  );
}

/** The same format of everything. */
export function widened({ format, table }: ExportChoice): ExportChoice {
  return { ...EVERYTHING, format, table };
}

export function choiceFromAddress(parameters: URLSearchParams): ExportChoice {
  const ids = (name: string) => parameters.getAll(name).filter((id) => idIn(id) !== null);
  const statuses = parameters.getAll("status");
  return {
    format: parameters.get("format") ?? EVERYTHING.format,
    table: TABLES.find((table) => table === parameters.get("table")) ?? EVERYTHING.table,
    documents: ids("document"),
    labels: parameters.getAll("label").filter((key) => key !== ""),
    annotators: ids("annotator"),
    statuses: STATUSES.filter((status) => statuses.includes(STATUS_PARAMETERS[status])),
    from: dayIn(parameters.get("from")),
    to: dayIn(parameters.get("to")),
    leavesOutArchived: parameters.get("archived") === "0",
  };
}

/** What both addresses say alike. */
function shared(choice: ExportChoice): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const id of choice.documents) parameters.append("document", id);
  for (const key of choice.labels) parameters.append("label", key);
  for (const id of choice.annotators) parameters.append("annotator", id);
  for (const status of choice.statuses) parameters.append("status", STATUS_PARAMETERS[status]);
  if (choice.leavesOutArchived) parameters.append("archived", "0");
  return parameters;
}

export function choiceToAddress(choice: ExportChoice): URLSearchParams {
  const parameters = new URLSearchParams();
  if (choice.format !== EVERYTHING.format) parameters.set("format", choice.format);
  if (choice.table !== EVERYTHING.table) parameters.set("table", choice.table);
  for (const [name, value] of shared(choice)) parameters.append(name, value);
  if (choice.from !== null) parameters.set("from", choice.from);
  if (choice.to !== null) parameters.set("to", choice.to);
  return parameters;
}

/** What the server is asked for; days are those of this place. */
export function exportPath(projectId: string, choice: ExportChoice, hasTables: boolean): string {
  const parameters = new URLSearchParams({ format: choice.format });
  if (hasTables) parameters.set("table", choice.table);
  for (const [name, value] of shared(choice)) parameters.append(name, value);
  const since = choice.from && startOfDay(choice.from);
  const before = choice.to && startOfDay(choice.to, 1);
  if (since) parameters.set("updatedSince", since.toISOString());
  if (before) parameters.set("updatedBefore", before.toISOString());
  return `/projects/${encodeURIComponent(projectId)}/export?${parameters}`;
}

/** The same as a line for a terminal. The address holds nothing that a shell would take for its own within quotes. */
export function curlLineOf(origin: string, path: string): string {
  return [
    `curl --fail --remote-name --remote-header-name \\`,
    `  -H "Authorization: Bearer $CONCORD_TOKEN" \\`,
    `  "${origin}${path}"`,
  ].join("\n");
}

/** A word as a shell takes it to the letter. */
const quoted = (word: string) =>
  /^[\w.:/@-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** The same with the command line, which asks at the same address. */
export function commandLineOf(origin: string, path: string, fileName: string): string {
  const { pathname, searchParams } = new URL(path, origin);
  const projectId = decodeURIComponent(pathname.split("/")[2] ?? "");
  // Its options are called as the address' parameters are.
  const options = [...searchParams].map(([name, value]) =>
    name === "archived"
      ? "--no-archived"
      : `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${quoted(value)}`,
  );
  return [
    `CONCORD_URL=${quoted(origin)} concord export ${quoted(projectId)}`,
    ...[`--output ${quoted(fileName)}`, ...options].map((option) => `  ${option}`),
  ].join(" \\\n");
}

/** What names of files end in where that is not their format's own name. */
const ENDINGS: Readonly<Record<string, string>> = { doccano: "jsonl", labelstudio: "json" };

/** What the name of a format's file ends in. */
export function endingOf({ id, isBundle }: { readonly id: string; readonly isBundle: boolean }): string {
  if (isBundle) return "zip";
  return ENDINGS[id] ?? id;
}
