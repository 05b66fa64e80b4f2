// Drafts to requests: pieces small enough for the server and for a progress bar that moves, and what to do when the
// server refuses one, since a piece is added as a whole or not at all.
import type { Draft } from "./draft.ts";

const PIECE_DOCUMENTS = 50;
/** UTF-16 units: at three bytes each still far below the server's 64 MiB. */
const PIECE_UNITS = 4_000_000;

export function toPieces(drafts: readonly Draft[]): Draft[][] {
  const pieces: Draft[][] = [];
  let piece: Draft[] = [];
  let units = 0;
  for (const draft of drafts) {
    if (piece.length > 0 && (piece.length === PIECE_DOCUMENTS || units + draft.text.length > PIECE_UNITS)) {
      pieces.push(piece);
      piece = [];
      units = 0;
    }
    piece.push(draft);
    units += draft.text.length;
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}

/** Which document of a piece the server's error is about: "input.documents[3].text" is 3. */
export function refusedIndex(field: string | null): number | null {
  const index = field?.match(/\bdocuments\[(\d+)\]/u)?.[1];
  return index === undefined ? null : Number(index);
}

/** What remains to be tried after a refusal: the piece without its culprit, or each alone when none is named. */
export function afterRefusal(
  piece: readonly Draft[],
  index: number | null,
): { refused: Draft | null; again: Draft[][] } {
  const culprit = index === null ? undefined : piece[index];
  if (culprit) {
    const rest = piece.filter((draft) => draft !== culprit);
    return { refused: culprit, again: rest.length > 0 ? [rest] : [] };
  }
  const [only] = piece;
  if (piece.length === 1 && only) return { refused: only, again: [] };
  return { refused: null, again: piece.map((draft) => [draft]) };
}
