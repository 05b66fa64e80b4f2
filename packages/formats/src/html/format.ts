/** Web pages: the main text, found as browsers' reading views find it; docs/formats/text.md. */
import { CARRIES_TEXTS, type Format, type Found, type InputFile } from "../format.ts";
import { splitPath } from "../path.ts";

/** HTML. */
export const html: Format = {
  id: "html",
  name: "HTML",
  extensions: [".html", ".htm", ".xhtml"],
  positions: null,
  detect: ({ path, text }) => {
    if (text === "") return 0;
    if (/^<(?:!doctype html|html)/i.test(withoutPreamble(text))) return 0.95;
    return [".html", ".htm", ".xhtml"].includes(splitPath(path)[1]) && text.includes("<") ? 0.9 : 0;
  },
  read,
  carries: CARRIES_TEXTS,
};

/** Its parser is loaded when there is a page. */
async function* read(file: InputFile): AsyncGenerator<Found, void, undefined> {
  const { readHtml } = await import("./read.ts");
  yield* readHtml(file);
}

/** What stands in front of a page, taken off step by step: a pattern for all of it could take for ever. */
function withoutPreamble(text: string): string {
  let at = text.length - text.replace(/^\uFEFF?\s*(?:<\?xml[^>]*>)?\s*/, "").length;
  while (text.startsWith("<!--", at)) {
    const end = text.indexOf("-->", at);
    if (end === -1) break;
    at = end + 3;
    while (/\s/.test(text[at] ?? "")) at++;
  }
  return text.slice(at, at + 100);
}
