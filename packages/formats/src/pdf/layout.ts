/** Pieces of text on a page, as PDF has them, put together to lines and paragraphs. */

/** A piece of text and where it stands; `y` grows upwards. */
export interface Piece {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
  endsLine: boolean;
}

/** A gap that is so many times as high as a line begins a paragraph. */
const PARAGRAPH = 1.6;

/**
 * The text of a page: a line break where a line ends, an empty line where more space is between.
 * @example textOfPage([{ text: "One", x: 0, y: 20, width: 9, height: 10, endsLine: true }]) // "One"
 */
export function textOfPage(pieces: readonly Piece[]): string {
  let text = "";
  let last: Piece | null = null;
  for (const piece of pieces) {
    if (piece.text.trim() === "" && !piece.endsLine) {
      if (text !== "" && !/\s$/.test(text)) text += " ";
      continue;
    }
    if (last !== null && piece.text !== "") {
      const height = Math.max(last.height, piece.height) || 1;
      const down = Math.abs(last.y - piece.y);
      if (down > height * PARAGRAPH) text = `${text.trimEnd()}\n\n`;
      else if (down > height * 0.5) text = `${text.trimEnd()}\n`;
      else if (
        piece.x - (last.x + last.width) > height * 0.2 &&
        !/\s$/.test(text) &&
        !piece.text.startsWith(" ")
      )
        text += " ";
    }
    text += piece.text;
    if (piece.text.trim() !== "") last = piece;
  }
  return text.replace(/[ \t]+\n/g, "\n").trim();
}
