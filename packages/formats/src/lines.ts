/** A file line by line, streaming, in whatever encoding it is. */
import {
  decoderFor,
  detectEncoding,
  type Encoding,
  encodingNotice,
  joinBytes,
  SAMPLE_BYTES,
} from "./decode.ts";
import { Unreadable } from "./problem.ts";

/** UTF-16 units of a line at most: what has no line ends for longer is no file of lines. */
export const MAX_LINE = 64 * 1024 * 1024;

/** A line without its end; `number` is from 1. */
export interface Line {
  text: string;
  number: number;
}

/** What is said of the file once its encoding is known. */
export interface LineReader {
  lines: AsyncGenerator<Line[], void, undefined>;
  /** Null until the first lines are there, or where nothing has to be said. */
  notice(): string | null;
}

/**
 * Lines in batches, one a chunk; `tell` is told their encoding. Only `\n` and `\r\n` end a line.
 * @throws Unreadable for a line longer than MAX_LINE, or bytes that are none of the encoding, with its line
 */
export function readLines(bytes: AsyncIterable<Uint8Array>, tell: (encoding: Encoding) => void): LineReader {
  let encoding: Encoding | null = null;
  return {
    lines: batches(bytes, (found) => {
      encoding = found;
      tell(found);
    }),
    notice: () => (encoding === null ? null : encodingNotice(encoding)),
  };
}

async function* batches(
  bytes: AsyncIterable<Uint8Array>,
  tell: (encoding: Encoding) => void,
): AsyncGenerator<Line[], void, undefined> {
  let number = 1;
  let rest = "";
  const take = (text: string): Line[] => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    if (rest.length > MAX_LINE)
      throw new Unreadable(
        { line: number + parts.length, column: MAX_LINE },
        `The line is longer than ${MAX_LINE} characters.`,
      );
    return parts.map((part) => ({ text: part.endsWith("\r") ? part.slice(0, -1) : part, number: number++ }));
  };
  for await (const text of decoded(bytes, tell, () => number)) {
    const lines = take(text);
    if (lines.length > 0) yield lines;
  }
  if (rest !== "") yield [{ text: rest, number }];
}

/**
 * Chunks as text, the first of them large enough to tell the encoding.
 * @param line where the reader is, for saying where bytes went wrong
 * @throws Unreadable for bytes that are none of the encoding
 */
export async function* decoded(
  bytes: AsyncIterable<Uint8Array>,
  tell: (encoding: Encoding) => void,
  line: () => number,
): AsyncGenerator<string, void, undefined> {
  let first: Uint8Array[] = [];
  let size = 0;
  let decoder: TextDecoder | null = null;
  const decode = (chunk: Uint8Array | null, into: TextDecoder): string => {
    try {
      return chunk === null ? into.decode() : into.decode(chunk, { stream: true });
    } catch {
      throw new Unreadable(
        { line: line(), column: null },
        `Bytes here or in the next lines are not ${into.encoding}, as the file's start is.`,
      );
    }
  };
  const begin = (): TextDecoder => {
    const encoding = detectEncoding(joinBytes(first));
    tell(encoding);
    return decoderFor(encoding);
  };
  for await (const chunk of bytes) {
    if (decoder !== null) {
      yield decode(chunk, decoder);
      continue;
    }
    first.push(chunk);
    size += chunk.length;
    if (size < SAMPLE_BYTES) continue;
    decoder = begin();
    yield decode(joinBytes(first), decoder);
    first = [];
  }
  if (decoder === null) {
    decoder = begin();
    yield decode(joinBytes(first), decoder);
  }
  yield decode(null, decoder);
}
