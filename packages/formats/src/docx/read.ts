/** Reads Word documents: their properties, and their text by paragraphs. */
import mammoth from "mammoth";
import { emptyDraft } from "../draft.ts";
import type { Found, InputFile } from "../format.ts";
import { textOfHtml } from "../html/parse.ts";
import { readOffice } from "../office.ts";
import { titleOfPath } from "../path.ts";
import { NOWHERE, Unreadable } from "../problem.ts";

/** One document. */
export async function* readDocx(file: InputFile): AsyncGenerator<Found, void, undefined> {
  const { bytes, title, language, created } = await readOffice(file.bytes);
  const draft = emptyDraft(title || titleOfPath(file.path), "", { line: 1, column: 1 });
  draft.language = language;
  if (created !== null) draft.metadata.date = created.slice(0, 10);
  draft.text = textOfHtml(await htmlOf(bytes));
  yield { kind: "draft", draft };
}

/** One of its builds takes the bytes by this name, the one for browsers by that. */
async function htmlOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    const input = { buffer: bytes, arrayBuffer: bytes.buffer };
    const { value } = await mammoth.convertToHtml(input, {
      convertImage: mammoth.images.imgElement(async () => ({ src: "" })),
    });
    return value;
  } catch (cause) {
    throw new Unreadable(
      NOWHERE,
      `The Word document can't be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
    );
  }
}
