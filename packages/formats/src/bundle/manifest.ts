/**
 * A list of the documents beside the files of a bundle: titles, source ids, languages, metadata, the unit of positions
 * and hashes of the texts, for formats that have no place for them. Other tools pass over it.
 */
import { isMembers, type Members } from "../checks.ts";
import type { CorpusDocument } from "../corpus.ts";
import { readBytes } from "../decode.ts";
import type { Draft, Written } from "../format.ts";
import { jsonMembers, textOrNull } from "../json-value.ts";

const NAME = "concord-documents.ndjson";
const FORMAT = "concord-documents";
/** More than a list of a million documents is. */
const MAX_BYTES = 512 * 1024 * 1024;

/** Whether a file is the list. */
export function isManifest(path: string): boolean {
  return path === NAME || path.endsWith(`/${NAME}`);
}

/** What the lists of a bundle say of its documents. Several folders or zips in it may each have one of their own. */
export class Manifest {
  readonly #entries = new Map<string, Members>();

  /** Reads a list; what is no good in it is passed over, since it says nothing that a document can't do without. */
  async read(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const folder = path.slice(0, -NAME.length);
    for (const line of new TextDecoder().decode(await readBytes(bytes, MAX_BYTES)).split("\n")) {
      const entry = parsed(line);
      if (isMembers(entry) && typeof entry.file === "string") this.#entries.set(folder + entry.file, entry);
    }
  }

  /** Fills in what the file at `path` had no place for. */
  complete(draft: Draft, path: string): void {
    const entry = this.#entries.get(path);
    if (entry === undefined) return;
    draft.title = textOrNull(entry.title) ?? draft.title;
    draft.sourceId = textOrNull(entry.sourceId) ?? draft.sourceId;
    draft.language = textOrNull(entry.language) ?? draft.language;
    draft.sha256 = textOrNull(entry.sha256) ?? draft.sha256;
    if (isMembers(entry.metadata)) draft.metadata = jsonMembers(entry.metadata);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** The list while a bundle is written; its file comes last. */
export class ManifestWriter {
  readonly #chunks: Uint8Array[] = [];
  readonly #encoder = new TextEncoder();
  readonly #positions: string;

  /** @param positions in what the files count */
  constructor(positions: string) {
    this.#positions = positions;
  }

  /** @param exact whether the file has the text to the letter, so that its hash can be checked */
  add(path: string, { title, sourceId, language, metadata, sha256 }: CorpusDocument, exact: boolean): void {
    const entry = { file: path, title, sourceId, language, metadata, ...(exact ? { sha256 } : {}) };
    this.#chunks.push(this.#encoder.encode(`${JSON.stringify(entry)}\n`));
  }

  *file(): Generator<Written, void, undefined> {
    yield { kind: "file", path: NAME };
    yield {
      kind: "text",
      text: `${JSON.stringify({ format: FORMAT, version: 1, positions: this.#positions })}\n`,
    };
    for (const bytes of this.#chunks) yield { kind: "bytes", bytes };
  }
}
