/** Names without spaces, tabs, colons and the like, for formats whose types are words; keys of a codebook may have any. */

/** @example escapeName("my claim") // "my_x20_claim" */
export function escapeName(key: string): string {
  return key.replace(
    /[^\p{L}\p{M}\p{N}_.-]|_(?=x[0-9a-f]+_)/gu,
    (found) => `_x${found.codePointAt(0)?.toString(16)}_`,
  );
}

/** @example unescapeName("my_x20_claim") // "my claim" */
export function unescapeName(name: string): string {
  return name.replace(/_x([0-9a-f]{1,6})_/g, (all: string, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
