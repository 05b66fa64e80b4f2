/** Files out of a zip, streaming, within bounds: a small zip can hold more than any disk. */
import { Unzip, type UnzipFile, UnzipPassThrough } from "fflate";
import { joinBytes } from "../decode.ts";
import { NOWHERE, Unreadable } from "../problem.ts";
import { Inflater } from "./inflate.ts";

/** A file in a bundle; its bytes are read before the next file is asked for, or not at all. */
export interface BundledFile {
  path: string;
  bytes: AsyncIterable<Uint8Array>;
}

/** What a zip may hold. */
export interface ZipLimits {
  files: number;
  /** Of all files together. */
  bytes: number;
  /** How many times larger a file may be than its part of the zip, from `ratioFrom` bytes on. */
  ratio: number;
  ratioFrom: number;
}

/** More than any corpus of files has, less than what fills a disk. */
export const ZIP_LIMITS: ZipLimits = {
  files: 100_000,
  bytes: 4 * 1024 * 1024 * 1024,
  ratio: 1_000,
  ratioFrom: 10 * 1024 * 1024,
};

/** Bytes of the zip that are fed in one go: what they inflate to, a thousand times as much at most, is in memory at once. */
const FEED = 16 * 1024;

/** Folders, and what systems put beside the files. */
const IGNORED = /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)|\/$/;

/** What came out of the zip and was not yet handed on. */
type Piece = { kind: "file"; path: string } | { kind: "bytes"; bytes: Uint8Array } | { kind: "end" };

/**
 * The files of a zip in its order. Hidden files and folders are passed over.
 * @throws Unreadable for what is no zip, is encrypted, or is more than the limits allow; the message names the file
 * @example for await (const { path, bytes } of unzip(file.stream())) …
 */
export async function* unzip(
  bytes: AsyncIterable<Uint8Array>,
  limits: ZipLimits = ZIP_LIMITS,
): AsyncGenerator<BundledFile, void, undefined> {
  const pieces = piecesOf(bytes, limits)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await pieces.next();
      if (next.done) return;
      if (next.value.kind !== "file") continue;
      yield { path: next.value.path, bytes: contentOf(pieces) };
    }
  } finally {
    await pieces.return?.();
  }
}

async function* contentOf(pieces: AsyncIterator<Piece>): AsyncGenerator<Uint8Array, void, undefined> {
  for (;;) {
    const next = await pieces.next();
    if (next.done || next.value.kind !== "bytes") return;
    yield next.value.bytes;
  }
}

async function* piecesOf(
  bytes: AsyncIterable<Uint8Array>,
  limits: ZipLimits,
): AsyncGenerator<Piece, void, undefined> {
  const queue: Piece[] = [];
  const count = { files: 0, bytes: 0, fed: 0, open: 0 };
  const tail = new Tail();
  const zip = new Unzip((file) => open(file, queue, count, limits));
  zip.register(Inflater);
  zip.register(UnzipPassThrough);
  const push = (chunk: Uint8Array, last: boolean) => {
    count.fed += chunk.length;
    try {
      zip.push(chunk, last);
    } catch (cause) {
      throw cause instanceof Unreadable
        ? cause
        : new Unreadable(NOWHERE, `The zip can't be read on: ${reasonOf(cause)}.`);
    }
  };
  for await (const chunk of bytes) {
    tail.add(chunk);
    for (let at = 0; at < chunk.length; at += FEED) {
      // What was fed is kept and written into.
      push(chunk.slice(at, at + FEED), false);
      yield* queue.splice(0);
    }
  }
  if (count.fed < 4 || !tail.hasEnd()) throw new Unreadable(NOWHERE, "The zip ends too early.");
  push(new Uint8Array(), true);
  yield* queue.splice(0);
  if (count.open > 0) throw new Unreadable(NOWHERE, "The zip ends too early.");
  if (count.files === 0) throw new Unreadable(NOWHERE, "The zip has no files in it.");
}

/** The last bytes, where a zip says that it has come to its end. */
class Tail {
  #chunks: Uint8Array[] = [];
  #size = 0;

  add(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    // A comment of at most 64 KiB may follow the mark.
    while (this.#size - (this.#chunks[0]?.length ?? 0) > 66_000)
      this.#size -= this.#chunks.shift()?.length ?? 0;
  }

  hasEnd(): boolean {
    const bytes = joinBytes(this.#chunks);
    for (let at = bytes.length - 22; at >= 0; at--)
      if (bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 5 && bytes[at + 3] === 6)
        return true;
    return false;
  }
}

function open(
  file: UnzipFile,
  queue: Piece[],
  count: { files: number; bytes: number; fed: number; open: number },
  limits: ZipLimits,
): void {
  const path = file.name.replaceAll("\\", "/");
  if (++count.files > limits.files)
    throw new Unreadable(NOWHERE, `The zip has more than ${limits.files} files.`);
  if (IGNORED.test(path)) return;
  if (file.compression !== 0 && file.compression !== 8)
    throw new Unreadable(
      NOWHERE,
      `${path}: the zip uses a compression (${file.compression}) that is not read; deflate is.`,
    );
  queue.push({ kind: "file", path });
  count.open++;
  const fedBefore = count.fed;
  let size = 0;
  file.ondata = (error, chunk, final) => {
    if (error instanceof Unreadable) throw error;
    if (error) throw new Unreadable(NOWHERE, `${path}: the zip is damaged: ${reasonOf(error)}.`);
    size += chunk.length;
    count.bytes += chunk.length;
    if (count.bytes > limits.bytes)
      throw new Unreadable(NOWHERE, `The zip's files are more than ${limits.bytes} bytes.`);
    if (size > limits.ratioFrom && size > (count.fed - fedBefore + FEED) * limits.ratio)
      throw new Unreadable(
        NOWHERE,
        `${path}: this is more than ${limits.ratio} times as large as its part of the zip.`,
      );
    if (chunk.length > 0) queue.push({ kind: "bytes", bytes: chunk });
    if (!final) return;
    count.open--;
    queue.push({ kind: "end" });
  };
  file.start();
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.replace(/\.$/, "") : String(cause);
}
