/** The files of a bundle, those of zips in it too. */
import { splitPath } from "../path.ts";
import { peek } from "../peek.ts";
import { NOWHERE, Unreadable } from "../problem.ts";
import { type BundledFile, unzip, ZIP_LIMITS } from "./unzip.ts";

/** By its first bytes; formats such as DOCX are zips too. */
export function isZip(start: Uint8Array): boolean {
  return start[0] === 0x50 && start[1] === 0x4b && (start[2] === 3 || start[2] === 5);
}

/**
 * The files of a zip; a zip in it counts as a folder of its name, and towards the same limits. One that can't be read is
 * a file whose bytes can't be.
 * @param refused zips in it that were found to be damaged, and are not opened; those that are found now are added
 * @throws Unreadable for what is wrong with the zip itself
 */
export async function* bundledFiles(
  bytes: AsyncIterable<Uint8Array>,
  refused: Map<string, Unreadable>,
): AsyncGenerator<BundledFile, void, undefined> {
  const unzipped = { files: 0, bytes: 0 };
  for await (const file of unzip(bytes, ZIP_LIMITS, unzipped)) {
    const zip = await zipIn(file);
    const why = refused.get(file.path);
    if (zip === null) yield file;
    else if (why !== undefined) yield unreadable(file.path, why);
    else {
      try {
        for await (const inner of unzip(zip, ZIP_LIMITS, unzipped)) yield* within(file.path, inner);
      } catch (cause) {
        if (!(cause instanceof Unreadable)) throw cause;
        refused.set(file.path, cause);
        yield unreadable(file.path, cause);
      }
    }
  }
}

/** Its bytes where it is a zip, by its name too: texts of other programs are zips of files that nobody wants one by one. */
async function zipIn(file: BundledFile): Promise<AsyncIterable<Uint8Array> | null> {
  if (splitPath(file.path)[1] !== ".zip") return null;
  const { start, bytes } = await peek(file.bytes);
  file.bytes = bytes;
  return isZip(start) ? bytes : null;
}

async function* within(folder: string, file: BundledFile): AsyncGenerator<BundledFile, void, undefined> {
  const isTooDeep = (await zipIn(file)) !== null;
  const path = `${folder}/${file.path}`;
  if (isTooDeep)
    yield unreadable(
      path,
      new Unreadable(NOWHERE, "A zip in a zip in a zip is not read. Send it by itself, or unpack it."),
    );
  else yield { path, bytes: file.bytes };
}

function unreadable(path: string, cause: Unreadable): BundledFile {
  return { path, bytes: { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(cause) }) } };
}
