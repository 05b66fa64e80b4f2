// What Concord is measured against: the same statements by hand, one transaction for each write, a connection each.
import { createHash, randomUUID } from "node:crypto";
import pg from "pg";
import { type Client, type Order, placeOf, TEXT, writeFor } from "./order.ts";

/** A UUID of the place, as any program would make one. */
function spanIdOf(documentId: string, start: number, end: number): string {
  const hex = createHash("sha256").update(`${documentId}:${start}-${end}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function write(db: pg.Client, client: Client, place: { start: number; end: number }, mutation: string) {
  const { documentId, layerId, projectId, labelId, personId } = client;
  await db.query("begin");
  const { rows: layers } = await db.query<{ revision: number }>({
    name: "lock",
    text: "select revision from layer where id = $1 for update",
    values: [layerId],
  });
  const { rows: labels } = await db.query<{ id: string; length: number }>({
    name: "read",
    text: `select l.id, l.attributes, l.archived_at, d.length, m.role from label l join document d on d.id = $2
      join membership m on m.project_id = d.project_id and m.person_id = $3
      where l.id = $1 and l.project_id = d.project_id`,
    values: [labelId, documentId, personId],
  });
  const [label] = labels;
  if (label === undefined || place.end > label.length) throw new Error("nothing to annotate");
  const spanId = spanIdOf(documentId, place.start, place.end);
  await db.query({
    name: "span",
    text: `insert into span (id, document_id, start, "end", fragments, quote, prefix, suffix)
      values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    values: [
      spanId,
      documentId,
      place.start,
      place.end,
      [place.start, place.end],
      TEXT.slice(place.start, place.end),
      TEXT.slice(Math.max(0, place.start - 32), place.start),
      TEXT.slice(place.end, place.end + 32),
    ],
  });
  const now = new Date();
  const annotation = {
    id: randomUUID(),
    projectId,
    documentId,
    layerId,
    spanId,
    ...place,
    labelId,
    attributes: {},
    note: "",
    origin: "HUMAN",
    createdBy: personId,
    createdAt: now,
    updatedBy: personId,
    updatedAt: now,
    version: 1,
    deletedAt: null,
  };
  await db.query({
    name: "annotation",
    text: `insert into annotation (id, project_id, document_id, layer_id, span_id, start, "end", label_id, attributes, note,
        created_by, created_at, updated_by, updated_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11, $12)`,
    values: [
      annotation.id,
      projectId,
      documentId,
      layerId,
      spanId,
      place.start,
      place.end,
      labelId,
      "{}",
      "",
      personId,
      now,
    ],
  });
  const revision = (layers[0]?.revision ?? 0) + 1;
  await db.query({
    name: "revision",
    text: "update layer set revision = $2 where id = $1",
    values: [layerId, revision],
  });
  await db.query({
    name: "log",
    text: `insert into layer_change (project_id, layer_id, revision, at, author_id, client_mutation_id, kind, payload)
      values ($1, $2, $3, $4, $5, $6, 'ANNOTATION_SAVED', $7)`,
    values: [projectId, layerId, revision, now, personId, mutation, JSON.stringify({ annotation })],
  });
  const outcome = JSON.stringify({ annotation, projectId, layerId, revision });
  await db.query({
    name: "applied",
    text: `insert into applied_mutation (person_id, client_mutation_id, content_hash, outcome) values ($1, $2, $3, $4)`,
    values: [personId, mutation, createHash("sha256").update(mutation).digest(), outcome],
  });
  await db.query("commit");
}

process.on("message", async (order: Order) => {
  const connections = new Map<Client, pg.Client>();
  for (const client of order.clients) {
    const db = new pg.Client({ connectionString: order.url });
    await db.connect();
    connections.set(client, db);
  }
  const report = await writeFor(order, async (client, index, count) => {
    const db = connections.get(client);
    if (db === undefined) return false;
    await write(db, client, placeOf(index, count), `${order.run}-${index}-${count}`);
    return true;
  });
  for (const db of connections.values()) await db.end();
  process.send?.(report);
});
