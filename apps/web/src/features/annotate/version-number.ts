// Which version of a text this is, counted along the chain of earlier ones.
export interface VersionLink {
  readonly id: string;
  readonly previousVersion?: VersionLink | null;
}

/** Null where the chain goes on beyond what was read. */
export function versionNumber(document: VersionLink): number | null {
  let number = 1;
  for (let link = document.previousVersion; link !== null; link = link.previousVersion) {
    if (link === undefined) return null;
    number++;
  }
  return number;
}
