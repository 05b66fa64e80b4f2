/** Counts rows where they pass as bytes. */

const LINE_FEED = 10;

/** Line feeds in these bytes: in COPY's text form, one a row. */
export function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count++;
  return count;
}
