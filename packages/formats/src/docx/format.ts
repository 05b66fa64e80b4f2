/** Word documents: their text by paragraphs; docs/formats/text.md. */
import { CARRIES_TEXTS, type Format, type Found, type InputFile } from "../format.ts";
import { isOffice } from "../office.ts";

/** DOCX. */
export const docx: Format = {
  id: "docx",
  name: "Word (DOCX)",
  extensions: [".docx"],
  positions: null,
  detect: (sample) => (isOffice(sample, ".docx", "word/") ? 0.95 : 0),
  read,
  isBinary: true,
  carries: CARRIES_TEXTS,
};

/** Its parser is loaded when there is such a file. */
async function* read(file: InputFile): AsyncGenerator<Found, void, undefined> {
  const { readDocx } = await import("./read.ts");
  yield* readDocx(file);
}
