/**
 * Where something stands in JSON, and where JSON goes wrong. JSON.parse tells neither in the same way everywhere; this
 * walk is many times slower than it, and made only for what is wrong.
 */
import type { Path } from "./checks.ts";

/** JSON that is none, and where, in UTF-16 units. */
export class JsonError extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.name = "JsonError";
    this.offset = offset;
  }
}

/** The wanted paths as a tree. */
interface Wanted {
  offset: number | null;
  children: Map<string | number, Wanted>;
}

/**
 * The places of values, in UTF-16 units from the start of the text; where a path leads to nothing, the place of what
 * is nearest above it.
 * @throws JsonError at the first mistake
 * @example locate('{"a":[1,2]}', [{ up: { up: null, key: "a" }, key: 1 }]); // [8]
 */
export function locate(text: string, paths: readonly (Path | null)[]): number[] {
  const root: Wanted = { offset: null, children: new Map() };
  for (const path of paths) want(root, path);
  new Walker(text).whole(root);
  return paths.map((path) => found(root, path).offset ?? 0);
}

function want(root: Wanted, path: Path | null): Wanted {
  if (path === null) return root;
  const { children } = want(root, path.up);
  let node = children.get(path.key);
  if (node === undefined) {
    node = { offset: null, children: new Map() };
    children.set(path.key, node);
  }
  return node;
}

function found(root: Wanted, path: Path | null): Wanted {
  if (path === null) return root;
  const above = found(root, path.up);
  const node = above.children.get(path.key);
  return node === undefined || node.offset === null ? { offset: above.offset, children: new Map() } : node;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** One pass over a text; recursion is bounded by whoever bounds the nesting. */
class Walker {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(wanted: Wanted): void {
    this.#value(wanted);
    this.#take(SPACE);
    if (this.#at < this.#text.length) this.#fail("Nothing may follow here");
  }

  #value(wanted: Wanted | undefined): void {
    this.#take(SPACE);
    if (wanted) wanted.offset = this.#at;
    const start = this.#text[this.#at];
    if (start === "{") this.#object(wanted);
    else if (start === "[") this.#list(wanted);
    else if (start === '"') this.#string();
    else if (!this.#take(SCALAR)) this.#fail("A value was expected here");
  }

  #object(wanted: Wanted | undefined): void {
    this.#at++;
    for (let first = true; !this.#ends("}", first); first = false) {
      this.#take(SPACE);
      if (this.#text[this.#at] !== '"') this.#fail("A member's name in double quotes was expected here");
      const name = this.#string();
      this.#take(SPACE);
      if (this.#text[this.#at] !== ":") this.#fail("A colon was expected here");
      this.#at++;
      this.#value(wanted?.children.get(JSON.parse(name)));
    }
  }

  #list(wanted: Wanted | undefined): void {
    this.#at++;
    for (let index = 0; !this.#ends("]", index === 0); index++) this.#value(wanted?.children.get(index));
  }

  /** Whether the object or list ends here; takes the comma otherwise. */
  #ends(bracket: "}" | "]", first: boolean): boolean {
    this.#take(SPACE);
    const next = this.#text[this.#at];
    if (next === bracket) {
      this.#at++;
      return true;
    }
    if (first) return false;
    if (next !== ",") this.#fail(`A comma or ${bracket} was expected here`);
    this.#at++;
    return false;
  }

  /** Character by character: a pattern would need a step of its stack for each one of a text of millions. */
  #string(): string {
    const start = this.#at++;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === QUOTE) return this.#text.slice(start, ++this.#at);
      if (code === BACKSLASH) {
        if (!this.#take(ESCAPE)) this.#fail("This escape is none");
      } else if (code >= 0x20) this.#at++;
      else this.#fail("This character can't stand in a text as it is");
    }
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #fail(message: string): never {
    throw new JsonError(this.#at, this.#at < this.#text.length ? message : "It ends too early");
  }
}
