/** A corpus' documents as the formats' writers take them. */
import { createOffsetMap } from "@concord/core";
import type { CorpusAnnotation, CorpusDocument } from "@concord/formats";
import type pg from "pg";
import { documentBytes } from "./export-bytes.ts";
import type { Scope } from "./export-scope.ts";

/** A document as the corpus has it in JSON. */
interface Line extends Omit<CorpusDocument, "offsets" | "annotations"> {
  annotations: (Omit<CorpusAnnotation, "fragments"> & { fragments: [start: number, end: number][] })[];
}

/** All documents of a scope, one by one; memory is bounded by the largest. */
export async function* readCorpusDocuments(
  client: pg.ClientBase,
  scope: Scope,
): AsyncGenerator<CorpusDocument, void, undefined> {
  let gathered: Buffer[] = [];
  for await (const pieces of documentBytes(client, scope))
    for (const { bytes, isLast } of pieces) {
      gathered.push(bytes);
      if (!isLast) continue;
      const json = Buffer.concat(gathered).toString();
      gathered = [];
      yield documentOf(JSON.parse(json));
    }
}

function documentOf({ annotations, ...line }: Line): CorpusDocument {
  return {
    ...line,
    offsets: createOffsetMap(line.text),
    annotations: annotations.map(({ fragments, ...annotation }) => ({
      ...annotation,
      fragments: fragments.map(([start, end]) => ({ start, end })),
    })),
  };
}
