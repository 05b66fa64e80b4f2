// Files that somebody dropped or chose, with all that is in folders. A folder's files keep the way to them, since what
// belongs together (a text and its annotations) is told by it.
import { fromEvent } from "file-selector";

/** What systems keep beside people's files; the reader of zips passes over the same. */
const HIDDEN = /(?:^|\/)(?:\.|__MACOSX\/|(?:Thumbs\.db|desktop\.ini)$)/u;

/** A file's name with its folders: `corpus/a/1.txt`. One that was in none has its name alone. */
export function pathOf(file: File): string {
  const dropped = "relativePath" in file && typeof file.relativePath === "string" ? file.relativePath : "";
  return (dropped || file.webkitRelativePath || file.name).replace(/^\.?\//u, "");
}

/** Without hidden files. Systems give a folder's files in any order, so they are put into that of their names. */
export function chosenFiles(files: readonly File[]): readonly File[] {
  const found = files.map((file) => ({ file, path: pathOf(file) })).filter(({ path }) => !HIDDEN.test(path));
  if (found.some(({ path }) => path.includes("/"))) {
    const { compare } = new Intl.Collator("en", { numeric: true });
    found.sort((a, b) => compare(a.path, b.path));
  }
  return found.map(({ file }) => file);
}

/** To be called while the event is being told: what was dropped can't be asked for later. Rejects for what can't be read. */
export async function droppedFiles(event: Event): Promise<readonly File[]> {
  const found = await fromEvent(event);
  return chosenFiles(found.filter((item) => item instanceof File));
}
