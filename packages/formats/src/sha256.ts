/** SHA-256 by the platform's Web Crypto, which browsers have on secure pages only. */

/**
 * The hash of a text as UTF-8, in hexadecimal digits.
 * @example await sha256(""); // "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
 */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
