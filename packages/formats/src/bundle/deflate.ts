/** Deflates a zip's files: small ones, which most are, as wholes, for which less memory has to be filled. */
import { Deflate, deflateSync, ZipPassThrough } from "fflate";
import { joinBytes } from "../decode.ts";

/** Deflate is at its best value here; higher levels take twice as long for a few per cent. */
const LEVEL = 6;

/** Bytes of a file up to which it is small. */
const SMALL = 256 * 1024;

/** A file for `Zip.add`. */
export class Deflater extends ZipPassThrough {
  #parts: Uint8Array[] = [];
  #size = 0;
  #stream: Deflate | null = null;

  constructor(path: string) {
    super(path);
    this.compression = 8;
  }

  protected override process(chunk: Uint8Array<ArrayBuffer>, final: boolean): void {
    if (this.#stream !== null) {
      this.#stream.push(chunk, final);
      return;
    }
    this.#parts.push(chunk);
    this.#size += chunk.length;
    if (this.#size > SMALL) this.#streamed(final);
    else if (final) this.ondata(null, deflateSync(joinBytes(this.#parts), { level: LEVEL }), true);
  }

  #streamed(final: boolean): void {
    this.#stream = new Deflate({ level: LEVEL }, (data, last) => this.ondata(null, data, last));
    this.#stream.push(joinBytes(this.#parts), final);
    this.#parts = [];
  }
}
