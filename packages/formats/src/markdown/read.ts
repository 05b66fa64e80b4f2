/** Reads Markdown: what stands in front of it, and its text without the signs. */
import { marked } from "marked";
import { encodingNotice, readText } from "../decode.ts";
import { emptyDraft } from "../draft.ts";
import type { Draft, Found, InputFile } from "../format.ts";
import { bounded, textOfHtml } from "../html/parse.ts";
import { titleOfPath } from "../path.ts";
import { NOWHERE, warningAt } from "../problem.ts";

const MAX_BYTES = 64 * 1024 * 1024;

/** One document. */
export async function* readMarkdown(file: InputFile): AsyncGenerator<Found, void, undefined> {
  const { text, encoding } = await readText(file.bytes, MAX_BYTES, file.tellEncoding);
  const draft = emptyDraft(titleOfPath(file.path), "", { line: 1, column: 1 });
  const notice = encodingNotice(encoding);
  if (notice !== null) draft.problems.push(warningAt(NOWHERE, notice));
  const body = takeFrontMatter(draft, text);
  const rendered = bounded(() => marked.parse(body, { async: false }));
  draft.text = textOfHtml(rendered);
  const heading = /^#\s+(.+?)\s*#*$/m.exec(body)?.[1];
  if (draft.title === titleOfPath(file.path) && heading !== undefined)
    draft.title = textOfHtml(marked.parseInline(heading, { async: false }));
  yield { kind: "draft", draft };
}

/** The lines of `key: value` that many tools put in front; what is nested in them stays a text. */
function takeFrontMatter(draft: Draft, text: string): string {
  const [whole, lines] = /^---\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text) ?? [];
  if (whole === undefined || lines === undefined) return text;
  for (const line of lines.split(/\r?\n/)) {
    const [, key, value] = /^([\w.-]+)\s*:\s*(.+)$/u.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    const plain = value.trim().replace(/^(["'])(.*)\1$/s, "$2");
    if (key === "title") draft.title = plain;
    else if (key === "lang" || key === "language") draft.language = plain;
    else if (key === "id" || key === "source_id") draft.sourceId = plain;
    else draft.metadata[key] = plain;
  }
  return text.slice(whole.length);
}
