// The overview at the text's edge: where highlights are, by colour, in three columns (who, what is said, what is to be
// done), and what part of the text is in view. A click goes there.
import { LABEL_COLORS, type LabelColor } from "@concord/core";
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
/** Long enough that a moving text is never measured: its heights settle as it scrolls in, and each asks for a drawing. */
const DELAY_MS = 400;
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
    // two marks on the same pixels are one: a dense text would draw each place hundreds of times
    const places = new Map<LabelColor, Set<number>>(LABEL_COLORS.map((color) => [color, new Set()]));
    dom.text.paragraphs.forEach((paragraph, p) => {
      const starting = index.touching(p).filter(({ firstParagraph }) => firstParagraph === p);
      const box = starting.length === 0 ? undefined : dom.element(p)?.getBoundingClientRect();
      if (box === undefined) return;
      const perCodePoint = box.height / Math.max(1, paragraph.end - paragraph.start);
      for (const { highlight, start } of starting) {
        const y = Math.round((box.top - top + (start - paragraph.start) * perCodePoint) * scale);
        places.get(highlight.color)?.add(Math.min(height - MARK.height, y));
      }
    });
    for (const [color, tops] of places) {
      ctx.fillStyle = inks.label[color];
      for (const y of tops) ctx.fillRect(MARK.left + COLUMN[color] * MARK.pitch, y, MARK.width, MARK.height);
    }
  }

  function moveView(): void {
    const scale = canvas.clientHeight / Math.max(scroller.scrollHeight, 1);
    view.hidden = scroller.scrollHeight <= scroller.clientHeight;
    view.style.transform = `translateY(${scroller.scrollTop * scale}px)`;
    // another height is a layout, which a scroll has no time for
    const height = `${Math.max(8, Math.round(scroller.clientHeight * scale))}px`;
    if (view.style.height !== height) view.style.height = height;
  }

  function refresh(): void {
    moveView();
    if (timer === 0) timer = window.setTimeout(drawMarks, DELAY_MS);
  }

  function scroll(): void {
    moveView();
    if (timer === 0) return;
    clearTimeout(timer);
    timer = window.setTimeout(drawMarks, DELAY_MS);
  }

  function goTo(event: PointerEvent): void {
    const box = canvas.getBoundingClientRect();
    const share = (event.clientY - box.top) / Math.max(1, box.height);
    scroller.scrollTo({ top: share * scroller.scrollHeight - scroller.clientHeight / 2 });
  }

  function drag(event: PointerEvent): void {
    if (event.buttons === 1) goTo(event);
  }

  scroller.addEventListener("scroll", scroll, { passive: true });
  canvas.addEventListener("pointerdown", goTo);
  canvas.addEventListener("pointermove", drag);
  moveView();
  // behind the first picture of the text
  const first = requestAnimationFrame(() => {
    timer = window.setTimeout(drawMarks);
  });

  return {
    refresh,
    dispose() {
      cancelAnimationFrame(first);
      clearTimeout(timer);
      scroller.removeEventListener("scroll", scroll);
      canvas.removeEventListener("pointerdown", goTo);
      canvas.removeEventListener("pointermove", drag);
    },
  };
}
