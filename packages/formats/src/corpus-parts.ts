/** What is in a source, part by part and in the same order each time: what its files hold, and each file when it was read. */
import { bundledFiles, isZip } from "./bundle/bundled-files.ts";
import { isManifest, Manifest } from "./bundle/manifest.ts";
import { withPartners } from "./bundle/partners.ts";
import type { Problem, ReadFile } from "./corpus.ts";
import type { FormatId, Found, InputFile, Partner, ReadOptions } from "./format.ts";
import { detectFormat, FORMATS, formatOf, sampleOf } from "./formats.ts";
import { peek } from "./peek.ts";
import { errorAt, NOWHERE, Unreadable } from "./problem.ts";

/** A file that can be opened again and again, from its start. */
export interface Source {
  /** With its end; tells the format where the content does not. */
  name: string;
  open(): AsyncIterable<Uint8Array>;
}

/** How parts are read. */
export interface PartOptions extends ReadOptions {
  format: FormatId | "auto";
  /** Says what went wrong with a file; throws what is none of the file's doing. */
  problemOf(cause: unknown): Problem;
}

/** A part of the corpus; `file` is null where there is but one, `read` is how many bytes of the source were by then. */
export type Part = { file: string | null; read: number } & (
  | { kind: "found"; found: Found }
  | { kind: "unreadable"; problem: Problem }
  /** It was read to its end, or as far as it could be. `candidates` is what it may be where that is not sure. */
  | { kind: "end"; about: ReadFile; candidates: FormatId[] }
);

/** A single file's parts. */
export async function* fileParts(
  source: Source,
  options: PartOptions,
): AsyncGenerator<Part, void, undefined> {
  const { bytes, read } = counted(source.open());
  yield* partsOf({ path: source.name, bytes, partners: new Map() }, null, read, new Manifest(), options);
}

/** The parts of all files of a zip. */
export async function* bundleParts(
  source: Source,
  options: PartOptions,
): AsyncGenerator<Part, void, undefined> {
  const { paths, refused, manifest } = await listFiles(source);
  const { bytes, read } = counted(source.open());
  for await (const file of withPartners(bundledFiles(bytes, refused), paths))
    if (!isManifest(file.path)) yield* partsOf(file, file.path, read, manifest, options);
}

/** One bad file keeps none of the others out; a bad zip ends behind it. */
async function* partsOf(
  {
    path,
    bytes,
    partners,
  }: { path: string; bytes: AsyncIterable<Uint8Array>; partners: InputFile["partners"] },
  file: string | null,
  read: () => number,
  manifest: Manifest,
  options: PartOptions,
): AsyncGenerator<Part, void, undefined> {
  const about: ReadFile = { name: path, format: null, encoding: null };
  let candidates: FormatId[] = [];
  const tellEncoding: InputFile["tellEncoding"] = (encoding) => {
    about.encoding = encoding;
  };
  try {
    const { start, bytes: whole } = await peek(bytes);
    const told = formatOfPartners(partners) ?? formatFor(path, start, options.format);
    if (typeof told !== "string") {
      candidates = told.candidates;
      throw new Unreadable(NOWHERE, told.message);
    }
    const format = formatOf(told);
    about.format = told;
    if (format.read === undefined) throw new Unreadable(NOWHERE, `${format.name} is only written, not read.`);
    if (!format.isBinary) about.encoding = "utf-8";
    for await (const found of format.read({ path, bytes: whole, partners, tellEncoding }, options)) {
      if (found.kind === "draft") manifest.complete(found.draft, path);
      yield { file, read: read(), kind: "found", found };
    }
  } catch (cause) {
    yield { file, read: read(), kind: "unreadable", problem: { ...options.problemOf(cause), file } };
  }
  yield { file, read: read(), kind: "end", about, candidates };
}

/**
 * What is in a zip, without reading it; a zip that is damaged or too large is found out here. One in it is refused as a
 * whole, so that nothing waits for a partner that never comes.
 */
async function listFiles(
  source: Source,
): Promise<{ paths: Set<string>; refused: Map<string, Unreadable>; manifest: Manifest }> {
  const listed = new Set<string>();
  const refused = new Map<string, Unreadable>();
  const manifest = new Manifest();
  for await (const { path, bytes } of bundledFiles(source.open(), refused)) {
    listed.add(path);
    if (isManifest(path)) await manifest.read(path, bytes);
  }
  const lost = [...refused.keys()];
  const paths = new Set([...listed].filter((path) => !lost.some((zip) => path.startsWith(`${zip}/`))));
  return { paths, refused, manifest };
}

/** Counts the bytes that were taken from the source. */
function counted(bytes: AsyncIterable<Uint8Array>): { bytes: AsyncIterable<Uint8Array>; read(): number } {
  let read = 0;
  async function* counting(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of bytes) {
      read += chunk.length;
      yield chunk;
    }
  }
  return { bytes: counting(), read: () => read };
}

/** Whether a source is a zip of files, rather than a format that happens to be a zip. */
export function isBundle(name: string, start: Uint8Array, wanted: FormatId | "auto"): boolean {
  return (
    isZip(start) &&
    !FORMATS.some(
      ({ id, detect }) => (wanted === "auto" || wanted === id) && detect(sampleOf(name, start)) >= 0.5,
    )
  );
}

/** What lies beside a file tells what it is. */
function formatOfPartners(partners: ReadonlyMap<string, Partner>): FormatId | null {
  const [extension] = partners.keys();
  if (extension === undefined) return null;
  return FORMATS.find((format) => format.partners?.includes(extension))?.id ?? null;
}

/** The format's name, or why there is none and what it may be. */
export function formatFor(
  path: string,
  start: Uint8Array,
  wanted: FormatId | "auto",
): FormatId | { message: string; candidates: FormatId[] } {
  if (wanted !== "auto") return wanted;
  const { format, candidates } = detectFormat(sampleOf(path, start));
  if (format !== null) return format.id;
  const ids = candidates.map(({ id }) => id);
  if (candidates.length === 0)
    return { message: "This is none of the formats that are read.", candidates: ids };
  const names = candidates.slice(0, 3).map(({ id, name }) => `${name} (${id})`);
  return { message: `It is not sure what this is; say which: ${names.join(" or ")}.`, candidates: ids };
}

/** What may go wrong with a file is told in its words; of anything else it is said that it happened. */
export function problemOf(cause: unknown): Problem {
  if (cause instanceof Unreadable) return cause.problem;
  const reason = cause instanceof Error ? cause.message.replace(/\.$/, "") : String(cause);
  return errorAt(NOWHERE, `The file can't be read: its reader failed on it (${reason}).`);
}
