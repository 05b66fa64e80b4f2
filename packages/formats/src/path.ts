/** Paths of files in bundles, with `/` between folders. */

/** A path without the end of its name, and that end in lower case. @example splitPath("a/b.TXT") // ["a/b", ".txt"] */
export function splitPath(path: string): [stem: string, extension: string] {
  const dot = path.lastIndexOf(".");
  if (dot <= path.lastIndexOf("/") + 1) return [path, ""];
  return [path.slice(0, dot), path.slice(dot).toLowerCase()];
}

/** A file's name without folders and its end. @example titleOfPath("a/Report 1.txt") // "Report 1" */
export function titleOfPath(path: string): string {
  const [stem] = splitPath(path);
  return stem.slice(stem.lastIndexOf("/") + 1);
}

/**
 * Names for files, each given once whatever the documents are called, and none that a system refuses.
 * @example const name = createFileNames(); name("A/B"); // "A-B"
 */
export function createFileNames(): (title: string) => string {
  const given = new Set<string>();
  return (title) => {
    const plain = title
      .normalize("NFC")
      .replace(/[^\p{L}\p{N}\p{M} ._()-]+/gu, "-")
      .replace(/^[. -]+|[. ]+$/g, "");
    const stem = Array.from(plain).slice(0, 80).join("").trim() || "document";
    for (let number = 1; ; number++) {
      const name = number === 1 ? stem : `${stem} (${number})`;
      const key = name.toLowerCase();
      if (given.has(key)) continue;
      given.add(key);
      return name;
    }
  };
}
