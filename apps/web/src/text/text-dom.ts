// The paragraphs' elements, and the way between a place in the DOM and a code point. Each paragraph element carries
// `data-paragraph` and holds one text node; what the painter adds stands after all of them.
import { countWhile, type ParagraphIndex } from "./paragraph-index.ts";

export interface TextDom {
  readonly root: HTMLElement;
  readonly text: ParagraphIndex;
  /** Whether the margin with the letters is on the right, as lines begin there. */
  readonly isMirrored: boolean;
  element(paragraph: number): HTMLElement | undefined;
  /** The code point a DOM position stands for; null outside the text. */
  positionOf(node: Node, offset: number): number | null;
  /** A DOM range over code points of one paragraph; null where it has no text. */
  rangeIn(paragraph: number, start: number, end: number): Range | null;
  /** The rectangles, in the viewport, of code points of one paragraph: line by line, or by run of one direction. */
  rectsIn(paragraph: number, start: number, end: number): DOMRectList | readonly DOMRect[];
  /** A DOM range over code points anywhere in the text. */
  rangeOf(start: number, end: number): Range | null;
  /** The code-point boundary nearest to a point of the viewport; null when the point is not over the text. */
  boundaryAt(x: number, y: number): number | null;
  /** First and last paragraph that reach into a stretch of the viewport; null when none does. */
  paragraphsBetween(top: number, bottom: number): [first: number, last: number] | null;
}

export const PARAGRAPH = "data-paragraph";

function caretAt(x: number, y: number): { node: Node; offset: number } | null {
  if ("caretPositionFromPoint" in document) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret === null ? null : { node: caret.offsetNode, offset: caret.offset };
  }
  // WebKit before 26 has only the older name
  const legacy: { caretRangeFromPoint?: (x: number, y: number) => Range | null } = document;
  const range = legacy.caretRangeFromPoint?.(x, y) ?? null;
  return range === null ? null : { node: range.startContainer, offset: range.startOffset };
}

export function createTextDom(root: HTMLElement, text: ParagraphIndex): TextDom {
  const elements = [...root.querySelectorAll<HTMLElement>(`[${PARAGRAPH}]`)];
  /** What content-visibility is set on: the paragraphs, or in long texts sections of ten of them. */
  const blocks = [...root.children].filter((child) => child instanceof HTMLElement);
  const perBlock = Math.max(1, Math.ceil(elements.length / Math.max(1, blocks.length)));

  // one for all measuring: the browser keeps every range that was made up to date
  const measured = document.createRange();

  const textNode = (paragraph: number): Text | null => {
    const node = elements[paragraph]?.firstChild;
    return node instanceof Text ? node : null;
  };

  function paragraphOf(node: Node): number | null {
    const element = node instanceof Element ? node : node.parentElement;
    const value = element?.closest(`[${PARAGRAPH}]`)?.getAttribute(PARAGRAPH) ?? null;
    return value === null ? null : Number(value);
  }

  function positionOf(node: Node, offset: number): number | null {
    const paragraph = paragraphOf(node);
    if (paragraph !== null) {
      const own = text.paragraphs[paragraph];
      if (own === undefined) return null;
      if (node === textNode(paragraph)) return text.toCodePoint(paragraph, offset);
      return node === elements[paragraph] && offset === 0 ? own.start : own.end;
    }
    if (!root.contains(node)) return null;
    // between or beside paragraphs: the start of the one that follows
    const place = document.createRange();
    place.setStart(node, offset);
    const before = countWhile(elements.length, (index) => {
      const element = elements[index];
      return element !== undefined && place.comparePoint(element, 0) < 0;
    });
    return text.paragraphs[before]?.start ?? text.length;
  }

  function boundary(position: number): { node: Node; offset: number } | null {
    const paragraph = text.at(position);
    const node = textNode(paragraph);
    if (node !== null) return { node, offset: text.toUtf16(paragraph, position) };
    const element = elements[paragraph];
    return element === undefined ? null : { node: element, offset: 0 };
  }

  function makeRange(
    from: { node: Node; offset: number } | null,
    to: { node: Node; offset: number } | null,
  ): Range | null {
    if (from === null || to === null) return null;
    const range = document.createRange();
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset);
    return range;
  }

  /** Index of the first element whose lower edge is below `edge`. */
  const firstBelow = (list: readonly Element[], edge: number) =>
    countWhile(list.length, (index) => (list[index]?.getBoundingClientRect().bottom ?? 0) <= edge);

  function paragraphFrom(edge: number): number {
    const block = firstBelow(blocks, edge);
    if (perBlock === 1 || block >= blocks.length) return block * perBlock;
    return block * perBlock + firstBelow(elements.slice(block * perBlock, (block + 1) * perBlock), edge);
  }

  return {
    root,
    text,
    isMirrored: root.closest("[data-mirrored]") !== null,
    element: (paragraph) => elements[paragraph],
    positionOf,
    rangeIn(paragraph, start, end) {
      const node = textNode(paragraph);
      if (node === null) return null;
      const from = { node, offset: text.toUtf16(paragraph, start) };
      return makeRange(from, { node, offset: text.toUtf16(paragraph, end) });
    },
    rectsIn(paragraph, start, end) {
      const node = textNode(paragraph);
      if (node === null) return [];
      measured.setStart(node, text.toUtf16(paragraph, start));
      measured.setEnd(node, text.toUtf16(paragraph, end));
      return measured.getClientRects();
    },
    rangeOf: (start, end) => makeRange(boundary(start), boundary(end)),
    boundaryAt(x, y) {
      const caret = caretAt(x, y);
      return caret === null || !root.contains(caret.node) ? null : positionOf(caret.node, caret.offset);
    },
    paragraphsBetween(top, bottom) {
      const first = paragraphFrom(top);
      const last = Math.min(paragraphFrom(bottom), elements.length - 1);
      return first >= elements.length || bottom < top ? null : [first, last];
    },
  };
}
