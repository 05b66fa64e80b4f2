/**
 * Finds the documents in a stream of bytes without reading them: only brackets and quotation marks are looked at. Both
 * formats start with an object; `json` has the documents inside it, `ndjson` in the lines behind it.
 */
import { TakenValue } from "../taken-value.ts";

/** Where something starts: line and column from 1, the column in code points. */
export interface Place {
  line: number;
  column: number;
}

/** A part of the file. `end` is how many bytes are read by then. */
export type Slice =
  | { kind: "member"; key: Uint8Array; value: Value; end: number }
  | { kind: "documents"; format: "json" | "ndjson"; place: Place; end: number }
  | { kind: "document"; value: Value; end: number }
  | { kind: "broken"; message: string; place: Place | null; end: number };

/** One value's bytes, or why they were passed over. */
export interface Value extends Place {
  bytes: Uint8Array;
  refusal: string | null;
}

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

const isSpace = (byte: number) => byte === 0x20 || byte === 0x0d || byte === 0x09 || byte === LINE_FEED;

/** What comes next. */
type State =
  | "start"
  | "first key"
  | "key"
  | "colon"
  | "value"
  | "after value"
  | "first document"
  | "document"
  | "after document"
  | "line"
  | "end"
  | "broken";

/** What a value that is being taken will be. */
type Taking = "key" | "value" | "document" | "line";

const DOCUMENTS = new TextEncoder().encode('"documents"');

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Takes a file chunk by chunk. A chunk must not be changed afterwards: what fits into one is not copied. */
export class Splitter {
  #state: State = "start";
  #taking: Taking | null = null;
  #key: Uint8Array = new Uint8Array();
  #hasDocuments = false;

  // Where we are.
  #bytes = 0;
  #line = 1;
  #column = 1;
  #markBytes = 0;

  // The value being taken.
  #taken = new TakenValue();
  #start: Place = { line: 1, column: 1 };
  #depth = 0;
  #inString = false;
  #escaped = false;

  #slices: Slice[] = [];

  /** The parts that end in this chunk. */
  feed(chunk: Uint8Array): Slice[] {
    for (let at = 0; at < chunk.length && this.#state !== "broken"; ) {
      at = this.#taking === null ? this.#step(chunk, at) : this.#take(chunk, at);
    }
    return this.#hand();
  }

  /** What is left when the file has ended. */
  end(): Slice[] {
    if (this.#taking === "line") this.#finish();
    const whole = this.#taking === null && (this.#state === "line" || this.#state === "end");
    if (this.#state === "start") this.#break("The file is empty.");
    else if (!whole && this.#state !== "broken")
      this.#break("The file ends too early; what is whole before that was read.");
    return this.#hand();
  }

  #hand(): Slice[] {
    const slices = this.#slices;
    this.#slices = [];
    return slices;
  }

  #place(): Place {
    return { line: this.#line, column: this.#column };
  }

  #break(message: string): void {
    this.#state = "broken";
    this.#taking = null;
    this.#slices.push({ kind: "broken", message, place: this.#place(), end: this.#bytes });
  }

  /** Moves behind one byte outside of values. */
  #pass(byte: number): void {
    this.#bytes++;
    if (byte === LINE_FEED) {
      this.#line++;
      this.#column = 1;
    } else if ((byte & 0xc0) !== 0x80) this.#column++;
  }

  /** Takes the byte at `at`, which is outside of any value, and answers where to go on. */
  #step(chunk: Uint8Array, at: number): number {
    const byte = chunk[at] ?? 0;
    if (this.#markBytes < 3 && this.#bytes === this.#markBytes && byte === BYTE_ORDER_MARK[this.#bytes]) {
      this.#markBytes++;
      this.#bytes++;
      return at + 1;
    }
    if (isSpace(byte)) {
      this.#pass(byte);
      return at + 1;
    }
    const expected = this.#accept(byte);
    if (expected !== null) this.#break(expected);
    else if (this.#taking === null) this.#pass(byte);
    else return at;
    return at + 1;
  }

