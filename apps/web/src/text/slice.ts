// Which stretch of a paragraph is painted. Ordinary paragraphs are painted whole; one that is many screens tall (a text
// without line breaks) would need a canvas larger than browsers allow, so only what is near the viewport is.
import { countWhile } from "./paragraph-index.ts";
import type { TextDom } from "./text-dom.ts";

export interface Slice {
  /** Code points. */
  readonly start: number;
  readonly end: number;
  /** CSS pixels from the paragraph's top. */
  readonly top: number;
  readonly height: number;
  readonly isWhole: boolean;
  /** Whether the viewport has come too near to the slice's edges, given the paragraph's present top. */
  isOutgrown(paragraphTop: number, view: DOMRect): boolean;
}

const TALL = 3000;
const NEAR = 60;

export function sliceNear(dom: TextDom, paragraph: number, box: DOMRect, view: DOMRect): Slice {
  const { start, end } = dom.text.paragraphs[paragraph] ?? { start: 0, end: 0 };
  if (box.height <= TALL)
    return { start, end, top: 0, height: box.height, isWhole: true, isOutgrown: () => false };
  const top = Math.max(0, Math.floor(view.top - box.top - view.height));
  const bottom = Math.min(box.height, Math.ceil(view.bottom - box.top + view.height));
  const bottomOf = (position: number) =>
    (dom.rangeIn(paragraph, position, position + 1)?.getBoundingClientRect().bottom ?? 0) - box.top;
  const countAbove = (edge: number) => countWhile(end - start, (offset) => bottomOf(start + offset) <= edge);
  return {
    start: start + countAbove(top),
    end: start + countAbove(bottom + NEAR),
    top,
    height: Math.max(0, bottom - top),
    isWhole: false,
    isOutgrown(paragraphTop, now) {
      const isAboveCut = top > 0 && now.top - NEAR < paragraphTop + top;
      const isBelowCut = bottom < box.height && now.bottom + NEAR > paragraphTop + bottom;
      return isAboveCut || isBelowCut;
    },
  };
}
