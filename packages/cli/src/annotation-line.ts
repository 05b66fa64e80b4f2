/** One line of an annotation file: what it must be, and where in a text it means. Asks nobody. */
import {
  checkFragments,
  codePointLength,
  type Fragment,
  findUnstorable,
  type OffsetMap,
  quoteOf,
} from "@concord/core";

/** A line that was read. The place is given by positions, by words, or by both, which must then agree. */
export interface AnnotationLine {
  /** The document's id. */
  document: string;
  /** A label's key or id. */
  label: string;
  fragments: Fragment[] | null;
  /** Where a quote begins that has no end given. */
  start: number | null;
  quote: string | null;
  prefix: string;
  suffix: string;
  id: string | undefined;
  note: string | undefined;
  attributes: Record<string, unknown> | undefined;
}

/** What is wrong, in a sentence, and with which key of the line. */
export class LineProblem extends Error {
  readonly field: string | null;
  constructor(field: string | null, message: string) {
    super(message);
    this.name = "LineProblem";
    this.field = field;
  }
}

const KEYS = [
  "document",
  "label",
  "start",
  "end",
  "fragments",
  "quote",
  "prefix",
  "suffix",
  "id",
  "note",
  "attributes",
];

/**
 * @param defaults for lines that name no document or label
 * @throws LineProblem
 * @example parseLine('{"document":"0190…","label":"claim","quote":"The boats"}', {}).quote; // "The boats"
 */
export function parseLine(json: string, defaults: { document?: string; label?: string }): AnnotationLine {
  const line = objectFrom(json);
  const unknown = Object.keys(line).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw new LineProblem(unknown, `The keys are ${KEYS.join(", ")}.`);
  const document = text(line, "document") ?? defaults.document;
  const label = text(line, "label") ?? defaults.label;
  if (document === undefined) throw new LineProblem("document", "It must be the id of a document.");
  if (label === undefined) throw new LineProblem("label", "It must be the key or the id of a label.");
  const quote = text(line, "quote") ?? null;
  const start = position(line, "start");
  const fragments = fragmentsOf(line, start, position(line, "end"));
  if (quote === "") throw new LineProblem("quote", "It must not be empty.");
  if (fragments === null && quote === null)
    throw new LineProblem(null, "It needs a place: start and end, fragments, or a quote.");
  const { attributes } = line;
  if (attributes !== undefined && !isObject(attributes))
    throw new LineProblem("attributes", "It must be an object of values by key.");
  return {
    document,
    label,
    fragments,
    start,
    quote,
    prefix: text(line, "prefix") ?? "",
    suffix: text(line, "suffix") ?? "",
    id: text(line, "id"),
    note: text(line, "note"),
    attributes,
  };
}

/**
 * The place in a text, in code points.
 * @throws LineProblem when the words are not there, stand in several places, or not where the positions say
 */
export function placeOf(line: AnnotationLine, map: OffsetMap): Fragment[] {
  const { quote, start, fragments } = line;
  if (fragments !== null) return checkedPlace(fragments, quote, map, "fragments");
  if (quote === null) throw new LineProblem(null, "It needs a place.");
  if (start !== null)
    return checkedPlace([{ start, end: start + codePointLength(quote) }], quote, map, "start");
  return [findQuote(quote, line, map)];
}

function checkedPlace(
  fragments: Fragment[],
  quote: string | null,
  map: OffsetMap,
  field: string,
): Fragment[] {
  const problem = checkFragments(fragments, map.length);
  if (problem !== null) throw new LineProblem(field, problem.message);
  const there = quoteOf(map, fragments);
  if (quote === null || there === quote) return fragments;
  throw new LineProblem("quote", `The text reads ${shown(there)} there, not ${shown(quote)}.`);
}

/** Words count as found where their surroundings fit too, and only if that is one place. */
function findQuote(quote: string, { prefix, suffix }: AnnotationLine, map: OffsetMap): Fragment {
  const text = map.slice(0, map.length);
  const surrounded = prefix + quote + suffix;
  const at = text.indexOf(surrounded);
  if (at === -1) throw new LineProblem("quote", `${shown(surrounded)} does not stand in the text.`);
  if (text.indexOf(surrounded, at + 1) !== -1)
    throw new LineProblem(
      "quote",
      `${shown(surrounded)} stands in several places; prefix, suffix or start say which is meant.`,
    );
  const start = map.toCodePoint(at + prefix.length);
  return { start, end: start + codePointLength(quote) };
}

function objectFrom(json: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new LineProblem(null, `It is no JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (!isObject(value)) throw new LineProblem(null, "It must be a JSON object.");
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(line: Record<string, unknown>, key: string): string | undefined {
  const value = line[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string" && findUnstorable(value) === null) return value;
  throw new LineProblem(key, "It must be a text.");
}

function position(line: Record<string, unknown>, key: string): number | null {
  const value = line[key];
  if (value === undefined || value === null) return null;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new LineProblem(
    key,
    "It must be a whole number: characters (code points) from the start of the text.",
  );
}

function fragmentsOf(
  line: Record<string, unknown>,
  start: number | null,
  end: number | null,
): Fragment[] | null {
  const { fragments } = line;
  if (fragments === undefined || fragments === null) {
    if (end === null) return null;
    if (start === null) throw new LineProblem("start", "It must be given with end.");
    return [{ start, end }];
  }
  if (start !== null || end !== null)
    throw new LineProblem("fragments", "Give either fragments or start and end.");
  if (!Array.isArray(fragments)) throw new LineProblem("fragments", "It must be a list of [start, end].");
  return fragments.map((fragment: unknown) => {
    const [from, to, ...more]: unknown[] = Array.isArray(fragment) ? fragment : [];
    if (typeof from !== "number" || typeof to !== "number" || more.length > 0)
      throw new LineProblem("fragments", "It must be a list of [start, end].");
    return { start: from, end: to };
  });
}

/** Enough of it to know it again. */
function shown(words: string): string {
  const points = Array.from(words);
  return `“${points.length > 60 ? `${points.slice(0, 59).join("")}…` : words}”`;
}
