/** Small pieces of a stream into larger ones, since each costs its reader a write. */

/** A chunk is let go from this many bytes on. */
const CHUNK_BYTES = 65_536;

/** The same bytes; nothing is held back at the end. */
export async function* gatherBytes(
  lists: AsyncIterable<readonly Uint8Array[]>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let gathered: Uint8Array[] = [];
  let size = 0;
  for await (const pieces of lists)
    for (const piece of pieces) {
      gathered.push(piece);
      size += piece.length;
      if (size < CHUNK_BYTES) continue;
      yield Buffer.concat(gathered, size);
      gathered = [];
      size = 0;
    }
  if (size > 0) yield Buffer.concat(gathered, size);
}
