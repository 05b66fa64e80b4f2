/**
 * Reads what hangs on documents in the very bytes of the export. PostgreSQL makes each row's JSON, and COPY hands it over:
 * a row that went through the driver and through JavaScript's strings would cost several times as much.
 */
import { canonicalJson, type JsonValue } from "@concord/core";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { DocumentRow } from "./export-documents.queries.ts";
import { annotationConditions, type Scope, setting, whereAmongThem } from "./export-scope.ts";

/** What hangs on a document, in the order in which it has it. */
export const PARTS = ["annotations", "relations", "comments"] as const;

/** The next of what one document has of one part: members of a list, or its end. */
export type PartPiece = { kind: "rows"; bytes: Buffer } | { kind: "end" };

/** What the line of a list's end starts with, one of a row, and one of a row whose attributes are still to be put in order. */
const END = "]";
const ROW = "{";
const UNORDERED = "!";

/** A time as `Date.toISOString` has it, in quotes: a microsecond more is printed to the sixth digit, whatever the time. */
const time = (column: string) => `left(to_json(${column} + interval '1 microsecond')::text, 24) || 'Z"'`;

const optionalTime = (column: string) => `coalesce(${time(column)}, 'null')`;

/** Pairs of numbers. One pair is nearly always all there is, and an annotation has it beside the span. */
const FRAGMENTS = `
  case cardinality(a.fragments) when 2 then '[[' || a.start || ',' || a."end" || ']]' else
    array_to_json(array(select array[a.fragments[i], a.fragments[i + 1]]
      from generate_series(1, cardinality(a.fragments), 2) as i order by i))::text end`;

/** The rows of each part of the document `place`, as one line of JSON each, in their order. Keys are in the contract's order. */
function rowsOf(scope: Scope): Record<(typeof PARTS)[number], string> {
  return {
    // Sorted before they are made, since they are ten times as long then. Spans by their document: a table of them in
    // memory is twice as fast as looking up one after another.
    annotations: `
      select case a.attributes when '{}' then '' else '${UNORDERED}' end || '{"id":"' || a.id || '","label":' || a.label
        || ',"fragments":' || ${FRAGMENTS} || ',"quote":' || to_json(a.quote) || ',"attributes":' || a.attributes
        || ',"note":' || to_json(a.note) || ',"origin":"' || a.origin || '","createdBy":"' || a.created_by
        || '","createdAt":' || ${time("a.created_at")} || ',"updatedBy":"' || a.updated_by
        || '","updatedAt":' || ${time("a.updated_at")} || ',"version":' || a.version || '}' as line
      from (
        select a.*, s.fragments, s.quote, to_json(label.key) as label
        from annotation a
        join span s on s.id = a.span_id and s.document_id = place.document_id
        join label on label.id = a.label_id
        where a.layer_id = place.layer_id and ${annotationConditions(scope)}
        order by a.start, a."end", a.id) a`,
    relations: `
      select '{"id":"' || r.id || '","type":' || to_json(t.key) || ',"source":"' || r.source_id || '","target":"'
        || r.target_id || '","createdBy":"' || r.created_by || '","createdAt":' || ${time("r.created_at")} || '}'
      from relation r join relation_type t on t.id = r.type_id
      where r.layer_id = place.layer_id and r.deleted_at is null ${whereAmongThem(scope, "r", "source_id", "target_id")}
      order by r.id`,
    comments: `
      select '{"id":"' || c.id || '","annotation":"' || c.annotation_id || '","body":' || to_json(c.body)
        || ',"createdBy":"' || c.author_id || '","createdAt":' || ${time("c.created_at")}
        || ',"updatedAt":' || ${time("c.updated_at")} || ',"resolvedAt":' || ${optionalTime("c.resolved_at")} || '}'
      from comment c
      where c.layer_id = place.layer_id and c.deleted_at is null ${whereAmongThem(scope, "c", "annotation_id")}
      order by c.id`,
  };
}

/** What a batch's documents and layers are told by. */
const PLACES = `(
  select * from unnest(${setting("batch", "uuid[]")}::uuid[], ${setting("layers", "uuid[]")}::uuid[])
    with ordinality as place(document_id, layer_id, n) order by n) place`;

/**
 * All parts of a batch's documents, one document after the other, in lists of pieces that came together. Who stops early
 * leaves the connection in the middle of COPY, good for nothing more.
 */
export async function* readParts(
  client: pg.ClientBase,
  scope: Scope,
  documents: readonly DocumentRow[],
): AsyncGenerator<PartPiece[], void, undefined> {
  await client.query(
    `select set_config('concord.batch', $1::uuid[]::text, true), set_config('concord.layers', $2::uuid[]::text, true),
       set_config('enable_hashjoin', 'on', true)`,
    [documents.map(({ id }) => id), documents.map(({ layerId }) => layerId)],
  );
  const rows = rowsOf(scope);
  const lists = PARTS.map((part) => `(${rows[part]}) union all select '${END}'`).join(" union all ");
  // As CSV with signs that JSON never has as they are, so that no line is escaped.
  const statement = `copy (select part.line from ${PLACES} cross join lateral (${lists}) part)
    to stdout (format csv, delimiter e'\\x02', quote e'\\x01')`;
  const lines = new Lines();
  for await (const chunk of client.query(copyTo(statement))) {
    const pieces = lines.take(chunk);
    if (pieces.length > 0) yield pieces;
  }
  await client.query("set local enable_hashjoin = off");
}

const LINE_FEED = 0x0a;
const COMMA = 0x2c;
const [AT_END, AT_ROW] = [END.charCodeAt(0), ROW.charCodeAt(0)];

/** Lines out of a stream of bytes, which is written into: rows that follow each other become one piece. */
class Lines {
  #rest: Buffer = Buffer.alloc(0);

  take(chunk: Buffer): PartPiece[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const pieces: PartPiece[] = [];
    /** Where the rows begin that are not yet a piece, and where the line begins that is looked at. */
    let [from, at] = [0, 0];
    const addRows = () => {
      if (at > from) pieces.push({ kind: "rows", bytes: bytes.subarray(from, at - 1) });
    };
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, at)) {
      const sign = bytes[at];
      if (sign === AT_ROW) bytes[end] = COMMA;
      else {
        addRows();
        if (sign === AT_END) pieces.push({ kind: "end" });
        else pieces.push({ kind: "rows", bytes: inOrder(bytes.toString("utf8", at + 1, end)) });
        from = end + 1;
      }
      at = end + 1;
    }
    addRows();
    this.#rest = bytes.subarray(at);
    return pieces;
  }
}

/** A row with the keys inside its attributes by code point, and numbers as JavaScript prints them. */
function inOrder(json: string): Buffer {
  const row: Record<string, JsonValue> = JSON.parse(json);
  const members = Object.entries(row).map(([key, value]) => `${JSON.stringify(key)}:${canonicalJson(value)}`);
  return Buffer.from(`{${members.join(",")}}`);
}
