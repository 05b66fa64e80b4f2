// A corpus out and in by COPY alone: what the database and one process can do that checks and promises nothing.
import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import type { corpusDocument } from "../support/corpus.ts";

async function connected<Answer>(url: string, work: (client: pg.Client) => Promise<Answer>): Promise<Answer> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Each annotation with its span, as JSON in text order; their length in bytes. */
export const copyOut = (url: string, projectId: string): Promise<number> =>
  connected(url, async (client) => {
    const rows = client.query(
      copyTo(`copy (
        select row_to_json(line) from annotation a join span s on s.id = a.span_id join label l on l.id = a.label_id
        cross join lateral (select a.id, l.key, s.fragments, s.quote, a.attributes, a.note, a.origin, a.created_by,
          a.created_at, a.updated_by, a.updated_at, a.version) line
        where a.project_id = '${projectId}' order by a.layer_id, a.start, a."end", a.id) to stdout`),
    );
    let bytes = 0;
    rows.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    await once(rows, "end");
    return bytes;
  });

type Line = ReturnType<typeof corpusDocument>;

const field = (value: unknown) =>
  String(value).replace(
    /[\\\t\n\r]/g,
    (sign) => `\\${{ "\\": "\\", "\t": "t", "\n": "n", "\r": "r" }[sign]}`,
  );
const row = (...values: unknown[]) => `${values.map(field).join("\t")}\n`;

/** So many documents' rows a COPY, as a batch of an import has. */
const BATCH = 5;

/** Rows of one table after another, each by a COPY of its own. */
async function copyRows(
  client: pg.Client,
  rows: Record<string, string[]>,
  columns: Record<string, string>,
): Promise<void> {
  await client.query("begin");
  for (const [name, lines] of Object.entries(rows))
    await pipeline(
      Readable.from(lines),
      client.query(copyFrom(`copy ${name} (${columns[name]}) from stdin`)),
    );
  await client.query("commit");
}

const COLUMNS = {
  document: "id, project_id, title, text, length, sha256, language, metadata, created_at",
  layer: "id, document_id, project_id, kind",
  span: 'id, document_id, start, "end", fragments, quote, prefix, suffix',
  annotation:
    'id, project_id, document_id, layer_id, span_id, start, "end", label_id, attributes, note, created_by, created_at, updated_by, updated_at',
};

/** Parses the file and copies it, under new ids, as the one person's work that the project has. */
export const copyIn = (url: string, projectId: string, file: AsyncIterable<Uint8Array>): Promise<void> =>
  connected(url, async (client) => {
    const { rows: labels } = await client.query<{ key: string; id: string }>(
      "select key, id from label where project_id = $1",
      [projectId],
    );
    const labelIds = new Map(labels.map(({ key, id }) => [key, id]));
    const { rows: people } = await client.query<{ id: string }>("select id from person order by id limit 1");
    const personId = people[0]?.id;
    let batch: Record<keyof typeof COLUMNS, string[]> = { document: [], layer: [], span: [], annotation: [] };
    let isHeader = true;
    for await (const text of createInterface({ input: Readable.from(file) })) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      const document: Line = JSON.parse(text);
      const [id, layerId] = [randomUUID(), randomUUID()];
      const { title, language, metadata, createdAt } = document;
      batch.document.push(
        row(
          id,
          projectId,
          title,
          document.text,
          document.text.length,
          `\\x${createHash("sha256").update(document.text).digest("hex")}`,
          language,
          JSON.stringify(metadata),
          createdAt,
        ),
      );
      batch.layer.push(row(layerId, id, projectId, "SHARED"));
      for (const { label, fragments, attributes, note, ...one } of document.annotations) {
        const [start, end] = [fragments[0]?.[0] ?? 0, fragments.at(-1)?.[1] ?? 0];
        const spanId = randomUUID();
        const quote = document.text.slice(start, end);
        batch.span.push(row(spanId, id, start, end, `{${fragments.flat().join(",")}}`, quote, "", ""));
        batch.annotation.push(
          row(
            randomUUID(),
            projectId,
            id,
            layerId,
            spanId,
            start,
            end,
            labelIds.get(label ?? ""),
            JSON.stringify(attributes),
            note,
            personId,
            one.createdAt,
            personId,
            one.updatedAt,
          ),
        );
      }
      if (batch.document.length < BATCH) continue;
      await copyRows(client, batch, COLUMNS);
      batch = { document: [], layer: [], span: [], annotation: [] };
    }
    await copyRows(client, batch, COLUMNS);
  });
