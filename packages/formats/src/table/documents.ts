/** Documents out of the rows of a table: which column is what is said, or guessed from the headings. */
import { shown } from "../checks.ts";
import type { TableStart } from "../corpus.ts";
import { emptyDraft } from "../draft.ts";
import type { FilePlace, Found, TableColumns } from "../format.ts";
import { isJson, jsonMembers } from "../json-value.ts";
import { errorAt, Unreadable } from "../problem.ts";

/** What headings mean, in the order in which they are preferred. */
const TEXT = [
  "text",
  "content",
  "body",
  "fulltext",
  "full_text",
  "article",
  "document",
  "message",
  "sentence",
];
const TITLE = ["title", "headline", "heading", "name", "filename", "file"];
const SOURCE_ID = ["source_id", "sourceid", "doc_id", "document_id", "id", "url", "uri"];
const LANGUAGE = ["language", "lang", "locale"];
/** Columns of Concord's own that are no metadata by themselves. */
const OWN = new Set(["sha256", "metadata"]);

/** A row of cells and where it begins. */
export interface Row {
  cells: string[];
  place: FilePlace;
}

/**
 * Which column is what; null where none can be the text.
 * @example guessColumns(["id", "Headline", "Text", "date"])?.title // "Headline"
 */
export function guessColumns(
  headings: readonly string[],
  sample: readonly (readonly string[])[] = [],
): TableColumns | null {
  const named = (names: readonly string[]) => {
    for (const name of names) {
      const found = headings.find((heading) => heading.trim().toLowerCase() === name);
      if (found !== undefined) return found;
    }
    return null;
  };
  const text = named(TEXT) ?? longest(headings, sample);
  if (text === null) return null;
  return { text, title: named(TITLE), sourceId: named(SOURCE_ID), language: named(LANGUAGE), metadata: null };
}

/** Rows by which columns are guessed. */
const SAMPLE_ROWS = 50;
/** Rows that are shown for asking. */
const SHOWN_ROWS = 5;

/** A table's start with its columns: those that are said, and for what is left open those that are guessed. */
export function tableStart(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  said: Partial<TableColumns> | undefined,
): TableStart {
  const guess =
    said === undefined && isOfAnnotations(headings)
      ? null
      : guessColumns(headings, rows.slice(0, SAMPLE_ROWS));
  const text = said?.text ?? guess?.text;
  return {
    headings: [...headings],
    rows: rows.slice(0, SHOWN_ROWS).map((row) => [...row]),
    columns:
      text === undefined
        ? null
        : { title: null, sourceId: null, language: null, metadata: null, ...guess, ...said, text },
  };
}

/** Whether other columns could make it readable: headings of annotations never do. */
export function isWorthAsking({ headings, columns }: TableStart): boolean {
  return columns !== null || !isOfAnnotations(headings);
}

/** The column with by far the most in it. */
function longest(headings: readonly string[], sample: readonly (readonly string[])[]): string | null {
  const lengths = headings.map((_heading, index) =>
    sample.reduce((sum, row) => sum + (row[index]?.length ?? 0), 0),
  );
  const most = Math.max(...lengths);
  const isFar = most > 80 * sample.length && lengths.filter((length) => length > most / 2).length === 1;
  return isFar ? (headings[lengths.indexOf(most)] ?? null) : null;
}

/** A table of annotations or statements, as an export makes it, is none of documents. */
export function isOfAnnotations(headings: readonly string[]): boolean {
  return (
    headings[0] === "document" &&
    headings.some((heading) => heading === "start_codepoint" || heading === "target_start_codepoint")
  );
}

/**
 * Makes drafts of rows.
 * @throws Unreadable for headings without a text column
 */
export function createRowReader(
  { headings, columns }: TableStart,
  place: FilePlace,
  title: string,
): (row: Row, number: number) => Found {
  const list = headings.map(shown).join(", ");
  if (columns === null && isOfAnnotations(headings))
    throw new Unreadable(
      place,
      "This is a table of annotations without their texts: it can't be read back. Take another format for that.",
    );
  if (columns === null)
    throw new Unreadable(place, `None of the columns is known to be the text; say which: ${list}.`);
  const indexOf = (name: string | null) => (name === null ? -1 : headings.indexOf(name));
  for (const name of [
    columns.text,
    columns.title,
    columns.sourceId,
    columns.language,
    ...(columns.metadata ?? []),
  ])
    if (name !== null && !headings.includes(name))
      throw new Unreadable(place, `There is no column ${shown(name)}; there are ${list}.`);
  const at = {
    text: indexOf(columns.text),
    title: indexOf(columns.title),
    sourceId: indexOf(columns.sourceId),
    language: indexOf(columns.language),
    sha256: indexOf("sha256"),
    own: indexOf("metadata"),
  };
  const taken = new Set([at.text, at.title, at.sourceId, at.language]);
  const metadata = headings.flatMap((heading, index): [string, number][] => {
    const isWanted =
      columns.metadata === null
        ? !taken.has(index) && !OWN.has(heading) && heading.trim() !== ""
        : columns.metadata.includes(heading);
    return isWanted ? [[heading, index]] : [];
  });

  return ({ cells, place: where }, number) => {
    const refuse = (message: string): Found => ({
      kind: "document",
      document: null,
      place: where,
      problems: [errorAt(where, message)],
    });
    if (cells.length > headings.length)
      return refuse(`The row has ${cells.length} cells, and there are ${headings.length} columns.`);
    const text = cells[at.text] ?? "";
    if (text === "") return refuse(`There is nothing in the column ${shown(columns.text)}.`);
    const draft = emptyDraft(cells[at.title] || `${title} ${number}`, text, where);
    draft.sourceId = cells[at.sourceId] || null;
    draft.language = cells[at.language] || null;
    if (columns.text === "text" && /^[0-9a-f]{64}$/i.test(cells[at.sha256] ?? ""))
      draft.sha256 = cells[at.sha256] ?? null;
    const own = parsed(cells[at.own] ?? "");
    if (columns.metadata === null)
      Object.assign(
        draft.metadata,
        own ?? (at.own !== -1 && cells[at.own] ? { metadata: cells[at.own] } : {}),
      );
    for (const [key, index] of metadata) if (cells[index]) draft.metadata[key] = cells[index] ?? "";
    return { kind: "draft", draft };
  };
}

function parsed(json: string): ReturnType<typeof jsonMembers> | null {
  if (!json.startsWith("{")) return null;
  try {
    const value: unknown = JSON.parse(json);
    return isJson(value) ? jsonMembers(value) : null;
  } catch {
    return null;
  }
}
