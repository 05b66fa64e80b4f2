/** Bytes to text: which encoding they are in is told from the bytes themselves. */
import { NOWHERE, Unreadable } from "./problem.ts";

/** The encodings that are told apart. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1251" | "windows-1252";

/** Bytes that are looked at. */
export const SAMPLE_BYTES = 65_536;

/**
 * A byte order mark decides; else UTF-8 where the bytes are that; else UTF-16 by its zero bytes; else Cyrillic or
 * Western by whether letters beyond ASCII stand together, as in words, or alone. An end that cuts a character is none.
 * @example detectEncoding(new TextEncoder().encode("é")); // "utf-8"
 */
export function detectEncoding(bytes: Uint8Array): Encoding {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = [0, 0];
  for (let at = 0; at < sample.length; at++) if (sample[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const most = Math.max(even, odd);
  if (most >= 4 && most > sample.length / 8 && Math.min(even, odd) < most / 4)
    return odd > even ? "utf-16le" : "utf-16be";
  if (isUtf8(bytes)) return "utf-8";
  return looksCyrillic(sample) ? "windows-1251" : "windows-1252";
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** In windows-1251 all letters of a Russian word are above 0xbf; in windows-1252 few of a word's are. */
function looksCyrillic(bytes: Uint8Array): boolean {
  let together = 0;
  let alone = 0;
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0xc0) continue;
    if ((bytes[at - 1] ?? 0) >= 0xc0 || (bytes[at + 1] ?? 0) >= 0xc0) together++;
    else alone++;
  }
  return together > alone;
}

/** How an encoding is reported; null where nothing has to be said. */
export function encodingNotice(encoding: Encoding): string | null {
  if (encoding === "utf-8") return null;
  if (encoding === "windows-1251" || encoding === "windows-1252")
    return `The file is not UTF-8 and was read as ${encoding}, which its bytes look like.`;
  return `The file was read as ${encoding.toUpperCase().replace("LE", "").replace("BE", "")}.`;
}

/** A decoder that takes off a byte order mark and refuses what is none of the encoding. */
export function decoderFor(encoding: Encoding): TextDecoder {
  return new TextDecoder(encoding, { fatal: true });
}

/**
 * A whole file as text.
 * @param tell is told the encoding
 * @throws Unreadable for more than `maxBytes`, or for bytes that are none of their encoding
 */
export async function readText(
  bytes: AsyncIterable<Uint8Array>,
  maxBytes: number,
  tell: (encoding: Encoding) => void,
): Promise<{ text: string; encoding: Encoding }> {
  const whole = await readBytes(bytes, maxBytes);
  const encoding = detectEncoding(whole);
  tell(encoding);
  return { text: decodeWhole(whole, encoding), encoding };
}

/** @throws Unreadable for bytes that are none of the encoding */
export function decodeWhole(bytes: Uint8Array, encoding: Encoding): string {
  try {
    return decoderFor(encoding).decode(bytes);
  } catch {
    throw new Unreadable(NOWHERE, `The file begins as ${encoding} and ends in something else.`);
  }
}

/**
 * A whole file's bytes.
 * @throws Unreadable for more than `maxBytes`
 */
export async function readBytes(bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > maxBytes) throw new Unreadable(NOWHERE, `The file is larger than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return joinBytes(chunks);
}

/** Several pieces as one; a single one is not copied. */
export function joinBytes(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
