/** Markdown: its text without the signs; docs/formats/text.md. */
import { CARRIES_TEXTS, type Format, type Found, type InputFile } from "../format.ts";
import { splitPath } from "../path.ts";

/** Markdown. */
export const markdown: Format = {
  id: "markdown",
  name: "Markdown",
  extensions: [".md", ".markdown"],
  positions: null,
  detect: ({ path, text }) =>
    text !== "" && [".md", ".markdown", ".mdown"].includes(splitPath(path)[1]) ? 0.95 : 0,
  read,
  carries: CARRIES_TEXTS,
};

/** Its parser is loaded when there is such a file. */
async function* read(file: InputFile): AsyncGenerator<Found, void, undefined> {
  const { readMarkdown } = await import("./read.ts");
  yield* readMarkdown(file);
}
