// The corpus as `json` and `ndjson`, byte by byte, from rows written by hand.
import { readFile } from "node:fs/promises";
import { exportCorpus, wholeProject } from "@concord/server/export";
import { Ajv2020 } from "ajv/dist/2020.js";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createScratchDatabase, type ScratchDatabase } from "../support/database.ts";
import {
  AWKWARD,
  DOV,
  expectedDocuments,
  expectedHeader,
  ILSE,
  insertDocuments,
  insertProject,
  PROJECT,
  uuid,
} from "./corpus-rows.ts";

let database: ScratchDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createScratchDatabase();
  // A single connection: what does not come back is missed at once. A time zone that must not show.
  pool = new pg.Pool({ connectionString: database.url, max: 1, options: "-c timezone=Asia/Kathmandu" });
  // One that was thrown away in the middle of a COPY may still be there when the database goes.
  pool.on("connect", (client) => client.on("error", () => {}));
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});
beforeEach(async () => {
  await pool.query("truncate person, project cascade");
});

async function exported(format: "json" | "ndjson"): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of exportCorpus(pool, wholeProject(PROJECT), format)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function validators() {
  const schema: { $id: string } = JSON.parse(
    await readFile(new URL("../../docs/formats/concord-corpus-1.schema.json", import.meta.url), "utf8"),
  );
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  return {
    corpus: ajv.compile(schema),
    header: ajv.compile({ $ref: `${schema.$id}#/$defs/header` }),
    document: ajv.compile({ $ref: `${schema.$id}#/$defs/document` }),
  };
}

describe("a project with something of everything", () => {
  beforeEach(async () => {
    await insertProject(pool);
    await insertDocuments(pool);
  });
  const users = [
    { id: ILSE, name: AWKWARD },
    { id: DOV, name: "Dov" },
  ];

  it("is one object as json", async () => {
    const corpus = { ...expectedHeader(users), documents: expectedDocuments() };
    const json = await exported("json");
    expect(json).toBe(`${JSON.stringify(corpus)}\n`);
    const { corpus: validate } = await validators();
    expect(validate(JSON.parse(json)), JSON.stringify(validate.errors)).toBe(true);
  });

  it("is the header and a line for each document as ndjson", async () => {
    const lines = [expectedHeader(users), ...expectedDocuments()].map((line) => `${JSON.stringify(line)}\n`);
    const ndjson = await exported("ndjson");
    expect(ndjson).toBe(lines.join(""));
    const { header, document } = await validators();
    const [first, ...rest] = ndjson
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(header(first), JSON.stringify(header.errors)).toBe(true);
    for (const line of rest) expect(document(line), JSON.stringify(document.errors)).toBe(true);
  });

  it("fails without a byte for a project that is deleted or not there", async () => {
    await pool.query("update project set deleted_at = now()");
    await expect(exported("json")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await pool.query("truncate project cascade");
    await expect(exported("ndjson")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect([pool.idleCount, pool.totalCount]).toEqual([0, 0]);
  });
});

it("is valid without documents", async () => {
  await insertProject(pool);
  const { corpus, header } = await validators();
  const json = await exported("json");
  expect(json).toBe(`${JSON.stringify({ ...expectedHeader([]), documents: [] })}\n`);
  expect(corpus(JSON.parse(json)), JSON.stringify(corpus.errors)).toBe(true);
  const ndjson = await exported("ndjson");
  expect(ndjson).toBe(`${JSON.stringify(expectedHeader([]))}\n`);
  expect(header(JSON.parse(ndjson)), JSON.stringify(header.errors)).toBe(true);
});

describe("a project that takes many pages", () => {
  const DOCUMENTS = 230;
  const OF_THE_FIRST = 12_000;

  beforeEach(async () => {
    await insertProject(pool);
    await pool.query(
      `
      insert into document (id, project_id, title, text, length, sha256, created_at)
        select ('dddddddd-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $1, n::text, repeat('x', 20000), 20000,
          sha256(convert_to(repeat('x', 20000), 'UTF8')), now() from generate_series(1, ${DOCUMENTS}) series(n) order by series.n`,
      [PROJECT],
    );
    await pool.query(`
      insert into layer (id, document_id, project_id, kind) select gen_random_uuid(), id, project_id, 'SHARED' from document`);
    await pool.query(`
      insert into span (id, document_id, start, "end", fragments, quote, prefix, suffix)
        select gen_random_uuid(), d.id, n, n + 1, array[n, n + 1], 'x', '', '' from document d,
        lateral generate_series(1, case when d.title = '1' then ${OF_THE_FIRST} when d.title::int % 2 = 0 then 3 else 0 end) n`);
    await pool.query(
      `
      insert into annotation (id, project_id, document_id, layer_id, span_id, start, "end", label_id, created_by, created_at, updated_by, updated_at)
        select gen_random_uuid(), $1, s.document_id, l.id, s.id, s.start, s."end", $2, $3, now(), $3, now()
        from span s join layer l on l.document_id = s.document_id`,
      [PROJECT, uuid("c", 1), ILSE],
    );
  });

  interface Corpus {
    users: { id: string }[];
    documents: { title: string; annotations: { fragments: [number, number][] }[] }[];
  }

  it("has every row once, in order, the same in both formats", async () => {
    const corpus: Corpus = JSON.parse(await exported("json"));
    const numbers = Array.from({ length: DOCUMENTS }, (_, index) => index + 1);
    expect(corpus.documents.map(({ title }) => Number(title))).toEqual(numbers);
    for (const { title, annotations } of corpus.documents) {
      const count = title === "1" ? OF_THE_FIRST : Number(title) % 2 === 0 ? 3 : 0;
      const expected = Array.from({ length: count }, (_, index) => index + 1);
      expect(annotations.map(({ fragments }) => fragments[0]?.[0])).toEqual(expected);
    }
    expect(corpus.users.map(({ id }) => id)).toEqual([ILSE]);
    const lines = (await exported("ndjson")).trimEnd().split("\n");
    expect(lines.slice(1).map((line): unknown => JSON.parse(line))).toEqual(corpus.documents);
  });

  it("sees nothing of what changes meanwhile", async () => {
    const before = await exported("ndjson");
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    try {
      const during: Uint8Array[] = [];
      for await (const chunk of exportCorpus(pool, wholeProject(PROJECT), "ndjson")) {
        if (during.length === 0)
          await other.query("update document set title = 'changed'; delete from annotation");
        during.push(chunk);
      }
      expect(Buffer.concat(during).toString() === before).toBe(true);
    } finally {
      await other.end();
    }
  });

  it("leaves no connection behind when the reader has had enough", async () => {
    for await (const chunk of exportCorpus(pool, wholeProject(PROJECT), "json")) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect([pool.idleCount, pool.totalCount]).toEqual([0, 0]);
    await pool.query("update project set name = 'writable'");
    expect([pool.idleCount, pool.totalCount]).toEqual([1, 1]);
  });
});
