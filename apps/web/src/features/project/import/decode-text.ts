// Bytes of a file to text, strictly: what is no UTF-8 is named with its place, never replaced by a sign.
import { t } from "../../../words/words.ts";
export type Decoded = { readonly text: string } | { readonly problem: string };

/** How many bytes a character that starts with `lead` has; 0 where no character may start so. */
function lengthFromLead(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

/** The second byte's range is narrower where the first one would allow overlong forms, surrogates or too high numbers. */
function secondByteRange(lead: number): readonly [number, number] {
  if (lead === 0xe0) return [0xa0, 0xbf];
  if (lead === 0xed) return [0x80, 0x9f];
  if (lead === 0xf0) return [0x90, 0xbf];
  if (lead === 0xf4) return [0x80, 0x8f];
  return [0x80, 0xbf];
}

/** Index of the first byte that begins no UTF-8 character; -1 when all do. */
export function firstBadByte(bytes: Uint8Array): number {
  let index = 0;
  while (index < bytes.length) {
    const lead = bytes[index] ?? 0;
    const length = lengthFromLead(lead);
    if (length === 0 || index + length > bytes.length) return index;
    const [low, high] = secondByteRange(lead);
    for (let offset = 1; offset < length; offset++) {
      const byte = bytes[index + offset] ?? 0;
      if (byte < (offset === 1 ? low : 0x80) || byte > (offset === 1 ? high : 0xbf)) return index;
    }
    index += length;
  }
  return -1;
}

function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

export function decodeText(bytes: Uint8Array): Decoded {
  if (isUtf16(bytes)) return { problem: t("import:refused.utf16") };
  try {
    // A byte order mark says how the file is written and is no part of the text.
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    const index = firstBadByte(bytes);
    const byte = (bytes[index] ?? 0).toString(16).toUpperCase().padStart(2, "0");
    return { problem: t("import:refused.byte", { place: index + 1, byte }) };
  }
}
