/** HTML to paragraphs, by a parser that runs everywhere. */
import { parseHTML } from "linkedom";
import { NOWHERE, Unreadable } from "../problem.ts";
import { paragraphsOf } from "./paragraphs.ts";

/** Tags in one page; more are no page that anybody reads. */
const MAX_TAGS = 500_000;

/** A parsed page, in as much of the DOM as Readability needs. */
export type Page = ReturnType<typeof parseHTML>["document"];

/** Elements that stay open until they are closed, within each other. */
const MAX_OPEN = 1_000;

/** @throws Unreadable for more tags than any page has, or elements nested so deep that no parser is quick */
export function parsePage(html: string): Page {
  let tags = 0;
  let open = 0;
  for (const [, slash, name = ""] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    if (++tags > MAX_TAGS) throw new Unreadable(NOWHERE, `The page has more than ${MAX_TAGS} tags.`);
    // These end by themselves, or where the next one begins.
    if (CLOSE_THEMSELVES.has(name.toLowerCase())) continue;
    open = slash === "" ? open + 1 : Math.max(0, open - 1);
    if (open > MAX_OPEN) throw new Unreadable(NOWHERE, "Its elements are nested too deep.");
  }
  return bounded(() => parseHTML(completed(html)).document);
}

const CLOSE_THEMSELVES = new Set(
  "area base br col dd dt embed hr img input li link meta option p param path rect source tbody td tfoot th thead tr track use wbr".split(
    " ",
  ),
);

/**
 * A fragment of HTML as paragraphs.
 * @throws Unreadable for elements nested too deep
 * @example textOfHtml("<p>One<p>Two") // "One\n\nTwo"
 */
export function textOfHtml(html: string): string {
  return bounded(() => paragraphsOf(parsePage(`<!doctype html><html><body>${html}</body></html>`).body));
}

/** Runs a parser, or what walks its page: what it can't take is the file's fault, however it says so. */
export function bounded<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof Unreadable) throw cause;
    if (cause instanceof RangeError) throw new Unreadable(NOWHERE, "Its elements are nested too deep.");
    throw new Unreadable(
      NOWHERE,
      `The page can't be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
    );
  }
}

/** What may stand in a head. */
const HEAD =
  /^(?:\s+|<!--[\s\S]*?-->|<title\b[\s\S]*?<\/title>|<(?:meta|link|base)\b[^>]*>|<(style|script)\b[\s\S]*?<\/\1>)+/i;

/** Tags that a page may leave out, and browsers put in, but this parser doesn't. */
function completed(html: string): string {
  if (/<body[\s>]/i.test(html)) return html;
  const language = /<html\b[^>]*\blang\s*=\s*["']?([\w-]+)/i.exec(html)?.[1];
  const bare = html.replace(/^\uFEFF?\s*/, "").replace(/<!doctype[^>]*>|<\/?(?:html|head)\b[^>]*>/gi, "");
  const head = HEAD.exec(bare)?.[0] ?? "";
  const attribute = language === undefined ? "" : ` lang="${language}"`;
  return `<!doctype html><html${attribute}><head>${head}</head><body>${bare.slice(head.length)}</body></html>`;
}
