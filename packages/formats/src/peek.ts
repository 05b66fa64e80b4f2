/** A look at the start of a file before it is read. */
import { SAMPLE_BYTES } from "./decode.ts";

/** The start of a file, and the file as if nothing had been taken from it. */
export async function peek(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ start: Uint8Array; bytes: AsyncGenerator<Uint8Array, void, undefined> }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < SAMPLE_BYTES) {
    const next = await iterator.next();
    if (next.done) break;
    chunks.push(next.value);
    size += next.value.length;
  }
  async function* whole(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* chunks;
      for (;;) {
        const next = await iterator.next();
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  const start = new Uint8Array(Math.min(size, SAMPLE_BYTES));
  let at = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(0, start.length - at);
    start.set(part, at);
    at += part.length;
  }
  return { start, bytes: whole() };
}

/** The start alone; the file is closed again. */
export async function startOf(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  try {
    return (await peek({ [Symbol.asyncIterator]: () => ({ next: () => iterator.next() }) })).start;
  } finally {
    await iterator.return?.();
  }
}
