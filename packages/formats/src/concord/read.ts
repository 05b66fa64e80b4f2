/** Reads a corpus in Concord's own `json` and `ndjson`, streaming; docs/formats/concord-json.md. */
import { Checks, type Finding, type Path, pathText } from "../checks.ts";
import type { ContentEvent, CorpusHeader, Problem, ReadLimits } from "../corpus.ts";
import { parseJson, placeIn } from "../json-parse.ts";
import { locate } from "../json-place.ts";
import { errorAt, NOWHERE } from "../problem.ts";
import { type Names, namesOf, readDocument } from "./document.ts";
import { readHeader } from "./header.ts";
import { type Place, type Slice, Splitter, type Value } from "./split.ts";

/** How a Concord corpus is read. */
export interface ReadConcordOptions {
  /** `auto` takes either, by the content. */
  format: "json" | "ndjson" | "auto";
  limits: ReadLimits;
  /** The first document wanted, from 0: those before it were read earlier, and are passed over unchecked. */
  from?: number;
}

/** Documents in one file. */
const MAX_DOCUMENTS = 1_000_000;

/**
 * Reads header and documents one by one and does not stop at the first bad document. Memory is bounded by the largest
 * document. Chunks must not be changed after they were handed over.
 * @example for await (const event of readConcord(file.stream(), { format: "auto", limits })) …
 */
export async function* readConcord(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadConcordOptions,
): AsyncGenerator<ContentEvent, void, undefined> {
  const splitter = new Splitter();
  const reader = new ConcordReader(options);
  for await (const chunk of bytes) {
    for (const slice of splitter.feed(chunk)) {
      const event = await reader.read(slice);
      if (event !== null) yield event;
      if (reader.ended) return;
    }
  }
  for (const slice of splitter.end()) {
    const event = await reader.read(slice);
    if (event !== null) yield event;
    if (reader.ended) return;
  }
}

/** Turns slices of the file into what they say. */
class ConcordReader {
  ended = false;
  readonly #options: ReadConcordOptions;
  readonly #unknown = new Set<string>();
  /** The header's members with where they stand. */
  readonly #members: [string, Value & { json: string; value: unknown }][] = [];
  readonly #problems: Problem[] = [];
  #names: Names | null = null;
  #layout: "json" | "ndjson" = "json";
  #ordinal = 0;

  constructor(options: ReadConcordOptions) {
    this.#options = options;
  }

  async read(slice: Slice): Promise<ContentEvent | null> {
    switch (slice.kind) {
      case "member":
        return this.#member(slice.key, slice.value, slice.end);
      case "documents":
        return this.#header(slice.format, slice.place, slice.end);
      case "document":
        return this.#document(slice.value, slice.end);
      case "broken":
        return this.#broken(error(slice.message, slice.place), slice.end);
    }
  }

  /** The file can't be read on. */
  #broken(problem: Problem, end: number): ContentEvent {
    this.ended = true;
    const problems = [...this.#problems, problem];
    return this.#names === null
      ? { kind: "header", header: null, problems, end }
      : { kind: "broken", problems, end };
  }

  #member(keyBytes: Uint8Array, value: Value, end: number): ContentEvent | null {
    const key = parseJson({ ...value, bytes: keyBytes, refusal: null });
    if ("problem" in key || typeof key.value !== "string") {
      return this.#broken(error("This is no member's name.", value), end);
    }
    const parsed = parseJson(value);
    if ("problem" in parsed) return this.#broken(parsed.problem, end);
    if (this.#names === null) this.#members.push([key.value, { ...value, ...parsed }]);
    else if (HEADER_MEMBERS.has(key.value)) {
      return this.#broken(error(`${key.value} must stand before documents.`, value), end);
    }
    return null;
  }

  #header(layout: "json" | "ndjson", place: Place, end: number): ContentEvent {
    const { format, limits } = this.#options;
    if (format !== "auto" && format !== layout) {
      return this.#broken(error(`This is ${layout}, not ${format}: ${LAYOUTS[layout]}.`, place), end);
    }
    this.#layout = layout;
    const checks = new Checks(this.#unknown);
    const whole: Record<string, unknown> = Object.fromEntries(
      this.#members.map(([key, { value }]) => [key, value]),
    );
    const header: CorpusHeader | null = readHeader(checks, whole, limits);
    const problems = checks.findings.map((finding) => this.#headerProblem(finding));
    this.#members.length = 0;
    if (header === null) this.ended = true;
    else this.#names = namesOf(header);
    return { kind: "header", header, problems, end };
  }

  /** The path's first key says in which member it is. */
  #headerProblem({ path, message, severity }: Finding): Problem {
    const [first, rest] = headOf(path);
    const member = this.#members.findLast(([key]) => key === first)?.[1];
    const place =
      member === undefined
        ? { line: 1, column: 1 }
        : placeIn(member.json, locate(member.json, [rest])[0] ?? 0, member);
    return { file: null, ...place, message: `${pathText(path)} ${message}.`.trim(), severity };
  }

  async #document(value: Value, end: number): Promise<ContentEvent | null> {
    const ordinal = this.#ordinal++;
    if (this.#names === null || ordinal < (this.#options.from ?? 0)) return null;
    if (ordinal >= MAX_DOCUMENTS) {
      return this.#broken(
        error(`At most ${MAX_DOCUMENTS} documents are read from one file; the rest is left out.`, value),
        end,
      );
    }
    const at: Path | null =
      this.#layout === "json" ? { up: { up: null, key: "documents" }, key: ordinal } : null;
    const place = { line: value.line, column: value.column };
    const parsed = parseJson(value, pathText(at));
    if ("problem" in parsed)
      return {
        kind: "document",
        ordinal,
        file: null,
        document: null,
        ...place,
        problems: [parsed.problem],
        end,
      };
    const checks = new Checks(this.#unknown);
    const document = await readDocument(checks, parsed.value, at, this.#names, this.#options.limits);
    const problems = problemsOf(checks.findings, parsed.json, value, at);
    return { kind: "document", ordinal, file: null, document, ...place, problems, end };
  }
}

const HEADER_MEMBERS = new Set(["format", "version", "offsets", "project", "users"]);

const LAYOUTS = {
  json: "it is one object with documents in it",
  ndjson: "its first object has no documents in it",
};

function error(message: string, place: Place | null): Problem {
  return errorAt(place ?? NOWHERE, message);
}

function problemsOf(findings: readonly Finding[], json: string, start: Place, root: Path | null): Problem[] {
  if (findings.length === 0) return [];
  const offsets = locate(
    json,
    findings.map(({ path }) => below(path, root)),
  );
  return findings.map(({ path, message, severity }, index) => ({
    file: null,
    ...placeIn(json, offsets[index] ?? 0, start),
    message: `${pathText(path) || "The document"} ${message}.`,
    severity,
  }));
}

/** The path from the document on. */
function below(path: Path | null, root: Path | null): Path | null {
  if (path === null || path === root) return null;
  return { up: below(path.up, root), key: path.key };
}

/** A path's first key, and the way from there. */
function headOf(path: Path | null): [first: string | number | null, rest: Path | null] {
  if (path === null) return [null, null];
  if (path.up === null) return [path.key, null];
  const [first, rest] = headOf(path.up);
  return [first, { up: rest, key: path.key }];
}
