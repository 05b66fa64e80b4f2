// What Concord is measured against: node:http and pg, one prepared statement by which PostgreSQL makes the whole answer.
// Knows nobody and checks nothing. `/DOCUMENT_ID`; the address of the database is the first argument.
import { createServer } from "node:http";
import pg from "pg";

const time = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const person = (alias: string) => `json_build_object('id', ${alias}.id, 'name', ${alias}.name)`;

const STATEMENT = `
  select json_build_object('data', json_build_object('document', json_build_object(
    'id', d.id, 'title', d.title, 'text', d.text, 'language', d.language, 'metadata', d.metadata,
    'createdAt', ${time("d.created_at")}, 'revision', l.revision,
    'annotations', json_build_object('nodes', (
      select coalesce(json_agg(json_build_object(
        'id', a.id, 'version', a.version, 'note', a.note, 'attributes', a.attributes, 'origin', a.origin,
        'createdAt', ${time("a.created_at")}, 'updatedAt', ${time("a.updated_at")},
        'label', json_build_object('id', b.id, 'name', b.name),
        'span', json_build_object('quote', s.quote, 'fragments', (
          select json_agg(json_build_object('start', s.fragments[i], 'end', s.fragments[i + 1]))
          from generate_series(1, cardinality(s.fragments), 2) i)),
        'createdBy', ${person("c")}, 'updatedBy', ${person("u")}
      ) order by a.start, a."end", a.id), '[]')
      from annotation a
      join span s on s.id = a.span_id
      join label b on b.id = a.label_id
      join person c on c.id = a.created_by
      join person u on u.id = a.updated_by
      where a.layer_id = l.id and a.deleted_at is null))
  )))::text as answer
  from document d join layer l on l.document_id = d.id and l.kind = 'SHARED'
  where d.id = $1`;

const pool = new pg.Pool({ connectionString: process.argv[2], max: 10 });

const server = createServer(async (request, response) => {
  const { rows } = await pool.query<{ answer: string }>({
    name: "document",
    text: STATEMENT,
    values: [request.url?.slice(1)],
  });
  const body = Buffer.from(rows[0]?.answer ?? "");
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") process.send?.({ url: `http://127.0.0.1:${address?.port}` });
});
