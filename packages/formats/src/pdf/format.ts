/** PDF: the text of its pages by lines and paragraphs; docs/formats/text.md. */
import { readBytes } from "../decode.ts";
import { emptyDraft } from "../draft.ts";
import { CARRIES_TEXTS, type Draft, type Format, type Found, type InputFile } from "../format.ts";
import { titleOfPath } from "../path.ts";
import { NOWHERE, Unreadable, warningAt } from "../problem.ts";
import { type Piece, textOfPage } from "./layout.ts";

const MAX_BYTES = 256 * 1024 * 1024;
const MAX_PAGES = 5_000;
/** UTF-16 units of text in one file. */
const MAX_TEXT = 16 * 1024 * 1024;

/** PDF. */
export const pdf: Format = {
  id: "pdf",
  name: "PDF",
  extensions: [".pdf"],
  positions: null,
  detect: ({ bytes }) =>
    new TextDecoder("windows-1252").decode(bytes.subarray(0, 1_024)).includes("%PDF-") ? 1 : 0,
  read,
  isBinary: true,
  carries: CARRIES_TEXTS,
};

async function* read(file: InputFile): AsyncGenerator<Found, void, undefined> {
  const data = new Uint8Array(await readBytes(file.bytes, MAX_BYTES));
  loaded ??= load();
  const { getDocument } = await loaded;
  const loading = getDocument({
    data,
    useSystemFonts: false,
    disableFontFace: true,
    stopAtErrors: false,
    verbosity: 0,
  });
  try {
    const document = await loading.promise;
    if (document.numPages > MAX_PAGES)
      throw new Unreadable(NOWHERE, `The PDF has ${document.numPages} pages; at most ${MAX_PAGES} are read.`);
    const draft = emptyDraft(titleOfPath(file.path), "", { line: 1, column: 1 });
    const { info } = await document.getMetadata();
    describe(draft, info);
    const pages: string[] = [];
    let length = 0;
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      page.cleanup();
      const text = textOfPage(items.flatMap((item): Piece[] => ("str" in item ? [pieceOf(item)] : [])));
      length += text.length;
      if (length > MAX_TEXT)
        throw new Unreadable(NOWHERE, `The PDF has more than ${MAX_TEXT} characters of text.`);
      if (text !== "") pages.push(text);
    }
    draft.text = pages.join("\n\n");
    if (draft.text === "")
      draft.problems.push(warningAt(NOWHERE, "There is no text in the PDF: its pages are pictures."));
    yield { kind: "draft", draft };
  } catch (cause) {
    if (cause instanceof Unreadable) throw cause;
    throw new Unreadable(
      NOWHERE,
      `The PDF can't be read: ${cause instanceof Error ? cause.message.replace(/\.$/, "") : String(cause)}.`,
    );
  } finally {
    await loading.destroy();
  }
}

let loaded: ReturnType<typeof load> | null = null;

/** Megabytes that only those need who have a PDF. Their warnings that nothing can be drawn are kept out: nothing is. */
async function load() {
  const { warn } = console;
  console.warn = (...said: unknown[]) => {
    if (!/^Warning: Cannot (?:load "@napi-rs\/canvas"|polyfill `)/.test(String(said[0]))) warn(...said);
  };
  try {
    return await import("pdfjs-dist/legacy/build/pdf.mjs");
  } finally {
    console.warn = warn;
  }
}

function pieceOf(item: {
  str: string;
  transform: number[];
  height: number;
  width: number;
  hasEOL: boolean;
}): Piece {
  return {
    text: item.str,
    x: item.transform[4] ?? 0,
    y: item.transform[5] ?? 0,
    width: item.width,
    height: item.height,
    endsLine: item.hasEOL,
  };
}

/** What the file says of itself; its dates are like `D:20260312093000`. */
function describe(draft: Draft, info: object): void {
  const of: Record<string, unknown> = { ...info };
  if (typeof of.Title === "string" && of.Title.trim() !== "") draft.title = of.Title.trim();
  if (typeof of.Language === "string" && of.Language !== "") draft.language = of.Language;
  if (typeof of.Author === "string" && of.Author !== "") draft.metadata.author = of.Author;
  const [, year, month, day] = /^D:(\d{4})(\d\d)(\d\d)/.exec(String(of.CreationDate ?? "")) ?? [];
  if (year !== undefined) draft.metadata.date = `${year}-${month}-${day}`;
}
