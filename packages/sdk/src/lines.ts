/** Text in lines from bytes in pieces. */

/**
 * The lines of a stream in UTF-8, without their ends; a last line that is empty is none. Holds one line at a time.
 * Stopping early cancels the stream.
 * @throws TypeError where the bytes are no UTF-8
 * @example
 * for await (const line of readLines(await concord.export(id, { format: "ndjson" }))) console.log(JSON.parse(line));
 */
export async function* readLines(
  stream: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest: string[] = [];
  for await (const chunk of stream instanceof ReadableStream ? chunksOf(stream) : stream) {
    const [first = "", ...more] = decoder.decode(chunk, { stream: true }).split("\n");
    rest.push(first);
    for (const part of more) {
      yield withoutReturn(rest.join(""));
      rest = [part];
    }
  }
  const last = rest.join("") + decoder.decode();
  if (last !== "") yield withoutReturn(last);
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

/** Not every browser iterates over streams. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      ended = done;
      if (value === undefined) return;
      yield value;
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}
