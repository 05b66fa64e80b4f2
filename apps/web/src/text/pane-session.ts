// One text on the screen, from mount to unmount: index, painter, ruler, selection, caret and pointer wired together.
// Everything that is set up here is taken down in `dispose`.
import type { Fragment } from "@concord/core";
import { type Caret, createCaret } from "./caret.ts";
import type { HighlightFeed, Look } from "./highlight.ts";
import { createHighlightIndex } from "./highlight-index.ts";
import { highlightsAt, nextOutwards } from "./hit-test.ts";
import { createPainter } from "./painter.ts";
import type { ParagraphIndex } from "./paragraph-index.ts";
import { highlightWhenPrinting } from "./print.ts";
import { createRuler } from "./ruler.ts";
import { createSelectionControl, type TextSelection } from "./selection-control.ts";
import { createTextDom } from "./text-dom.ts";
import type { TextSegmenters } from "./words.ts";

export interface PaneCallbacks {
  onPick(id: string | null): void;
  onHover(id: string | null): void;
  onSelection(selection: TextSelection | null): void;
  /** Called when the scroll or the layout moves the text. */
  onMove(): void;
}

export interface PaneElements {
  readonly root: HTMLElement;
  readonly scroller: HTMLElement;
  readonly ruler: HTMLCanvasElement;
  readonly rulerView: HTMLElement;
}

export interface PaneSession {
  setLook(look: Look): void;
  clearSelection(): void;
  reshapeSelection(how: "wider" | "narrower"): void;
  addPartNext(): void;
  /** Brings a place into view, if it isn't, about a third down; `flash` makes it stand out for a moment. */
  reveal(fragments: readonly Fragment[], flash: boolean): void;
  /** Where a place is on the screen, line by line. */
  rectsOf(fragments: readonly Fragment[]): DOMRect[];
  /** First and last code point in view. */
  visible(): Fragment;
  focus(): void;
  dispose(): void;
}

/** Passing over the text must not make it flicker. */
const HOVER_DELAY_MS = 200;

