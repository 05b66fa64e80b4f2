/**
 * JSON.parse of V8 12.8 to at least 15 (Node 23 to 26, Chromium) may read a key that is written with an escape as
 * another one: after {"h":0,"\\":0} the key of {"h":0,"\n":0} comes out as "\\" (nodejs/node#63785). Keys of
 * attributes and of metadata are people's own, so a process that parses them mends it first.
 */

type Parse = typeof JSON.parse;

/** Replaces JSON.parse by one that reads all keys as they are written, where the engine's own does not. */
export function mendJsonParse(): void {
  if (!readsKeysWrongly(JSON.parse)) return;
  JSON.parse = mended(JSON.parse);
}

function readsKeysWrongly(parse: Parse): boolean {
  parse(String.raw`{"mended":0,"\\":0}`);
  const canary: unknown = parse(String.raw`{"mended":0,"\n":0}`);
  return Object.keys(Object(canary))[1] !== "\n";
}

/**
 * A text with escaped keys is parsed with names in their place that need no escape, which are then replaced; any
 * other text goes to the engine as it is.
 */
function mended(parse: Parse): Parse {
  return (text, reviver) => {
    const json = String(text);
    if (!hasEscapedKey(json)) return parse(json, reviver);
    // First as it is: what is not JSON is refused in the engine's own words and places.
    parse(json);
    const prefix = absentFrom(json);
    const keys = new Map<string, string>();
    const plain = json.replace(STRING, (string: string, inside: string, colon: string | undefined) => {
      if (colon === undefined || !inside.includes("\\")) return string;
      const name = `${prefix}${keys.size}`;
      keys.set(name, String(parse(`"${inside}"`)));
      return `"${name}"${colon}`;
    });
    return parse(plain, function (this: unknown, name, value: unknown) {
      const read = renamed(value, keys);
      return reviver === undefined ? read : reviver.call(this, keys.get(name) ?? name, read);
    });
  };
}

/** A string, what is between its quotes, and the colon if it is a key. */
const STRING = /"((?:[^"\\]|\\.)*)"(\s*:)?/gs;
const COLON = /\s*:/y;

/** A backslash is always inside a string, so what follows that string tells whether it is a key. */
function hasEscapedKey(json: string): boolean {
  for (let at = json.indexOf("\\"); at !== -1; ) {
    let end = json.indexOf('"', at);
    while (end !== -1 && isEscaped(json, end, at)) end = json.indexOf('"', end + 1);
    if (end === -1) return false;
    COLON.lastIndex = end + 1;
    if (COLON.test(json)) return true;
    at = json.indexOf("\\", end);
  }
  return false;
}

/** Whether an odd number of backslashes, none before `from`, stands right before a place. */
function isEscaped(json: string, place: number, from: number): boolean {
  let start = place;
  while (start > from && json[start - 1] === "\\") start--;
  return (place - start) % 2 === 1;
}

function absentFrom(json: string): string {
  for (;;) {
    const name = `key ${Math.random()} `;
    if (!json.includes(name)) return name;
  }
}

function renamed(value: unknown, keys: ReadonlyMap<string, string>): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const names = Object.keys(value);
  if (!names.some((name) => keys.has(name))) return value;
  const read = {};
  // Defined, not assigned: "__proto__" is a key like any other.
  for (const [name, member] of Object.entries(value))
    Object.defineProperty(read, keys.get(name) ?? name, {
      value: member,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  return read;
}
