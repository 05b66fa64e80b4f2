/**
 * Reads a corpus in the order and, where it pays, in the very bytes of the export. All of it in SQL: an export reads
 * every row of a project, and PostgreSQL writes a row as JSON several times faster than it hands over its columns.
 */
import { canonicalJson, type JsonValue } from "@concord/core";
import type pg from "pg";

/** The project's own words. */
export interface CorpusProject {
  name: string;
  description: string;
  guidelines: string;
}

/** A label; `attributes` as stored, its keys in no order. */
export interface CorpusLabel {
  id: string;
  key: string;
  name: string;
  color: string;
  shortcut: string | null;
  description: string;
  parent: string | null;
  archivedAt: string | null;
  attributes: unknown;
}

/** A relation type with the keys of the labels at its ends. */
export interface CorpusRelationType {
  id: string;
  key: string;
  name: string;
  sourceLabels: string[];
  targetLabels: string[];
}

/** Somebody whom the corpus names. */
export interface CorpusUser {
  id: string;
  name: string;
}

/** What is to be read. */
export interface Wanted {
  projectId: string;
  /** Archived documents too. */
  withArchived: boolean;
}

/** A document with the layer that everybody shares. */
export interface CorpusDocument {
  id: string;
  /** The import order; a bigint, hence text. */
  position: string;
  layerId: string | null;
  sourceId: string | null;
  title: string;
  language: string | null;
  metadata: JsonValue;
  createdAt: string;
  text: string;
  sha256: string;
}

/** Rows of one document that follow each other, each as JSON. */
export interface CorpusRun {
  /** The document's place in its batch, from 0. */
  ordinal: number;
  lines: string[];
}

/** What hangs on a document. */
export type CorpusPart = "annotations" | "relations" | "comments";

/** So that a batch's texts stay in memory together with what is made of them. */
const BATCH_DOCUMENTS = 100;
const BATCH_CODE_POINTS = 1_000_000;

/** Rows a fetch: as many as make about this many UTF-16 units, since a quote can be as long as the text. */
const PAGE_LENGTH = 1_000_000;
const FIRST_PAGE_ROWS = 200;
const MAX_PAGE_ROWS = 2_000;

