/** One JSON value that is being taken out of a stream: its bytes, or why they are passed over. Bounds what a reader holds. */
import { joinBytes } from "./decode.ts";

/** Bytes of one value. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Objects and lists within each other. */
const MAX_DEPTH = 120;

/** Objects and lists in one value: each takes many times more memory than its two brackets. */
const MAX_CONTAINERS = 10_000_000;

/** Begins empty; a part must not be changed afterwards. */
export class TakenValue {
  #parts: Uint8Array[] = [];
  #size = 0;
  #containers = 0;
  #refusal: string | null = null;

  /** Bytes so far, also those that were passed over. */
  get size(): number {
    return this.#size;
  }

  /** An object or list begins, the so many-th within each other. */
  opened(depth: number): void {
    this.#containers++;
    if (depth > MAX_DEPTH) this.#refuse(`is nested more than ${MAX_DEPTH} levels deep`);
    if (this.#containers > MAX_CONTAINERS)
      this.#refuse(`holds more than ${MAX_CONTAINERS} objects and lists`);
  }

  add(part: Uint8Array): void {
    this.#size += part.length;
    if (this.#size > MAX_BYTES) this.#refuse(`is larger than ${MAX_BYTES} bytes`);
    if (this.#refusal === null && part.length > 0) this.#parts.push(part);
  }

  /** What was taken, which is kept here no longer. */
  end(): { bytes: Uint8Array; refusal: string | null } {
    const bytes = joinBytes(this.#parts);
    this.#parts = [];
    return { bytes, refusal: this.#refusal };
  }

  #refuse(why: string): void {
    this.#refusal ??= why;
    this.#parts = [];
  }
}
