/** Keys of a codebook as names of types and features: a letter, then letters, digits and underscores. */
import { unescapeName } from "../escaped-name.ts";

/** Namespaces of the types that an export declares. */
export const SPAN_TYPES = "concord.span.";
export const RELATION_TYPES = "concord.relation.";

/** Features of every annotation, and those that say what attributes can't. */
export const RESERVED = [
  "sofa",
  "begin",
  "end",
  "concord_note",
  "concord_quote",
  "concord_fragments",
  "Governor",
  "Dependent",
  "self",
  "type",
  "xmiID",
];

/** @example toIdentifier("my label") // "my_x20_label"; toIdentifier("2nd") // "x_x32_nd" */
export function toIdentifier(key: string): string {
  const hex = (found: string) => `_x${found.codePointAt(0)?.toString(16)}_`;
  const escaped = key.replace(/[^A-Za-z0-9_]|_(?=x[0-9a-f]+_)/gu, hex);
  const isPlain = /^[A-Za-z]/.test(escaped) && !escaped.startsWith("x_x") && !RESERVED.includes(key);
  if (isPlain || escaped.startsWith("_x")) return isPlain ? escaped : `x${escaped}`;
  return `x${hex(escaped[0] ?? "")}${escaped.slice(1)}`;
}

/** The key that was made a name; other tools' names are their own keys. */
export function fromIdentifier(name: string): string {
  return unescapeName(name.startsWith("x_x") ? name.slice(1) : name);
}