export function createPaneSession(
  elements: PaneElements,
  text: ParagraphIndex,
  segmenters: TextSegmenters,
  feed: HighlightFeed,
  callbacks: PaneCallbacks,
): PaneSession {
  const { root, scroller } = elements;
  const dom = createTextDom(root, text);
  const index = createHighlightIndex(text);
  index.reset(feed.all());
  const painter = createPainter(dom, index, scroller);
  const ruler = createRuler(elements.ruler, elements.rulerView, dom, index, scroller);
  const listening = new AbortController();
  const options = { signal: listening.signal };
  let selectedId: string | null = null;
  let hover = { id: null as string | null, timer: 0 };

  const control = createSelectionControl(dom, segmenters, (selection) => {
    painter.setSelection(selection?.fragments ?? []);
    callbacks.onSelection(selection);
  });
  const caret: Caret = createCaret(dom, scroller, () => false);

  const stopFeed = feed.subscribe((ids) => {
    if (ids === null) {
      index.reset(feed.all());
      painter.repaintAll();
    } else {
      painter.repaint(new Set(ids.flatMap((id) => [...index.put(id, feed.get(id))])));
    }
    ruler.refresh();
  });

  function hoverOn(id: string | null): void {
    if (id === hover.id) return;
    clearTimeout(hover.timer);
    hover = { id, timer: window.setTimeout(() => callbacks.onHover(id), id === null ? 40 : HOVER_DELAY_MS) };
  }

  const letterOf = (target: EventTarget | null) =>
    target instanceof HTMLElement ? (target.dataset.highlight ?? null) : null;

  function point(event: PointerEvent): void {
    if (event.pointerType !== "mouse" || event.buttons !== 0) return;
    hoverOn(
      letterOf(event.target) ??
        highlightsAt(dom, index, painter, event.clientX, event.clientY)[0]?.id ??
        null,
    );
  }

  function pick(event: MouseEvent): void {
    const letter = letterOf(event.target);
    if (letter !== null) {
      callbacks.onPick(letter);
      return;
    }
    // a drag, a double click or a held modifier selects text, and a click that ends a selection only ends it
    if (event.detail > 1 || event.ctrlKey || event.metaKey || event.shiftKey || control.current !== null)
      return;
    callbacks.onPick(
      nextOutwards(highlightsAt(dom, index, painter, event.clientX, event.clientY), selectedId),
    );
  }

  function pickAtCaret(event: KeyboardEvent): void {
    if (event.key !== "Enter" || control.current !== null || caret.position === null) return;
    const found = index.covering(caret.position);
    if (found.length === 0) return;
    event.preventDefault();
    callbacks.onPick(nextOutwards(found, selectedId));
  }

  root.addEventListener("pointermove", point, options);
  // selecting and tagging end the isolation, which would hide what was just marked; moving on begins it anew
  root.addEventListener("pointerdown", () => hoverOn(null), options);
  root.addEventListener("pointerleave", () => hoverOn(null), options);
  root.addEventListener("click", pick, options);
  root.addEventListener("keydown", pickAtCaret, options);
  scroller.addEventListener("scroll", () => callbacks.onMove(), { passive: true, signal: listening.signal });

  const width = { value: root.clientWidth };
  const resizing = new ResizeObserver(() => {
    // heights settle while paragraphs scroll in: only another width breaks lines anew
    if (root.clientWidth !== width.value) painter.repaintAll();
    width.value = root.clientWidth;
    ruler.refresh();
    callbacks.onMove();
  });
  resizing.observe(root);
  resizing.observe(scroller);
  const theming = new MutationObserver(() => {
    painter.repaintAll();
    ruler.refresh();
  });
  theming.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-mantine-color-scheme"],
  });
  document.fonts.addEventListener("loadingdone", painter.repaintAll, options);
  addEventListener("resize", painter.repaintAll, options);
  const stopPrint = highlightWhenPrinting(dom, index);

  function rectsOf(fragments: readonly Fragment[]): DOMRect[] {
    return fragments
      .flatMap(({ start, end }) => [...(dom.rangeOf(start, end)?.getClientRects() ?? [])])
      .filter((rect) => rect.width > 0);
  }

  return {
    setLook(look) {
      selectedId = look.selectedId;
      painter.setLook(look);
    },
    clearSelection: () => control.clear(),
    reshapeSelection: (how) => control.reshape(how),
    addPartNext: () => control.keepForNext(),
    reveal(fragments, flash) {
      const first = fragments[0];
      if (first === undefined) return;
      // the paragraph first: one that was never laid out has an estimated place only
      const view = scroller.getBoundingClientRect();
      const isInView = (rect: DOMRect | undefined) =>
        rect !== undefined && rect.top >= view.top + 8 && rect.bottom <= view.bottom - 8;
      for (let tries = 0; tries < 3; tries++) {
        const rect =
          rectsOf([{ start: first.start, end: first.start + 1 }])[0] ??
          dom.element(text.at(first.start))?.getBoundingClientRect();
        if (rect === undefined || isInView(rect)) break;
        scroller.scrollBy({ top: rect.top - view.top - view.height / 3 });
      }
      if (flash) flashPlace(scroller, rectsOf(fragments));
    },
    rectsOf,
    visible() {
      const view = scroller.getBoundingClientRect();
      const [first, last] = dom.paragraphsBetween(view.top, view.bottom) ?? [0, 0];
      return { start: text.paragraphs[first]?.start ?? 0, end: text.paragraphs[last]?.end ?? text.length };
    },
    focus: () => root.focus({ preventScroll: true }),
    dispose() {
      listening.abort();
      clearTimeout(hover.timer);
      resizing.disconnect();
      theming.disconnect();
      stopPrint();
      stopFeed();
      caret.dispose();
      control.dispose();
      ruler.dispose();
      painter.dispose();
    },
  };
}

/** An outline that fades: says "here" after a jump. Reduced motion leaves it out, since the selected tint says the same. */
function flashPlace(scroller: HTMLElement, rects: readonly DOMRect[]): void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const view = scroller.getBoundingClientRect();
  for (const rect of rects) {
    const mark = document.createElement("div");
    mark.setAttribute("aria-hidden", "true");
    const [left, top] = [
      rect.left - view.left + scroller.scrollLeft,
      rect.top - view.top + scroller.scrollTop,
    ];
    mark.style.cssText = `position:absolute;pointer-events:none;left:${left - 2}px;top:${top - 2}px;width:${rect.width + 4}px;height:${rect.height + 4}px;border-radius:3px;outline:2px solid var(--ink)`;
    scroller.append(mark);
    const fade = mark.animate([{ opacity: 1 }, { opacity: 1, offset: 0.4 }, { opacity: 0 }], {
      duration: 1600,
      easing: "ease-out",
    });
    void fade.finished.finally(() => mark.remove());
  }
}
