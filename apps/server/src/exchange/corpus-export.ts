/** A project as the corpus formats `json` and `ndjson`, streamed from one snapshot; docs/formats/concord-json.md. */
import type { CorpusHeader } from "@concord/formats";
import type pg from "pg";
import { documentBytes } from "./export-bytes.ts";
import { readHeader } from "./export-header.queries.ts";
import type { Scope } from "./export-scope.ts";
import { fromSnapshot } from "./export-snapshot.ts";
import { gatherBytes } from "./gather-bytes.ts";

export { wholeProject } from "./export-scope.ts";

/** How the documents are put together. */
export type CorpusLayout = "json" | "ndjson";

/** What stands around the documents; they are all that differs between the two. */
const LAYOUTS = {
  json: { beforeFirst: ',"documents":[', between: ",", afterLast: "]}\n", withoutAny: ',"documents":[]}\n' },
  ndjson: { beforeFirst: "}\n", between: "\n", afterLast: "\n", withoutAny: "}\n" },
} as const;

/**
 * Streams a project's corpus: the same data gives the same bytes. Memory does not grow with the corpus.
 * @throws before the first chunk NOT_FOUND for a project that is not there or deleted, BAD_USER_INPUT as `tellScope`
 * @example for await (const chunk of exportCorpus(pool, wholeProject(projectId), "ndjson")) response.write(chunk);
 */
export function exportCorpus(
  pool: pg.Pool,
  scope: Scope,
  layout: CorpusLayout,
): AsyncGenerator<Uint8Array, void, undefined> {
  return fromSnapshot(pool, scope, (client) => gatherBytes(corpus(client, scope, layout)));
}

async function* corpus(
  client: pg.ClientBase,
  scope: Scope,
  layout: CorpusLayout,
): AsyncGenerator<Buffer[], void, undefined> {
  const { beforeFirst, between, afterLast, withoutAny } = LAYOUTS[layout];
  // The header's closing brace is the layout's: in `json` the documents belong inside.
  yield [Buffer.from(headerJson(await readHeader(client, scope)).slice(0, -1))];
  const separator = Buffer.from(between);
  let before: Buffer | null = Buffer.from(beforeFirst);
  let isEmpty = true;
  for await (const pieces of documentBytes(client, scope)) {
    const out: Buffer[] = [];
    for (const { bytes, isLast } of pieces) {
      if (before !== null) out.push(before);
      out.push(bytes);
      before = isLast ? separator : null;
    }
    isEmpty = false;
    yield out;
  }
  yield [Buffer.from(isEmpty ? withoutAny : afterLast)];
}

function headerJson({ users, ...project }: CorpusHeader): string {
  return JSON.stringify({
    ...{ format: "concord-corpus", version: 1, offsets: "code-points" },
    project,
    users,
  });
}
