// Which column of a table becomes what. Pure.
import { isRecord, listOf, textOf } from "../json-shape.ts";

/** As the server takes and tells it; columns are named by their headings. */
export interface TableColumns {
  readonly text: string;
  readonly title: string | null;
  readonly sourceId: string | null;
  readonly language: string | null;
  /** All that are nothing else where it is null. */
  readonly metadata: readonly string[] | null;
}

const ROLES = ["text", "title", "sourceId", "language", "metadata", "none"] as const;
export type ColumnRole = (typeof ROLES)[number];

/** Of these there is at most one. */
const SINGLE = ["text", "title", "sourceId", "language"] as const;

/** Null for what are no columns. */
export function toColumns(value: unknown): TableColumns | null {
  const text = isRecord(value) ? textOf(value.text) : null;
  if (!isRecord(value) || text === null) return null;
  return {
    text,
    title: textOf(value.title),
    sourceId: textOf(value.sourceId),
    language: textOf(value.language),
    metadata: Array.isArray(value.metadata)
      ? listOf(value.metadata).filter((each) => typeof each === "string")
      : null,
  };
}

/** Null where nothing is decided yet: first of all the text has to be found. */
export function roleOf(columns: TableColumns | null, heading: string): ColumnRole | null {
  if (columns === null) return null;
  const single = SINGLE.find((role) => columns[role] === heading);
  if (single) return single;
  return columns.metadata === null || columns.metadata.includes(heading) ? "metadata" : "none";
}

/** What a column can become: all but the text can be left out, and nothing else is asked before there is a text. */
export function rolesFor(columns: TableColumns | null, heading: string): readonly ColumnRole[] {
  if (columns === null) return ["text"];
  return columns.text === heading ? ROLES.filter((role) => role === "text") : ROLES;
}

/**
 * The columns when one becomes something else. What it takes a place from becomes metadata; the text's place can't be
 * left empty, so the column there only leaves it for another one.
 */
export function withRole(
  columns: TableColumns | null,
  headings: readonly string[],
  heading: string,
  role: ColumnRole,
): TableColumns {
  if (columns === null) return { text: heading, title: null, sourceId: null, language: null, metadata: null };
  if (columns.text === heading && role !== "text") return columns;
  const roles = new Map(headings.map((each) => [each, roleOf(columns, each)]));
  for (const [each, had] of roles)
    if (had === role && SINGLE.some((single) => single === role)) roles.set(each, "metadata");
  roles.set(heading, role);
  const withThe = (wanted: ColumnRole) => headings.filter((each) => roles.get(each) === wanted);
  return {
    text: withThe("text")[0] ?? columns.text,
    title: withThe("title")[0] ?? null,
    sourceId: withThe("sourceId")[0] ?? null,
    language: withThe("language")[0] ?? null,
    metadata: withThe("metadata"),
  };
}
