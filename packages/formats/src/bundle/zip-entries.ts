/**
 * The entries of a zip, one after the other, as they stand in it: names and packed bytes. Zips that were made in one go
 * (by macOS, by Java, by a browser) say only behind an entry how long it is, and an entry that is a zip itself has all
 * the signs of an end in it. So an end is believed only where it states the length that it is at.
 */
import { strFromU8 } from "fflate";
import { joinBytes } from "../decode.ts";
import { NOWHERE, Unreadable } from "../problem.ts";

/** A file or folder; its bytes are read to their end before the next one is asked for. */
export interface ZipEntry {
  path: string;
  /** 0 for none, 8 for deflate. */
  compression: number;
  isEncrypted: boolean;
  packed: AsyncGenerator<Uint8Array, void, undefined>;
}

const HEADER_BYTES = 30;
/** A signature, and the longest of what may stand before it. */
const END_BYTES = 4 + 24;
/** Stands for the size of a file of 4 GiB and more, which is elsewhere then. */
const ELSEWHERE = 0xffff_ffff;
/** Bytes at the end of a zip among which its end is told: a comment of at most 64 KiB may follow that. */
const END_SEARCH = 66_000;

/** @throws Unreadable where it ends too early */
export async function* zipEntries(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<ZipEntry, void, undefined> {
  const iterator = bytes[Symbol.asyncIterator]();
  const input = new Input(iterator);
  try {
    while (await isBeforeHeader(input)) yield await nextEntry(input);
    await requireEnd(input);
  } finally {
    await iterator.return?.();
  }
}

/** What was read of a stream and not yet taken. */
class Input {
  held: Uint8Array = new Uint8Array();
  readonly #iterator: AsyncIterator<Uint8Array>;

  constructor(iterator: AsyncIterator<Uint8Array>) {
    this.#iterator = iterator;
  }

  /** Reads on; false at the end. */
  async more(): Promise<boolean> {
    const next = await this.#iterator.next();
    if (next.done) return false;
    this.held = this.held.length === 0 ? next.value : joinBytes([this.held, next.value]);
    return true;
  }

  /** Whether so many bytes are there. */
  async has(count: number): Promise<boolean> {
    while (this.held.length < count) if (!(await this.more())) return false;
    return true;
  }

  take(count: number): Uint8Array {
    const taken = this.held.subarray(0, count);
    this.held = this.held.subarray(count);
    return taken;
  }
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  new DataView(buffer, byteOffset, byteLength);

const tooEarly = () => new Unreadable(NOWHERE, "The zip ends too early.");

/** `PK` and what is announced by it: 3 a file, 1 the list of files at the end, 5 the end of that, 7 an entry's length. */
function isSignature(bytes: Uint8Array, at: number, kind: number): boolean {
  return bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === kind && bytes[at + 3] === kind + 1;
}

/** Goes to the next header, over what may be left between files of a zip that was changed; false behind the last one. */
async function isBeforeHeader(input: Input): Promise<boolean> {
  while (await input.has(4)) {
    if (isSignature(input.held, 0, 3)) return true;
    if (isSignature(input.held, 0, 1) || isSignature(input.held, 0, 5)) return false;
    const next = input.held.indexOf(0x50, 1);
    input.take(next < 0 ? input.held.length : next);
  }
  return false;
}

async function nextEntry(input: Input): Promise<ZipEntry> {
  if (!(await input.has(HEADER_BYTES))) throw tooEarly();
  const header = viewOf(input.take(HEADER_BYTES));
  const flags = header.getUint16(6, true);
  const nameBytes = header.getUint16(26, true);
  const extraBytes = header.getUint16(28, true);
  if (!(await input.has(nameBytes + extraBytes))) throw tooEarly();
  const name = input.take(nameBytes);
  const extra = input.take(extraBytes);
  const stated = header.getUint32(18, true);
  return {
    // Names are UTF-8 where a flag says so.
    path: strFromU8(name, (flags & 0x800) === 0).replaceAll("\\", "/"),
    compression: header.getUint16(8, true),
    isEncrypted: (flags & 1) !== 0,
    packed:
      (flags & 8) === 0
        ? ofLength(input, stated === ELSEWHERE ? largeSize(extra) : stated)
        : upToItsLength(input),
  };
}

/** The packed size in the field for large files, behind the size of the file. */
function largeSize(extra: Uint8Array): number {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true))
    if (view.getUint16(at, true) === 1 && at + 20 <= extra.length)
      return Number(view.getBigUint64(at + 12, true));
  return ELSEWHERE;
}

async function* ofLength(input: Input, length: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let left = length; left > 0; ) {
    if (!(await input.has(1))) throw tooEarly();
    const chunk = input.take(Math.min(left, input.held.length));
    left -= chunk.length;
    yield chunk;
  }
}

async function* upToItsLength(input: Input): AsyncGenerator<Uint8Array, void, undefined> {
  let passed = 0;
  do {
    const { held } = input;
    for (let at = held.indexOf(0x50); at >= 0; at = held.indexOf(0x50, at + 1)) {
      if (!isSignature(held, at, 3) && !isSignature(held, at, 1)) continue;
      const behind = lengthBytesBefore(held, at, passed);
      if (behind === null) continue;
      yield input.take(at - behind);
      input.take(behind);
      return;
    }
    const sure = held.length - END_BYTES;
    if (sure <= 0) continue;
    passed += sure;
    yield input.take(sure);
  } while (await input.more());
  throw tooEarly();
}

/** How many bytes before `at` state an entry's length and are right, if any; `passed` is its part before `held`. */
function lengthBytesBefore(held: Uint8Array, at: number, passed: number): number | null {
  const view = viewOf(held);
  const is = (bytes: number, stated: () => number) => at >= bytes && stated() === passed + at - bytes;
  const short = () => view.getUint32(at - 8, true);
  const long = () => Number(view.getBigUint64(at - 16, true));
  if (is(16, short) && isSignature(held, at - 16, 7)) return 16;
  if (is(24, long) && isSignature(held, at - 24, 7)) return 24;
  // The sign before it may be left out.
  if (is(12, short)) return 12;
  return is(20, long) ? 20 : null;
}

/** Among its last bytes a zip says that it has come to its end. */
async function requireEnd(input: Input): Promise<void> {
  do {
    if (input.held.length > 2 * END_SEARCH) input.take(input.held.length - END_SEARCH);
  } while (await input.more());
  const { held } = input;
  for (let at = held.length - 22; at >= 0; at--) if (isSignature(held, at, 5)) return;
  throw tooEarly();
}
