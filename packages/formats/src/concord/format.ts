/** Concord's own corpus as one of the formats; docs/formats/concord-json.md. */
import {
  CARRIES_ALL,
  type Format,
  type Found,
  type InputFile,
  type ReadOptions,
  type Sample,
} from "../format.ts";
import { readConcord } from "./read.ts";
import { writeConcord } from "./write.ts";

/** Concord JSON and NDJSON. */
export const concord: Format = {
  id: "concord",
  name: "Concord JSON",
  extensions: [".ndjson", ".json"],
  positions: "code points",
  // Members may stand in any order; inside of a text the quotation marks would be escaped.
  detect: ({ text }: Sample) =>
    /^\uFEFF?\s*\{/.test(text) && /"format"\s*:\s*"concord-corpus"/.test(text) ? 1 : 0,
  read,
  write: writeConcord,
  carries: CARRIES_ALL,
};

async function* read(file: InputFile, { limits }: ReadOptions): AsyncGenerator<Found, void, undefined> {
  for await (const event of readConcord(file.bytes, { format: "auto", limits })) {
    const { problems } = event;
    if (event.kind === "broken") yield { kind: "broken", problems };
    else if (event.kind === "document")
      yield {
        kind: "document",
        document: event.document,
        place: { line: event.line, column: event.column },
        problems,
      };
    else if (event.header === null) yield { kind: "broken", problems };
    else yield { kind: "words", words: event.header, problems };
  }
}
