/** One JSON value of a file: parsed, or the one thing that is wrong with it, with its line and column. */
import { codePointLength } from "@concord/core";
import type { Path } from "./checks.ts";
import type { Problem } from "./corpus.ts";
import { JsonError, locate } from "./json-place.ts";
import { errorAt } from "./problem.ts";

/** A value's bytes and where they start in the file, both from 1, the column in code points. */
export interface JsonBytes {
  bytes: Uint8Array;
  line: number;
  column: number;
  /** Why the bytes were passed over, if they were. */
  refusal: string | null;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The value, or the one thing that is wrong with its bytes; `name` stands before what is said.
 * @example parseJson({ bytes: new TextEncoder().encode("[1]"), line: 1, column: 1, refusal: null }) // { json: "[1]", value: [1] }
 */
export function parseJson(
  from: JsonBytes,
  name = "",
): { json: string; value: unknown } | { problem: Problem } {
  const named = name === "" ? "" : `${name}: `;
  if (from.refusal !== null)
    return { problem: errorAt(from, `${name === "" ? "This" : name} ${from.refusal}.`) };
  let json: string;
  try {
    json = decoder.decode(from.bytes);
  } catch {
    const before = validPrefix(from.bytes);
    return { problem: errorAt(placeIn(before, before.length, from), `${named}This is not UTF-8.`) };
  }
  try {
    const value: unknown = JSON.parse(json);
    return { json, value };
  } catch (cause) {
    const { offset, message } = mistakeIn(json) ?? { offset: 0, message: String(cause) };
    return { problem: errorAt(placeIn(json, offset, from), `${named}This is not JSON: ${message}.`) };
  }
}

function mistakeIn(json: string): JsonError | null {
  try {
    locate(json, []);
    return null;
  } catch (cause) {
    if (cause instanceof JsonError) return cause;
    throw cause;
  }
}

/** The text before the first byte that is not UTF-8, found by halving. */
function validPrefix(bytes: Uint8Array): string {
  const decodes = (length: number): string | null => {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, length), {
        stream: true,
      });
    } catch {
      return null;
    }
  };
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (decodes(middle) === null) bad = middle;
    else good = middle;
  }
  return decodes(good) ?? "";
}

/** Line and column of a place, in UTF-16 units, in a value that starts somewhere in the file. */
export function placeIn(
  json: string,
  offset: number,
  start: { line: number; column: number },
): { line: number; column: number } {
  const before = json.slice(0, offset);
  const feed = before.lastIndexOf("\n");
  const column = codePointLength(before.slice(feed + 1));
  if (feed === -1) return { line: start.line, column: start.column + column };
  return { line: start.line + before.split("\n").length - 1, column: column + 1 };
}

/** Places that are worked out in one value; a document names no more problems. */
const MAX_PLACES = 20;

/**
 * Where things stand in a value, worked out when it is first asked for: that takes a walk through it all, and so all
 * places known by then are found in one. Where more are asked for than anybody is told, it is the value's start.
 * @example new Places({ json, line: 1, column: 1 }).of({ up: null, key: "text" }).line
 */
export class Places {
  readonly #value: { json: string; line: number; column: number };
  readonly #file: { file?: string };
  readonly #paths: (Path | null)[] = [];
  #offsets: readonly number[] = [];
  #asked = 0;

  constructor(value: { json: string; line: number; column: number }, file?: string) {
    this.#value = value;
    this.#file = file === undefined ? {} : { file };
  }

  of(path: Path | null): { readonly line: number; readonly column: number; readonly file?: string } {
    const index = this.#paths.push(path) - 1;
    let known: { line: number; column: number } | null = null;
    const place = () => {
      known ??= this.#placeAt(index);
      return known;
    };
    return {
      ...this.#file,
      get line() {
        return place().line;
      },
      get column() {
        return place().column;
      },
    };
  }

  #placeAt(index: number): { line: number; column: number } {
    const { json, line, column } = this.#value;
    if (++this.#asked > MAX_PLACES) return { line, column };
    if (index >= this.#offsets.length) this.#offsets = locate(json, this.#paths);
    return placeIn(json, this.#offsets[index] ?? 0, { line, column });
  }
}
