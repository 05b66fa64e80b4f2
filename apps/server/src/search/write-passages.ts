/** Makes documents searchable: reads their texts and writes their passages. */
import type pg from "pg";
import { passagesOf } from "./passages.ts";
import { parserForm, plainForm } from "./search-text.ts";
import { configOf } from "./text-language.ts";

/** Goes up with each change to what passages are or hold: all are made again then. */
const METHOD = 1;

/** Whether a document `d` with its `searchable_document s`, if any, has to be made searchable. */
export const IS_PENDING = `(s.document_id is null or s.method <> ${METHOD} or s.language is distinct from d.language)`;

/** Passages of one statement. */
const STATEMENT = 200;

interface SearchedDocument {
  id: string;
  projectId: string;
  position: string;
  language: string | null;
  text: string;
}

/**
 * Makes these documents searchable, all or none; skips those that somebody else has at hand or has done.
 * @param signal ends it early; nothing is done then
 * @returns how many were done
 */
export async function writePassages(
  pool: pg.Pool,
  documentIds: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const client = await pool.connect();
  let isSound = false;
  try {
    await client.query("begin");
    // What a crash loses is made again.
    await client.query("set local synchronous_commit = off");
    const locked = await client.query<{ id: string }>(
      "select id from unnest($1::uuid[]) id where pg_try_advisory_xact_lock(hashtextextended(id::text, 7236114))",
      [documentIds],
    );
    // Locked, so that none is removed for good meanwhile. What somebody else has at hand is left for the next time:
    // waiting for a project that is being removed, while that waits for this, would end one of the two.
    const { rows } = await client.query<SearchedDocument>(
      `select d.id, d.project_id as "projectId", d.position, d.language, d.text
       from document d left join searchable_document s on s.document_id = d.id
       where d.id = any($1::uuid[]) and ${IS_PENDING}
       for key share of d skip locked`,
      [locked.rows.map(({ id }) => id)],
    );
    for (const document of rows) await writeDocument(client, document, signal);
    await client.query("commit");
    isSound = true;
    return rows.length;
  } finally {
    // Closed where it failed, which undoes what was begun.
    client.release(!isSound);
  }
}

interface PassageRow {
  start: number;
  end: number;
  plain: string;
  /** Null where it is the plain form. */
  exact: string | null;
  parsed: string | null;
}

/** The passages of a text, as many at a time as one statement takes. */
function* rowsOf(text: string): Generator<PassageRow[], void, undefined> {
  let rows: PassageRow[] = [];
  for (const { start, end, text: exact } of passagesOf(text)) {
    const plain = plainForm(exact);
    const parsed = parserForm(plain);
    rows.push({
      start,
      end,
      plain,
      exact: exact === plain ? null : exact,
      parsed: parsed === plain ? null : parsed,
    });
    if (rows.length < STATEMENT) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

async function writeDocument(
  client: pg.ClientBase,
  document: SearchedDocument,
  signal: AbortSignal,
): Promise<void> {
  const { id, projectId, language, text } = document;
  const config = configOf(language);
  await client.query("delete from passage where document_id = $1", [id]);
  for (const batch of rowsOf(text)) {
    signal.throwIfAborted();
    await client.query({
      name: "write_passages",
      text: `insert into passage (document_id, project_id, position, config, start, "end", text, exact, words)
        select $1::uuid, $2::uuid, $3::bigint, $4::text, p.start, p."end", p.text, p.exact,
          to_tsvector($4::text::regconfig, coalesce(p.parsed, p.text))
        from unnest($5::int[], $6::int[], $7::text[], $8::text[], $9::text[]) p(start, "end", text, exact, parsed)`,
      values: [
        ...[id, projectId, document.position, config],
        batch.map(({ start }) => start),
        batch.map(({ end }) => end),
        batch.map(({ plain }) => plain),
        batch.map(({ exact }) => exact),
        batch.map(({ parsed }) => parsed),
      ],
    });
  }
  await client.query(
    `insert into searchable_document (document_id, project_id, language, config, method)
     values ($1, $2, $3, $4, ${METHOD})
     on conflict (document_id) do update set language = excluded.language, config = excluded.config, method = excluded.method`,
    [id, projectId, language, config],
  );
}