/** A time column as `Date.toISOString` gives it. */
function time(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** From here to the end of the transaction everything is read as it is now. */
export async function beginSnapshot(client: pg.ClientBase): Promise<void> {
  await client.query("begin isolation level repeatable read read only");
  // Compiling a statement takes longer than a batch, and it would be done for each.
  await client.query("set local jit = off");
}

/**
 * For what is read batch by batch: however small a batch is against its table, the planner tends to read the whole
 * table, a hundred times over in a corpus of a hundred batches.
 */
export async function preferIndexes(client: pg.ClientBase): Promise<void> {
  await client.query("set local enable_seqscan = off");
  // Cursors are planned for the first tenth of their rows; these are read to the end.
  await client.query("set local cursor_tuple_fraction = 1");
}

/** The project, if there is one that is not deleted. */
export async function readProject(
  client: pg.ClientBase,
  projectId: string,
): Promise<CorpusProject | undefined> {
  const sql = "select name, description, guidelines from project where id = $1 and deleted_at is null";
  return (await client.query<CorpusProject>(sql, [projectId])).rows[0];
}

/** All labels in codebook order, archived ones too: annotations keep them. */
export async function readLabels(client: pg.ClientBase, projectId: string): Promise<CorpusLabel[]> {
  const sql = `
    select l.id, l.key, l.name, l.color::text, l.shortcut, l.description, parent.key as parent,
      ${time("l.archived_at")} as "archivedAt", l.attributes
    from label l left join label parent on parent.id = l.parent_id
    where l.project_id = $1 order by l.position, l.id`;
  return (await client.query<CorpusLabel>(sql, [projectId])).rows;
}

/** All relation types in codebook order, the labels at their ends too. */
export async function readRelationTypes(
  client: pg.ClientBase,
  projectId: string,
): Promise<CorpusRelationType[]> {
  const labelsAt = (end: "SOURCE" | "TARGET") => `
    array(select l.key from relation_type_end e join label l on l.id = e.label_id
      where e.relation_type_id = t.id and e."end" = '${end}' order by l.position, l.id)`;
  const sql = `
    select t.id, t.key, t.name, ${labelsAt("SOURCE")} as "sourceLabels", ${labelsAt("TARGET")} as "targetLabels"
    from relation_type t where t.project_id = $1 order by t.position, t.id`;
  return (await client.query<CorpusRelationType>(sql, [projectId])).rows;
}

/** Exactly those people who are named in what is exported, by id. */
export async function readUsers(
  client: pg.ClientBase,
  { projectId, withArchived }: Wanted,
): Promise<CorpusUser[]> {
  const sql = `
    with place as materialized (
      select l.id from layer l join document d on d.id = l.document_id
      where d.project_id = $1 and d.deleted_at is null and l.kind = 'SHARED' and ($2 or d.archived_at is null)),
    author as (
      select distinct a.created_by, a.updated_by from annotation a
      where a.layer_id in (select id from place) and a.deleted_at is null)
    select p.id, p.name from person p where p.id in (
      select created_by from author
      union select updated_by from author
      union select r.created_by from relation r
        where r.layer_id in (select id from place) and r.deleted_at is null
      union select c.author_id from comment c
        where c.layer_id in (select id from place) and c.deleted_at is null)
    order by p.id`;
  return (await client.query<CorpusUser>(sql, [projectId, withArchived])).rows;
}

/** The documents after one, in import order: as many as fit into memory well, none at the end. */
export async function readDocuments(
  client: pg.ClientBase,
  { projectId, withArchived }: Wanted,
  after: CorpusDocument | undefined,
): Promise<CorpusDocument[]> {
  const sql = `
    with page as (
      select d.id, d.position, d.length from document d
      where d.project_id = $1 and d.deleted_at is null and (d.position, d.id) > ($2::bigint, $3::uuid)
        and ($4 or d.archived_at is null)
      order by d.position, d.id limit ${BATCH_DOCUMENTS}),
    batch as (
      select id, sum(length) over (order by position, id) - length as before from page)
    select d.id, d.position::text, l.id as "layerId", d.source_id as "sourceId", d.title, d.language, d.metadata,
      ${time("d.created_at")} as "createdAt", d.text, encode(d.sha256, 'hex') as sha256
    from batch join document d on d.id = batch.id left join layer l on l.document_id = d.id and l.kind = 'SHARED'
    where batch.before < ${BATCH_CODE_POINTS}
    order by d.position, d.id`;
  const start = after ?? { position: "-9223372036854775808", id: "00000000-0000-0000-0000-000000000000" };
  return (await client.query<CorpusDocument>(sql, [projectId, start.position, start.id, withArchived])).rows;
}

/** Each part's rows for the layers in $1, as text with the keys in the contract's order. */
const PART_SQL: Record<CorpusPart, string> = {
  annotations: `
    select place.n::int - 1, row_to_json(line)::text, a.attributes <> '{}'
    from unnest($1::uuid[]) with ordinality as place(layer_id, n)
    join annotation a on a.layer_id = place.layer_id and a.deleted_at is null
    join span s on s.id = a.span_id
    join label on label.id = a.label_id
    cross join lateral (select a.id, label.key as label,
      case cardinality(s.fragments) when 2 then array[s.fragments] else array(
        select array[s.fragments[i], s.fragments[i + 1]]
        from generate_series(1, cardinality(s.fragments), 2) as i order by i) end as fragments,
      s.quote, a.attributes, a.note, a.origin, a.created_by as "createdBy", ${time("a.created_at")} as "createdAt",
      a.updated_by as "updatedBy", ${time("a.updated_at")} as "updatedAt", a.version) as line
    order by place.n, a.start, a."end", a.id`,
  relations: `
    select place.n::int - 1, row_to_json(line)::text, false
    from unnest($1::uuid[]) with ordinality as place(layer_id, n)
    join relation r on r.layer_id = place.layer_id and r.deleted_at is null
    join relation_type t on t.id = r.type_id
    cross join lateral (select r.id, t.key as type, r.source_id as source, r.target_id as target,
      r.created_by as "createdBy", ${time("r.created_at")} as "createdAt") as line
    order by place.n, r.id`,
  comments: `
    select place.n::int - 1, row_to_json(line)::text, false
    from unnest($1::uuid[]) with ordinality as place(layer_id, n)
    join comment c on c.layer_id = place.layer_id and c.deleted_at is null
    cross join lateral (select c.id, c.annotation_id as annotation, c.body, c.author_id as "createdBy",
      ${time("c.created_at")} as "createdAt", ${time("c.updated_at")} as "updatedAt",
      ${time("c.resolved_at")} as "resolvedAt") as line
    order by place.n, c.id`,
};

/** Document in the batch, row as JSON, whether its keys have to be put in order. */
type LineRow = [ordinal: number, line: string, unordered: boolean];

/** One part of all documents of a batch, in their order; a cursor keeps what is not yet wanted on the server. */
export async function* readPart(
  client: pg.ClientBase,
  part: CorpusPart,
  layerIds: readonly (string | null)[],
): AsyncGenerator<CorpusRun, void, undefined> {
  await client.query(`declare ${part} no scroll cursor for ${PART_SQL[part]}`, [layerIds]);
  for (let size = FIRST_PAGE_ROWS; ; ) {
    const page = await client.query<LineRow>({ text: `fetch ${size} from ${part}`, rowMode: "array" });
    yield* runsOf(page.rows);
    if (page.rows.length < size) break;
    size = nextSize(page.rows);
  }
  await client.query(`close ${part}`);
}

function runsOf(rows: readonly LineRow[]): CorpusRun[] {
  const runs: CorpusRun[] = [];
  for (const [ordinal, line, unordered] of rows) {
    let run = runs.at(-1);
    if (run?.ordinal !== ordinal) {
      run = { ordinal, lines: [] };
      runs.push(run);
    }
    run.lines.push(unordered ? orderedMembers(line) : line);
  }
  return runs;
}

/** The row with its own keys as they are, those of the objects in it by code point, numbers as JavaScript prints them. */
function orderedMembers(line: string): string {
  const row: Record<string, JsonValue> = JSON.parse(line);
  const members = Object.entries(row).map(([key, value]) => `${JSON.stringify(key)}:${canonicalJson(value)}`);
  return `{${members.join(",")}}`;
}

function nextSize(rows: readonly LineRow[]): number {
  const length = rows.reduce((sum, [, line]) => sum + line.length, 0);
  const fitting = Math.floor((PAGE_LENGTH * rows.length) / length);
  return Math.min(Math.max(fitting, 1), MAX_PAGE_ROWS);
}
