/** Plain text: one file, one document, to the letter; docs/formats/text.md. */
import { encodingNotice, readText } from "../decode.ts";
import { emptyDraft } from "../draft.ts";
import { CARRIES_TEXTS, type Format, type Found, type InputFile, type Sample } from "../format.ts";
import { splitPath, titleOfPath } from "../path.ts";
import { NOWHERE, warningAt } from "../problem.ts";

/** Four bytes for each of the million code points that a text may have, and some more to say how many there are. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Plain text. */
export const text: Format = {
  id: "text",
  name: "Plain text",
  extensions: [".txt"],
  positions: null,
  detect: ({ path, text: start, bytes }: Sample) => {
    if (start === "" && bytes.length > 0) return 0;
    return splitPath(path)[1] === ".txt" ? 0.6 : 0.1;
  },
  read,
  carries: CARRIES_TEXTS,
};

async function* read(file: InputFile): AsyncGenerator<Found, void, undefined> {
  const { text: content, encoding } = await readText(file.bytes, MAX_BYTES, file.tellEncoding);
  const draft = emptyDraft(titleOfPath(file.path), content, { line: 1, column: 1 });
  const notice = encodingNotice(encoding);
  if (notice !== null) draft.problems.push(warningAt(NOWHERE, notice));
  yield { kind: "draft", draft };
}
