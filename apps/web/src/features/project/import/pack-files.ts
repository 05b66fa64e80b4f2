// Several files as one zip, made here, so that what belongs together (a text and its annotations) arrives together.
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { pathOf } from "./chosen-files.ts";

/** Packed already: packing them again takes time and gains nothing. */
const PACKED = /\.(docx|xlsx|pdf|zip|gz|png|jpe?g)$/iu;
/** Fast; the way to the server is seldom the slowest part. */
const LEVEL = 3;

/** Paths as they are, numbered where two are alike: files of several folders may be chosen together. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const [, stem = name, extension = ""] = /^(.+?)(\.[^./]*)?$/su.exec(name) ?? [];
    let distinct = name;
    for (let number = 2; taken.has(distinct); number++) distinct = `${stem} (${number})${extension}`;
    taken.add(distinct);
    return distinct;
  });
}

/** Rejects where a file can't be read, or `signal` gives it up. */
export async function packFiles(files: readonly File[], signal: AbortSignal): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, part) => {
    if (error) failure = error;
    else parts.push(new Uint8Array(part));
  });
  const names = distinctNames(files.map(pathOf));
  for (const [index, file] of files.entries()) {
    const name = names[index] ?? file.name;
    const entry = PACKED.test(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: LEVEL });
    zip.add(entry);
    const reader = file.stream().getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      signal.throwIfAborted();
      entry.push(part.value);
    }
    entry.push(new Uint8Array(), true);
  }
  zip.end();
  if (failure) throw failure;
  return new Blob(parts);
}