  /** Goes on to the next state, or starts to take a value; answers what is wrong, if anything is. */
  #accept(byte: number): string | null {
    switch (this.#state) {
      case "start":
        if (byte !== OPEN_OBJECT) {
          return "This is no Concord corpus: it must start with { as an export in json or ndjson does.";
        }
        this.#state = "first key";
        return null;
      case "first key":
      case "key":
        if (byte === CLOSE_OBJECT && this.#state === "first key") return this.#close();
        if (byte !== QUOTE) return "A member's name in double quotes was expected here.";
        return this.#begin("key");
      case "colon":
        if (byte !== COLON) return "A colon was expected here.";
        this.#state = "value";
        return null;
      case "value":
        if (byte === OPEN_LIST && equal(this.#key, DOCUMENTS)) return this.#open();
        return this.#beginValue(byte, "value");
      case "after value":
        if (byte === CLOSE_OBJECT) return this.#close();
        if (byte !== COMMA) return "A comma or } was expected here.";
        this.#state = "key";
        return null;
      case "first document":
        if (byte === CLOSE_LIST) {
          this.#state = "after value";
          return null;
        }
        return this.#beginValue(byte, "document");
      case "document":
        return this.#beginValue(byte, "document");
      case "after document":
        if (byte !== COMMA && byte !== CLOSE_LIST) return "A comma or ] was expected here.";
        this.#state = byte === COMMA ? "document" : "after value";
        return null;
      case "line":
        return this.#begin("line");
      case "end":
      case "broken":
        return "Nothing may follow the end of the corpus.";
    }
  }

  #open(): string | null {
    if (this.#hasDocuments) return "documents is there twice.";
    this.#hasDocuments = true;
    this.#state = "first document";
    this.#slices.push({ kind: "documents", format: "json", place: this.#place(), end: this.#bytes });
    return null;
  }

  #close(): null {
    if (this.#hasDocuments) this.#state = "end";
    else {
      this.#state = "line";
      this.#slices.push({ kind: "documents", format: "ndjson", place: this.#place(), end: this.#bytes + 1 });
    }
    return null;
  }

  #beginValue(byte: number, taking: "value" | "document"): string | null {
    const isValue = byte !== COMMA && byte !== COLON && byte !== CLOSE_LIST && byte !== CLOSE_OBJECT;
    return isValue ? this.#begin(taking) : "A value was expected here.";
  }

  #begin(taking: Taking): null {
    this.#taking = taking;
    this.#taken = new TakenValue();
    this.#start = this.#place();
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = false;
    return null;
  }

  /** Takes bytes of the value up to its end or the chunk's, and answers where to go on. */
  #take(chunk: Uint8Array, from: number): number {
    const scan = this.#scan(chunk, from);
    this.#keep(chunk.subarray(from, scan.at));
    if (scan.ended) this.#finish();
    return scan.at;
  }

  /**
   * Follows strings and brackets up to where the value ends: a line at its line feed, whatever else is wrong with it,
   * any other value where its brackets or its quotation mark close, and a bare one before what can't be in it.
   */
  #scan(chunk: Uint8Array, from: number): { at: number; ended: boolean } {
    const isLine = this.#taking === "line";
    const feed = isLine ? chunk.indexOf(LINE_FEED, from) : -1;
    const end = feed === -1 ? chunk.length : feed;
    let inString = this.#inString;
    let escaped = this.#escaped;
    let depth = this.#depth;
    let at = from;
    let ended = feed !== -1;
    for (; at < end; at++) {
      const byte = chunk[at] ?? 0;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) {
          inString = false;
          if (depth === 0 && !isLine) {
            at++;
            ended = true;
            break;
          }
        }
      } else if (byte === QUOTE) inString = true;
      else if (byte === OPEN_LIST || byte === OPEN_OBJECT) this.#taken.opened(++depth);
      else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
        depth--;
        if (depth <= 0 && !isLine) {
          // One that closes what is around the value is not the value's.
          if (depth === 0) at++;
          ended = true;
          break;
        }
      } else if (depth === 0 && !isLine && (byte === COMMA || byte === COLON || isSpace(byte))) {
        ended = true;
        break;
      }
    }
    this.#inString = inString;
    this.#escaped = escaped;
    this.#depth = depth;
    return { at, ended };
  }

  #keep(part: Uint8Array): void {
    this.#bytes += part.length;
    this.#taken.add(part);
    let line = this.#line;
    let column = this.#column;
    for (let at = 0; at < part.length; at++) {
      const byte = part[at] ?? 0;
      if (byte === LINE_FEED) {
        line++;
        column = 1;
      } else if ((byte & 0xc0) !== 0x80) column++;
    }
    this.#line = line;
    this.#column = column;
  }

  #finish(): void {
    const taking = this.#taking;
    this.#taking = null;
    const value: Value = { ...this.#taken.end(), ...this.#start };
    if (taking === "key") {
      this.#key = value.bytes;
      this.#state = "colon";
    } else if (taking === "value") {
      this.#slices.push({ kind: "member", key: this.#key, value, end: this.#bytes });
      this.#state = "after value";
    } else {
      this.#slices.push({ kind: "document", value, end: this.#bytes });
      if (taking === "document") this.#state = "after document";
    }
  }
}
