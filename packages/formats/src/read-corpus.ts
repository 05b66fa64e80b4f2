/**
 * Any file to a header and documents. Other tools' files seldom list their labels, and the header comes first: so a
 * file is read twice, the first time for its words. It must be possible to open it again.
 */
import { readConcord } from "./concord/read.ts";
import type { CorpusEvent, DocumentEvent, Problem } from "./corpus.ts";
import {
  bundleParts,
  fileParts,
  formatFor,
  isBundle,
  type Part,
  type PartOptions,
  problemOf,
  type Source,
} from "./corpus-parts.ts";
import { isDocument, named, survey } from "./corpus-survey.ts";
import { finishDraft } from "./draft.ts";
import type { FormatId, Found, ReadOptions } from "./format.ts";
import { titleOfPath } from "./path.ts";
import { startOf } from "./peek.ts";
import { NOWHERE, Unreadable } from "./problem.ts";

/** How a corpus is read. */
export interface ReadCorpusOptions extends ReadOptions {
  format: FormatId | "auto";
  /** In which of its two shapes a file of Concord's own must be; either where it is left out. */
  shape?: "json" | "ndjson";
  /** The first document wanted, from 0: those before it were read earlier, and are passed over unchecked. */
  from?: number;
  /** Is told of errors that no reader foresaw: bugs. They end the reading of one file, which is named with them. */
  report?: (cause: unknown) => void;
  /** Is told in the first of two readings, where there are two, how many bytes are read by then. */
  surveyed?: (read: number) => void;
}

/** Documents in one import. */
const MAX_DOCUMENTS = 1_000_000;

/**
 * Reads a file of any format, or a zip of files of several, and does not stop at the first bad document. The same bytes
 * give the same documents under the same numbers each time.
 * @throws only what the source's `open` throws
 * @example for await (const event of readCorpus({ name: "corpus.zip", open: () => file.stream() }, { format: "auto", limits })) …
 */
export async function* readCorpus(
  source: Source,
  options: ReadCorpusOptions,
): AsyncGenerator<CorpusEvent, void, undefined> {
  const guarded = guard(source);
  const start = await startOf(guarded.source.open());
  const zip = isBundle(source.name, start, options.format);
  if (!zip && formatFor(source.name, start, options.format) === "concord") {
    const files = [{ name: source.name, format: "concord" as const, encoding: "utf-8" as const }];
    yield { kind: "files", format: "concord", files, table: null, candidates: [], problems: [], end: 0 };
    // The one format that has its header in front, and whose reader passes over documents unparsed.
    const { limits, from = 0, shape = "auto" } = options;
    yield* readConcord(source.open(), { format: shape, limits, from });
    return;
  }
  const told = (cause: unknown): Problem => {
    guarded.rethrow();
    if (!(cause instanceof Unreadable)) options.report?.(cause);
    return problemOf(cause);
  };
  const partOptions: PartOptions = { ...options, problemOf: told };
  const parts = () => (zip ? bundleParts : fileParts)(guarded.source, partOptions);
  const { files, header, problems } = await survey(parts(), titleOfPath(source.name), told, options.surveyed);
  yield { ...files, format: zip ? "zip" : (files.files[0]?.format ?? null) };
  yield { kind: "header", header, problems, end: 0 };
  if (header !== null) yield* documents(parts(), options, told);
}

/** A source that remembers its own failures, so that they are not taken for those of a file. */
function guard(source: Source): { source: Source; rethrow(): void } {
  let failure: { cause: unknown } | null = null;
  return {
    source: {
      name: source.name,
      async *open() {
        try {
          yield* source.open();
        } catch (cause) {
          failure = { cause };
          throw cause;
        }
      },
    },
    rethrow() {
      if (failure !== null) throw failure.cause;
    },
  };
}

async function* documents(
  parts: AsyncIterable<Part>,
  options: ReadCorpusOptions,
  told: (cause: unknown) => Problem,
): AsyncGenerator<CorpusEvent, void, undefined> {
  let ordinal = 0;
  let end = 0;
  try {
    for await (const part of parts) {
      end = part.read;
      if (part.kind !== "found" || !isDocument(part.found)) continue;
      const number = ordinal++;
      if (number < (options.from ?? 0)) continue;
      if (number >= MAX_DOCUMENTS)
        throw new Unreadable(
          NOWHERE,
          `At most ${MAX_DOCUMENTS} documents are read from one file; the rest is left out.`,
        );
      yield { ...(await documentEvent(part.found, part.file, options)), ordinal: number, end };
    }
  } catch (cause) {
    yield { kind: "broken", problems: [told(cause)], end };
  }
}

async function documentEvent(
  found: Extract<Found, { kind: "draft" | "document" }>,
  file: string | null,
  options: ReadOptions,
): Promise<Omit<DocumentEvent, "ordinal" | "end">> {
  const place = found.kind === "draft" ? found.draft.place : found.place;
  const { document, problems } = found.kind === "draft" ? await finishDraft(found.draft, options) : found;
  const at = { line: place.line ?? 1, column: place.column ?? 1 };
  return { kind: "document", file, document, ...at, problems: named(problems, file) };
}
