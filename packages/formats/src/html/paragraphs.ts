/** The text of a document of HTML as paragraphs: what a browser sets on lines of its own is on a line of its own. */

/** As much of the DOM as is walked. */
interface HtmlNode {
  nodeType: number;
  nodeName: string;
  textContent: string | null;
  childNodes: Iterable<HtmlNode>;
}

const ELEMENT = 1;
const TEXT = 3;

const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR HTML LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL".split(
    " ",
  ),
);
/** Blocks that follow each other without an empty line between. */
const TIGHT = new Set(["DD", "DT", "LI", "TD", "TH", "TR"]);
const SILENT = new Set([
  "AUDIO",
  "BUTTON",
  "CANVAS",
  "HEAD",
  "IFRAME",
  "NOSCRIPT",
  "OBJECT",
  "SCRIPT",
  "STYLE",
  "SVG",
  "TEMPLATE",
  "TITLE",
  "VIDEO",
]);

/** Levels of elements that are walked into. */
const MAX_DEPTH = 500;

/**
 * Paragraphs with an empty line between them, items of lists and cells of tables on lines of their own.
 * @throws RangeError for elements nested more than 500 levels deep
 */
export function paragraphsOf(root: HtmlNode): string {
  const writer = new Writer();
  walk(root, writer, false, 0);
  return writer.text();
}

function walk(node: HtmlNode, writer: Writer, isPre: boolean, depth: number): void {
  if (depth > MAX_DEPTH) throw new RangeError(`more than ${MAX_DEPTH} levels`);
  if (node.nodeType === TEXT) {
    writer.add(node.textContent ?? "", isPre);
    return;
  }
  if (node.nodeType !== ELEMENT && depth > 0) return;
  const name = node.nodeName.toUpperCase();
  if (SILENT.has(name)) return;
  if (name === "BR") writer.lineBreak();
  const gap = BLOCKS.has(name) ? (TIGHT.has(name) ? 1 : 2) : 0;
  writer.gap(gap);
  for (const child of node.childNodes) walk(child, writer, isPre || name === "PRE", depth + 1);
  writer.gap(gap);
}

/** White space as HTML has it: runs are one space, none stands at the edge of a line. */
class Writer {
  readonly #parts: string[] = [];
  #gap = 0;
  #space = false;
  #atStart = true;

  add(text: string, isPre: boolean): void {
    const plain = isPre
      ? text.replace(/\r\n?/g, "\n").replace(/^\n|\n$/g, "")
      : text.replace(/[ \t\n\r\f]+/g, " ");
    const words = isPre ? plain : plain.replace(/^ | $/g, "");
    if (words === "") {
      if (plain !== "") this.#space = true;
      return;
    }
    if (this.#gap > 0 && !this.#atStart) this.#parts.push("\n".repeat(this.#gap));
    else if ((this.#space || (!isPre && plain.startsWith(" "))) && !this.#atStart) this.#parts.push(" ");
    this.#parts.push(words);
    this.#gap = 0;
    this.#atStart = false;
    this.#space = !isPre && plain.endsWith(" ");
  }

  lineBreak(): void {
    this.#gap = Math.max(this.#gap, 1);
  }

  gap(lines: number): void {
    if (lines === 0) return;
    this.#gap = Math.max(this.#gap, lines);
    this.#space = false;
  }

  text(): string {
    return this.#parts.join("");
  }
}
