/** Texts of documents that are being annotated. A text never changes, so none here can be stale; ask for access first. */
import { createOffsetMap, type OffsetMap } from "@concord/core";

/** What all texts in memory may take, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface TextCache {
  /** A document's text; read unless it is here. */
  of(documentId: string, read: () => Promise<string>): Promise<OffsetMap>;
}

/** Keeps the texts that were asked for last. */
export function createTextCache(mostBytes = MOST_BYTES): TextCache {
  /** The one asked for longest ago first. */
  const texts = new Map<string, OffsetMap>();
  let bytes = 0;
  // Strings take two bytes a unit at most, pairs four more in the map.
  const bytesOf = ({ length, lengthUtf16 }: OffsetMap) => lengthUtf16 * 2 + (lengthUtf16 - length) * 4;

  function forget(documentId: string): void {
    const known = texts.get(documentId);
    if (known === undefined) return;
    texts.delete(documentId);
    bytes -= bytesOf(known);
  }

  return {
    async of(documentId, read) {
      const text = texts.get(documentId) ?? createOffsetMap(await read());
      forget(documentId);
      texts.set(documentId, text);
      bytes += bytesOf(text);
      for (const oldest of texts.keys()) {
        if (bytes <= mostBytes || oldest === documentId) break;
        forget(oldest);
      }
      return text;
    },
  };
}
