// A document's metadata as rows that can be typed into, and back. What is no text is shown, and entered, as JSON.
import { t } from "../../../words/words.ts";
export interface MetadataRow {
  /** Names the row while it is being edited: keys may change. */
  readonly id: number;
  readonly key: string;
  readonly kind: "text" | "json";
  readonly value: string;
}

export type Metadata = Readonly<Record<string, unknown>>;

export function toRows(metadata: Metadata): MetadataRow[] {
  return Object.entries(metadata).map(([key, value], id) =>
    typeof value === "string"
      ? { id, key, kind: "text", value }
      : { id, key, kind: "json", value: JSON.stringify(value) },
  );
}

export function addRow(rows: readonly MetadataRow[]): MetadataRow[] {
  const id = Math.max(-1, ...rows.map((row) => row.id)) + 1;
  return [...rows, { id, key: "", kind: "text", value: "" }];
}

/** A row that was added and left alone; it is not kept. */
const isUntouched = ({ key, value }: MetadataRow) => key.trim() === "" && value.trim() === "";

export interface RowProblem {
  readonly of: "key" | "value";
  readonly message: string;
}

function problemOfRow(row: MetadataRow, rows: readonly MetadataRow[]): RowProblem | null {
  const key = row.key.trim();
  if (key === "") return { of: "key", message: t("documents:metadata.needsName") };
  const isTaken = rows.some((other) => other.id < row.id && other.key.trim() === key);
  if (isTaken) return { of: "key", message: t("documents:metadata.nameTaken") };
  if (row.kind === "text") return null;
  try {
    JSON.parse(row.value);
    return null;
  } catch {
    return { of: "value", message: t("documents:metadata.notJson") };
  }
}

/** What stands in the way of saving, by the row's id. */
export function problemsOf(rows: readonly MetadataRow[]): ReadonlyMap<number, RowProblem> {
  const problems = new Map<number, RowProblem>();
  for (const row of rows) {
    const problem = isUntouched(row) ? null : problemOfRow(row, rows);
    if (problem) problems.set(row.id, problem);
  }
  return problems;
}

/** @throws SyntaxError where `problemsOf` names a value. */
export function fromRows(rows: readonly MetadataRow[]): Metadata {
  const kept = rows.filter((row) => !isUntouched(row));
  return Object.fromEntries(
    kept.map(({ key, kind, value }): [string, unknown] => [
      key.trim(),
      kind === "text" ? value : JSON.parse(value),
    ]),
  );
}
