/** Documents in, bytes out: any format's writer, with all that it leaves out named. */
import { announceDocument, announceHeader } from "./announce.ts";
import type { CorpusDocument, Problem } from "./corpus.ts";
import type { Carries, FormatId, OutCorpus, WriteOptions, Written } from "./format.ts";
import { formatOf } from "./formats.ts";

/**
 * A corpus in a format, streaming: memory does not grow with the number of documents.
 * @throws RangeError for a format that is only read
 * @example for await (const piece of writeCorpus("brat", { header, documents })) …
 */
export async function* writeCorpus(
  id: FormatId,
  corpus: OutCorpus,
  options: WriteOptions = {},
): AsyncGenerator<Written, void, undefined> {
  const format = formatOf(id);
  if (format.write === undefined) throw new RangeError(`${format.name} is only read.`);
  const carries = format.carriesWith?.(options) ?? format.carries;
  for (const problem of announceHeader(corpus.header, carries)) yield { kind: "left out", problem };
  const left: Problem[] = [];
  const documents = announced(corpus.documents, carries, left);
  for await (const written of format.write({ header: corpus.header, documents }, options)) {
    for (const problem of left.splice(0)) yield { kind: "left out", problem };
    yield written;
  }
  for (const problem of left.splice(0)) yield { kind: "left out", problem };
}

async function* announced(
  documents: OutCorpus["documents"],
  carries: Carries,
  left: Problem[],
): AsyncGenerator<CorpusDocument, void, undefined> {
  for await (const document of documents) {
    left.push(...announceDocument(document, carries));
    yield document;
  }
}

/**
 * The bytes of a format that makes one file.
 * @example for await (const chunk of unbundled(writeCorpus("doccano", corpus), () => {})) response.write(chunk);
 */
export async function* unbundled(
  written: AsyncIterable<Written>,
  leftOut: (problem: Problem) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  for await (const piece of written) {
    if (piece.kind === "left out") leftOut(piece.problem);
    else if (piece.kind === "text") yield encoder.encode(piece.text);
    else if (piece.kind === "bytes") yield piece.bytes;
  }
}
