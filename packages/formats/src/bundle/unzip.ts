/** Files out of a zip, streaming, within bounds: a small zip can hold more than any disk. */
import { NOWHERE, Unreadable } from "../problem.ts";
import { Inflater } from "./inflate.ts";
import { type ZipEntry, zipEntries } from "./zip-entries.ts";

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

/** What came out of zips that share their limits. */
export interface Unzipped {
  files: number;
  bytes: number;
}

/** Bytes of the zip that are inflated in one go: what comes of them, a thousand times as much at most, is in memory at once. */
const FEED = 16 * 1024;

/** Folders, and what systems put beside the files. */
const IGNORED = /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)|\/$/;

/**
 * The files of a zip in its order. Hidden files and folders are passed over.
 * @param unzipped counts towards the limits, where several zips share them
 * @throws Unreadable for what is no zip, is encrypted, or is more than the limits allow; the message names the file
 * @example for await (const { path, bytes } of unzip(file.stream())) …
 */
export async function* unzip(
  bytes: AsyncIterable<Uint8Array>,
  limits: ZipLimits = ZIP_LIMITS,
  unzipped: Unzipped = { files: 0, bytes: 0 },
): AsyncGenerator<BundledFile, void, undefined> {
  const before = unzipped.files;
  for await (const entry of zipEntries(bytes)) {
    if (++unzipped.files > limits.files)
      throw new Unreadable(NOWHERE, `The zip has more than ${limits.files} files.`);
    if (IGNORED.test(entry.path)) await readOut(entry.packed);
    else {
      const content = contentOf(entry, limits, unzipped);
      yield { path: entry.path, bytes: upTo(content) };
      // Also what nobody wanted: a bomb or damage is found out.
      await readOut(content);
    }
  }
  if (unzipped.files === before) throw new Unreadable(NOWHERE, "The zip has no files in it.");
}

/** The same bytes; who leaves off early does not end them. */
async function* upTo(bytes: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  for (let next = await bytes.next(); !next.done; next = await bytes.next()) yield next.value;
}

async function readOut(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _chunk of bytes);
}

async function* contentOf(
  { path, compression, isEncrypted, packed }: ZipEntry,
  limits: ZipLimits,
  unzipped: Unzipped,
): AsyncGenerator<Uint8Array, void, undefined> {
  const out: Uint8Array[] = [];
  let fed = 0;
  let size = 0;
  const take = (chunk: Uint8Array) => {
    size += chunk.length;
    unzipped.bytes += chunk.length;
    if (unzipped.bytes > limits.bytes)
      throw new Unreadable(NOWHERE, `The zip's files are more than ${limits.bytes} bytes.`);
    if (size > limits.ratioFrom && size > (fed + FEED) * limits.ratio)
      throw new Unreadable(
        NOWHERE,
        `${path}: this is more than ${limits.ratio} times as large as its part of the zip.`,
      );
    if (chunk.length > 0) out.push(chunk);
  };
  if (isEncrypted)
    throw new Unreadable(NOWHERE, `${path}: the zip is encrypted; unpack it and send what was in it.`);
  const push = unpacker(path, compression, take);
  for await (const chunk of packed)
    for (let at = 0; at < chunk.length; at += FEED) {
      // What was fed is kept and written into.
      const part = chunk.slice(at, at + FEED);
      fed += part.length;
      push(part, false);
      yield* out.splice(0);
    }
  push(new Uint8Array(), true);
  yield* out.splice(0);
}

/** What takes the packed bytes and hands on what was in them. */
function unpacker(
  path: string,
  compression: number,
  take: (chunk: Uint8Array) => void,
): (chunk: Uint8Array, isLast: boolean) => void {
  if (compression === 0) return take;
  if (compression !== 8)
    throw new Unreadable(
      NOWHERE,
      `${path}: the zip uses a compression (${compression}) that is not read; deflate is.`,
    );
  const inflater = new Inflater();
  inflater.ondata = (error, chunk) => {
    if (error) throw error;
    take(chunk);
  };
  return (chunk, isLast) => {
    try {
      inflater.push(chunk, isLast);
    } catch (cause) {
      if (cause instanceof Unreadable) throw cause;
      const reason = cause instanceof Error ? cause.message.replace(/\.$/, "") : String(cause);
      throw new Unreadable(NOWHERE, `${path}: the zip is damaged: ${reason}.`);
    }
  };
}
