/** A project as the corpus formats `json` and `ndjson`, streamed from one snapshot; docs/formats/concord-json.md. */
import { canonicalJson } from "@concord/core";
import type pg from "pg";
import { parseAttributeDefinitions } from "../codebook/attribute-definitions.ts";
import { notFound } from "../errors.ts";
import {
  beginSnapshot,
  type CorpusDocument,
  type CorpusLabel,
  type CorpusPart,
  type CorpusRun,
  preferIndexes,
  readDocuments,
  readLabels,
  readPart,
  readProject,
  readRelationTypes,
  readUsers,
  type Wanted,
} from "./corpus.queries.ts";

/** How the documents are put together. */
export type CorpusFormat = "json" | "ndjson";

/** What stands around the documents; they are all that differs between the formats. */
const LAYOUTS = {
  json: { beforeFirst: ',"documents":[', between: ",", afterLast: "]}\n", withoutAny: ',"documents":[]}\n' },
  ndjson: { beforeFirst: "}\n", between: "\n", afterLast: "\n", withoutAny: "}\n" },
} as const;

const PARTS: readonly CorpusPart[] = ["annotations", "relations", "comments"];

/** A chunk is let go from this many UTF-16 units on. */
const CHUNK_LENGTH = 65_536;

/**
 * Streams a project's corpus: the same data gives the same bytes. Everything comes from one snapshot on a connection of
 * its own, which goes back to the pool at the end, also when the reader stops early. Memory does not grow with the corpus.
 * @param withArchived whether archived documents are in it
 * @throws NOT_FOUND, before the first chunk, for a project that is not there or deleted
 * @example for await (const chunk of exportCorpus(pool, projectId, "ndjson")) response.write(chunk);
 */
export async function* exportCorpus(
  pool: pg.Pool,
  projectId: string,
  format: CorpusFormat,
  withArchived = true,
): AsyncGenerator<string, void, undefined> {
  const client = await pool.connect();
  let clean = false;
  try {
    await beginSnapshot(client);
    yield* inChunks(corpus(client, { projectId, withArchived }, format));
    clean = true;
  } finally {
    await giveBack(client, clean);
  }
}

/** Ends the snapshot. A connection that can't do that any more is thrown away. */
async function giveBack(client: pg.PoolClient, clean: boolean): Promise<void> {
  try {
    await client.query(clean ? "commit" : "rollback");
    client.release();
  } catch {
    client.release(true);
  }
}

/** Gathers small pieces, since each chunk costs its reader a write. */
async function* inChunks(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let chunk = "";
  for await (const piece of pieces) {
    chunk += piece;
    if (chunk.length >= CHUNK_LENGTH) {
      yield chunk;
      chunk = "";
    }
  }
  yield chunk;
}

async function* corpus(
  client: pg.ClientBase,
  wanted: Wanted,
  format: CorpusFormat,
): AsyncGenerator<string, void, undefined> {
  const layout = LAYOUTS[format];
  // The header's closing brace is the layout's: in `json` the documents belong inside.
  yield (await header(client, wanted)).slice(0, -1);
  await preferIndexes(client);
  let last: CorpusDocument | undefined;
  for (;;) {
    const batch = await readDocuments(client, wanted, last);
    if (batch.length === 0) break;
    yield last === undefined ? layout.beforeFirst : layout.between;
    yield* documents(client, batch, layout.between);
    last = batch.at(-1);
  }
  yield last === undefined ? layout.withoutAny : layout.afterLast;
}

async function header(client: pg.ClientBase, wanted: Wanted): Promise<string> {
  const { projectId } = wanted;
  const project = await readProject(client, projectId);
  if (project === undefined) throw notFound("project");
  const labels = (await readLabels(client, projectId)).map(inOrder);
  const relationTypes = await readRelationTypes(client, projectId);
  const users = await readUsers(client, wanted);
  return JSON.stringify({
    format: "concord-corpus",
    version: 1,
    offsets: "code-points",
    project: { ...project, labels, relationTypes },
    users,
  });
}

/** jsonb does not keep the order of keys. */
function inOrder(label: CorpusLabel): CorpusLabel {
  const definitions = parseAttributeDefinitions(label.attributes);
  const attributes = definitions.map(({ key, name, kind, choices, required }) => {
    return { key, name, kind, choices, required };
  });
  return { ...label, attributes };
}

async function* documents(
  client: pg.ClientBase,
  batch: readonly CorpusDocument[],
  between: string,
): AsyncGenerator<string, void, undefined> {
  const layerIds = batch.map(({ layerId }) => layerId);
  const parts = PARTS.map((part) => ({ part, linesOf: byDocument(readPart(client, part, layerIds)) }));
  for (const [ordinal, document] of batch.entries()) {
    yield (ordinal === 0 ? "" : between) + opening(document);
    for (const { part, linesOf } of parts) {
      yield `,"${part}":[`;
      let separator = "";
      for await (const lines of linesOf(ordinal)) {
        yield separator + lines.join(",");
        separator = ",";
      }
      yield "]";
    }
    yield "}";
  }
}

function opening({
  id,
  sourceId,
  title,
  language,
  metadata,
  createdAt,
  text,
  sha256,
}: CorpusDocument): string {
  const before = JSON.stringify({ id, sourceId, title, language }).slice(0, -1);
  const after = JSON.stringify({ createdAt, text, sha256 }).slice(1, -1);
  return `${before},"metadata":${canonicalJson(metadata)},${after}`;
}

/** Hands out a part's rows document by document; to be asked in the documents' order. */
function byDocument(
  runs: AsyncGenerator<CorpusRun, void, undefined>,
): (ordinal: number) => AsyncGenerator<string[], void, undefined> {
  let head: CorpusRun | undefined;
  const pull = async () => {
    const next = await runs.next();
    return next.done ? undefined : next.value;
  };
  return async function* linesOf(ordinal) {
    head ??= await pull();
    while (head?.ordinal === ordinal) {
      yield head.lines;
      head = await pull();
    }
  };
}
