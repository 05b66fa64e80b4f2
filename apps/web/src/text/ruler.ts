// The overview at the text's edge: where highlights are, by colour, in three columns (who, what is said, what is to be
// done), and what part of the text is in view. A click goes there.
import type { LabelColor } from "@concord/core";
import type { HighlightIndex } from "./highlight-index.ts";
import { readInks } from "./inks.ts";
import type { TextDom } from "./text-dom.ts";

export interface Ruler {
  /** Draws again soon: it must never cost a tag or a scroll its frame, and many changes are one drawing. */
  refresh(): void;
  dispose(): void;
}

const COLUMN: Readonly<Record<LabelColor, number>> = {
  INDIGO: 0,
  ROSE: 0,
  STONE: 0,
  RUST: 1,
  TEAL: 1,
  OLIVE: 1,
  GREEN: 2,
  PURPLE: 2,
};
const DELAY_MS = 250;
const MARK = { width: 4, height: 3, pitch: 5, left: 3 };

export function createRuler(
  canvas: HTMLCanvasElement,
  view: HTMLElement,
  dom: TextDom,
  index: HighlightIndex,
  scroller: HTMLElement,
): Ruler {
  let timer = 0;

  function drawMarks(): void {
    timer = 0;
    const { width, height } = canvas.getBoundingClientRect();
    const ratio = devicePixelRatio;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const ctx = canvas.getContext("2d");
    if (ctx === null || height === 0) return;
    ctx.scale(ratio, ratio);
    const inks = readInks(dom.root);
    const top = scroller.getBoundingClientRect().top - scroller.scrollTop;
    const scale = height / Math.max(scroller.scrollHeight, scroller.clientHeight);
    const boxes = dom.text.paragraphs.map((_, p) => dom.element(p)?.getBoundingClientRect());
    // two marks on the same pixels are one: a dense text would draw each place hundreds of times
    const drawn = new Set<string>();
    for (const { highlight, start, firstParagraph } of index.all()) {
      const paragraph = dom.text.paragraphs[firstParagraph];
      const box = boxes[firstParagraph];
      if (paragraph === undefined || box === undefined) continue;
      const share = (start - paragraph.start) / Math.max(1, paragraph.end - paragraph.start);
      const y = Math.min(height - MARK.height, Math.round((box.top - top + share * box.height) * scale));
      const key = `${y} ${highlight.color}`;
      if (drawn.has(key)) continue;
      drawn.add(key);
      ctx.fillStyle = inks.label[highlight.color];
      ctx.fillRect(MARK.left + COLUMN[highlight.color] * MARK.pitch, y, MARK.width, MARK.height);
    }
  }

  function moveView(): void {
    const scale = canvas.clientHeight / Math.max(scroller.scrollHeight, 1);
    view.hidden = scroller.scrollHeight <= scroller.clientHeight;
    view.style.transform = `translateY(${scroller.scrollTop * scale}px)`;
    view.style.height = `${Math.max(8, scroller.clientHeight * scale)}px`;
  }

  function refresh(): void {
    moveView();
    if (timer === 0) timer = window.setTimeout(drawMarks, DELAY_MS);
  }

  function goTo(event: PointerEvent): void {
    const box = canvas.getBoundingClientRect();
    const share = (event.clientY - box.top) / Math.max(1, box.height);
    scroller.scrollTo({ top: share * scroller.scrollHeight - scroller.clientHeight / 2 });
  }

  function drag(event: PointerEvent): void {
    if (event.buttons === 1) goTo(event);
  }

  scroller.addEventListener("scroll", moveView, { passive: true });
  canvas.addEventListener("pointerdown", goTo);
  canvas.addEventListener("pointermove", drag);
  moveView();
  requestAnimationFrame(drawMarks);

  return {
    refresh,
    dispose() {
      clearTimeout(timer);
      scroller.removeEventListener("scroll", moveView);
      canvas.removeEventListener("pointerdown", goTo);
      canvas.removeEventListener("pointermove", drag);
    },
  };
}
