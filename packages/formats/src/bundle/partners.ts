/** Files that belong together, as a text and its annotations do, wherever they stand in a bundle. */
import { readBytes } from "../decode.ts";
import type { Partner } from "../format.ts";
import { FORMATS } from "../formats.ts";
import { splitPath } from "../path.ts";
import { NOWHERE, Unreadable } from "../problem.ts";
import type { BundledFile } from "./unzip.ts";

/** A file that waits for its partner is in memory; so many bytes of them at most. */
const MAX_WAITING = 256 * 1024 * 1024;

/** A file with what lies beside it under the same name, by extension. */
export interface PartneredFile extends BundledFile {
  partners: ReadonlyMap<string, Partner>;
}

/** Files with those that belong to them. A file is held back only while its partner is still to come. */
export async function* withPartners(
  files: AsyncIterable<BundledFile>,
  paths: ReadonlySet<string>,
): AsyncGenerator<PartneredFile, void, undefined> {
  const extensions = new Set(FORMATS.flatMap(({ partners = [] }) => partners));
  const heads = headsOf(paths, extensions);
  const held = new Map<string, { head: Uint8Array | null; partners: Map<string, Partner> }>();
  let waiting = 0;
  const hold = async (file: BundledFile): Promise<Uint8Array> => {
    const bytes = await readBytes(file.bytes, MAX_WAITING);
    waiting += bytes.length;
    if (waiting > MAX_WAITING)
      throw new Unreadable(
        NOWHERE,
        `Texts and their annotations lie too far apart in the zip: more than ${MAX_WAITING} bytes wait for their other half.`,
      );
    return bytes;
  };
  for await (const file of files) {
    const [stem, extension] = splitPath(file.path);
    const group = heads.get(stem);
    const isHead = group?.head === file.path;
    if (group === undefined || !(isHead || extensions.has(extension))) {
      yield { ...file, partners: new Map() };
      continue;
    }
    const kept = held.get(stem) ?? { head: null, partners: new Map<string, Partner>() };
    held.set(stem, kept);
    if (isHead) kept.head = await hold(file);
    else kept.partners.set(extension, { path: file.path, bytes: await hold(file) });
    if (kept.head === null || kept.partners.size < group.partners) continue;
    held.delete(stem);
    waiting -= kept.head.length;
    for (const { bytes } of kept.partners.values()) waiting -= bytes.length;
    yield { path: group.head, bytes: only(kept.head), partners: kept.partners };
  }
}

/** Which files stand at the head of a group of several, by what their names have in common. */
function headsOf(
  paths: ReadonlySet<string>,
  extensions: ReadonlySet<string>,
): Map<string, { head: string; partners: number }> {
  const partners = new Map<string, number>();
  for (const path of paths) {
    const [stem, extension] = splitPath(path);
    if (extensions.has(extension)) partners.set(stem, (partners.get(stem) ?? 0) + 1);
  }
  const heads = new Map<string, { head: string; partners: number }>();
  for (const path of paths) {
    const [stem, extension] = splitPath(path);
    const count = partners.get(stem);
    if (count !== undefined && extension === ".txt") heads.set(stem, { head: path, partners: count });
  }
  return heads;
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
