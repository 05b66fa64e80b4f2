/** Inflates a zip's files: small ones, which most are, as wholes, since a stream takes 200 KB of memory for each. */
import { type AsyncFlateStreamHandler, inflateSync, type UnzipDecoder, UnzipInflate } from "fflate";
import { joinBytes } from "../decode.ts";

/** Bytes of a file in the zip, and out of it, up to which it is small. */
const SMALL = 16 * 1024;
const room = new Uint8Array(256 * 1024);

/** A decoder for `Unzip.register`. */
export class Inflater implements UnzipDecoder {
  static readonly compression = 8;
  ondata: AsyncFlateStreamHandler = () => {};
  #parts: Uint8Array[] = [];
  #size = 0;
  #stream: UnzipInflate | null = null;

  push(chunk: Uint8Array, final: boolean): void {
    if (this.#stream !== null) {
      this.#stream.push(chunk, final);
      return;
    }
    this.#parts.push(chunk);
    this.#size += chunk.length;
    if (!final && this.#size <= SMALL) return;
    const whole = this.#size <= SMALL ? inflated(joinBytes(this.#parts)) : null;
    if (whole === null) this.#streamed(final);
    else this.ondata(null, whole, true);
  }

  #streamed(final: boolean): void {
    const stream = new UnzipInflate();
    stream.ondata = (error, data, last) => this.ondata(error, data, last);
    this.#stream = stream;
    const last = this.#parts.pop() ?? new Uint8Array();
    for (const part of this.#parts) stream.push(part, false);
    this.#parts = [];
    stream.push(last, final);
  }
}

/** Null for what does not fit, or is damaged. */
function inflated(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  try {
    const data = inflateSync(bytes, { out: room });
    return data.length < room.length ? data.slice() : null;
  } catch {
    return null;
  }
}
