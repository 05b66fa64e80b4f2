/** Files into a zip, streaming; the same files give the same bytes. */
import { Zip } from "fflate";
import type { Written } from "../format.ts";
import { Deflater } from "./deflate.ts";

/** The first moment that a zip can name, so that nothing depends on when it was made. */
const MOMENT = new Date(1980, 0, 1);

/**
 * What a writer makes as one zip. What was left out is handed to `leftOut` when it is known.
 * @example for await (const chunk of zipped(writeCorpus("brat", corpus), () => {})) response.write(chunk);
 */
export async function* zipped(
  written: AsyncIterable<Written>,
  leftOut: (problem: Extract<Written, { kind: "left out" }>["problem"]) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const out: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    out.push(chunk);
  });
  const encoder = new TextEncoder();
  let file: Deflater | null = null;
  for await (const piece of written) {
    if (piece.kind === "left out") leftOut(piece.problem);
    else if (piece.kind === "file") {
      file?.push(new Uint8Array(), true);
      file = new Deflater(piece.path);
      file.mtime = MOMENT;
      zip.add(file);
    } else file?.push(piece.kind === "text" ? encoder.encode(piece.text) : piece.bytes);
    yield* out.splice(0);
  }
  file?.push(new Uint8Array(), true);
  zip.end();
  yield* out.splice(0);
}
