/**
 * JSON values out of a stream: the items of a list, or values one after the other, as in JSON Lines. Only brackets and
 * quotation marks are looked at; each value is parsed by itself, so memory is bounded by the largest.
 */

import type { Problem } from "./corpus.ts";
import { type JsonBytes, parseJson } from "./json-parse.ts";
import { errorAt } from "./problem.ts";
import { TakenValue } from "./taken-value.ts";

/** A value with where it starts, or what is wrong with it. */
export type JsonItem =
  | { value: unknown; json: string; line: number; column: number }
  | { problem: Problem; line: number; column: number };

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

const isSpace = (byte: number) => byte === 0x20 || byte === 0x0d || byte === 0x09 || byte === LINE_FEED;

/**
 * The values of a file, in order. A list at the top is taken apart, unless `whole` is set. With `lines` every value
 * outside of a list ends with its line, so that what is wrong costs that line; in a list, a bracket that does not close
 * costs the rest.
 * @example for await (const item of jsonItems(file.bytes)) if ("value" in item) …
 */
export async function* jsonItems(
  bytes: AsyncIterable<Uint8Array>,
  { whole = false, lines = false }: { whole?: boolean; lines?: boolean } = {},
): AsyncGenerator<JsonItem, void, undefined> {
  const scanner = new Scanner(whole, lines);
  for await (const chunk of bytes) {
    for (const found of scanner.feed(chunk)) yield itemOf(found);
    if (scanner.broken) return;
  }
  for (const found of scanner.end()) yield itemOf(found);
}

function itemOf(found: JsonBytes | Problem): JsonItem {
  if ("message" in found) return { problem: found, line: found.line ?? 1, column: found.column ?? 1 };
  const parsed = parseJson(found);
  return { ...parsed, line: found.line, column: found.column };
}

/** Where in a file the scanner is: outside of values, in one that ends by its brackets, or in a line. */
type State = "start" | "item" | "after item" | "line" | "end";

class Scanner {
  broken = false;
  readonly #whole: boolean;
  readonly #lines: boolean;
  #state: State = "start";
  #taking = false;
  #line = 1;
  #column = 1;
  #start = { line: 1, column: 1 };
  #taken = new TakenValue();
  #depth = 0;
  #inString = false;
  #escaped = false;
  #found: (JsonBytes | Problem)[] = [];

  constructor(whole: boolean, lines: boolean) {
    this.#whole = whole;
    this.#lines = lines;
  }

  feed(chunk: Uint8Array): (JsonBytes | Problem)[] {
    let at = 0;
    while (at < chunk.length && !this.broken)
      at = this.#taking ? this.#take(chunk, at) : this.#step(chunk, at);
    return this.#hand();
  }

  end(): (JsonBytes | Problem)[] {
    if (this.#taking && this.#state === "line") this.#finish();
    if (this.#taking || this.#state === "item" || this.#state === "after item")
      this.#break("The file ends too early; what is whole before that was read.");
    else if (this.#state === "start") this.#break("The file is empty.");
    return this.#hand();
  }

  #hand(): (JsonBytes | Problem)[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  #break(message: string): void {
    if (this.broken) return;
    this.broken = true;
    this.#found.push(errorAt({ line: this.#line, column: this.#column }, message));
  }

  #pass(byte: number): void {
    if (byte === LINE_FEED) {
      this.#line++;
      this.#column = 1;
    } else if ((byte & 0xc0) !== 0x80) this.#column++;
  }

  /** One byte outside of values. */
  #step(chunk: Uint8Array, at: number): number {
    const byte = chunk[at] ?? 0;
    if (isSpace(byte)) {
      this.#pass(byte);
      return at + 1;
    }
    const atStart = this.#state === "start" && this.#line === 1 && this.#column === 1;
    if (atStart && BYTE_ORDER_MARK.includes(byte)) return at + 1;
    switch (this.#state) {
      case "start":
        if (byte === OPEN_LIST && !this.#whole) {
          this.#state = "item";
          this.#pass(byte);
          return at + 1;
        }
        if (byte !== OPEN_OBJECT && byte !== OPEN_LIST) {
          this.#break("JSON was expected here: a list or an object.");
          return at;
        }
        this.#begin("line");
        return at;
      case "item":
        if (byte === CLOSE_LIST) {
          this.#state = "end";
          this.#pass(byte);
          return at + 1;
        }
        this.#begin("item");
        return at;
      case "after item":
        if (byte !== COMMA && byte !== CLOSE_LIST) {
          this.#break("A comma or ] was expected here.");
          return at;
        }
        this.#state = byte === COMMA ? "item" : "end";
        this.#pass(byte);
        return at + 1;
      case "line":
        this.#begin("line");
        return at;
      case "end":
        this.#break("Nothing may follow the end of the list.");
        return at;
    }
  }

  #begin(state: "item" | "line"): void {
    this.#state = state;
    this.#taking = true;
    this.#start = { line: this.#line, column: this.#column };
    this.#taken = new TakenValue();
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = false;
  }

  /** Bytes of a value, up to where its brackets end it, or its line does; answers where to go on. */
  #take(chunk: Uint8Array, from: number): number {
    const inLine = this.#state === "line" && this.#lines;
    // Fields are slow to reach at every byte.
    let inString = this.#inString;
    let escaped = this.#escaped;
    let depth = this.#depth;
    let at = from;
    let ended = false;
    for (; at < chunk.length && !ended; at++) {
      const byte = chunk[at] ?? 0;
      if (inLine && byte === LINE_FEED) break;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) {
          inString = false;
          ended = depth === 0;
        }
      } else if (byte === QUOTE) inString = true;
      else if (byte === OPEN_LIST || byte === OPEN_OBJECT) this.#taken.opened(++depth);
      else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
        if (depth === 0) break;
        ended = --depth === 0;
      } else if (depth === 0 && (byte === COMMA || isSpace(byte))) break;
    }
    this.#inString = inString;
    this.#escaped = escaped;
    this.#depth = depth;
    const stopped = !ended && at < chunk.length;
    // A bracket or comma that nothing opened would be met again and again.
    if (stopped && at === from && this.#taken.size === 0) at++;
    this.#keep(chunk.subarray(from, at));
    if (ended || stopped) this.#finish();
    return at;
  }

  #keep(part: Uint8Array): void {
    const feed = part.lastIndexOf(LINE_FEED);
    for (let at = part.indexOf(LINE_FEED); at !== -1; at = part.indexOf(LINE_FEED, at + 1)) this.#line++;
    let column = feed === -1 ? this.#column : 1;
    for (let at = feed + 1; at < part.length; at++) if (((part[at] ?? 0) & 0xc0) !== 0x80) column++;
    this.#column = column;
    this.#taken.add(part);
  }

  #finish(): void {
    this.#taking = false;
    if (this.#state === "item") this.#state = "after item";
    this.#found.push({ ...this.#taken.end(), ...this.#start });
  }
}
