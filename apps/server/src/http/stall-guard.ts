/** Answers that are cut off when their reader takes nothing: they hold a connection to the database and a snapshot. */
import { Readable } from "node:stream";

/** A reader that takes nothing for so long is gone, ms. */
const SILENCE = 60_000;

/** What of an answer is needed here. */
interface Answer {
  setTimeout(ms: number, then: () => void): unknown;
  destroy(error: Error): unknown;
}

/**
 * Chunks as a stream for an answer. What makes them is told to end as soon as the reader is gone.
 * @example reply.send(guarded(exportCorpus(pool, scope, "json"), reply.raw));
 */
export function guarded(chunks: AsyncIterable<Uint8Array>, response: Answer, silence = SILENCE): Readable {
  const stalled = () => new Error("The reader took nothing for too long and was cut off.");
  async function* timed(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of chunks) {
      const timer = setTimeout(() => stream.destroy(stalled()), silence);
      try {
        yield chunk;
      } finally {
        clearTimeout(timer);
      }
    }
    // The rest is in the stream's memory and in the socket's.
    response.setTimeout(silence, () => response.destroy(stalled()));
  }
  const stream = Readable.from(timed(), { objectMode: false, highWaterMark: 256 * 1024 });
  return stream;
}
