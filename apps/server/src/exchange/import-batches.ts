/** Gathers what is read from a file into batches, each about as much as one transaction brings in. */
import type { CorpusEvent, CorpusHeader, DocumentEvent, FilesEvent, Problem } from "@concord/formats";

/** What one transaction brings in at most, except for one document that is larger by itself. */
const BATCH_DOCUMENTS = 200;
const BATCH_ANNOTATIONS = 5_000;
/** Bytes of the file, and UTF-16 units of texts, which are more where the file is compressed. */
const BATCH_SIZE = 8 * 1024 * 1024;

/** Documents that come in together, with the problems found on the way to them. */
export interface Batch<Event = DocumentEvent> {
  /** In the first batch. */
  files: FilesEvent | null;
  /** In the first batch, with what is wrong with the file as a whole. */
  header: { header: CorpusHeader | null; problems: Problem[] } | null;
  events: Event[];
  /** Why the file could not be read on; nothing follows then. */
  broken: Problem[];
  /** How many bytes of the file are done with by then. */
  end: number;
}

/** The same events in batches; there is always one. */
export async function* inBatches(corpus: AsyncIterable<CorpusEvent>): AsyncGenerator<Batch, void, undefined> {
  let batch = emptyBatch(0);
  let annotations = 0;
  let length = 0;
  let start = 0;
  for await (const event of corpus) {
    batch.end = event.end;
    if (event.kind === "files") batch.files = event;
    else if (event.kind === "header") batch.header = event;
    else if (event.kind === "broken") batch.broken.push(...event.problems);
    else {
      batch.events.push(event);
      annotations += event.document?.annotations.length ?? 0;
      length += event.document?.text.length ?? 0;
    }
    const full =
      annotations >= BATCH_ANNOTATIONS ||
      Math.max(event.end - start, length) >= BATCH_SIZE ||
      batch.events.length >= BATCH_DOCUMENTS;
    if (!full) continue;
    yield batch;
    batch = emptyBatch(event.end);
    annotations = 0;
    length = 0;
    start = event.end;
  }
  yield batch;
}

function emptyBatch(end: number): Batch {
  return { files: null, header: null, events: [], broken: [], end };
}
