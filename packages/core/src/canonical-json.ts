/** JSON whose bytes depend on the data alone, so that exports and content hashes can be compared. */

/** What JSON can say; an undefined member is as good as absent. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/**
 * Orders texts by code point. JavaScript's own order goes by UTF-16 unit, which puts U+1F600 before U+FF5E.
 * @returns below 0, 0 or above 0
 * @example ["～", "😀"].sort(compareCodePoints); // ["～", "😀"]
 */
export function compareCodePoints(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let index = 0;
  while (index < shorter && a.charCodeAt(index) === b.charCodeAt(index)) index++;
  // The texts may part in the middle of a surrogate pair: then its start decides.
  const start = index > 0 && (a.charCodeAt(index - 1) & 0xfc00) === 0xd800 ? index - 1 : index;
  return codePointAt(a, start) - codePointAt(b, start) || codePointAt(a, index) - codePointAt(b, index);
}

/**
 * A value as JSON without spaces, the keys of every object by code point, numbers as JavaScript prints them.
 * @throws RangeError for a number that is not finite
 * @example canonicalJson({ b: 1, a: [true, null] }); // '{"a":[true,null],"b":1}'
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new RangeError(`JSON has no number ${value}.`);
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort(compareCodePoints)) {
    const member = value[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(",")}}`;
}

/** -1 at the end, so that the shorter of two texts comes first. */
function codePointAt(text: string, index: number): number {
  return text.codePointAt(index) ?? -1;
}

/** Array.isArray does not narrow a readonly array out of a union. */
function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
