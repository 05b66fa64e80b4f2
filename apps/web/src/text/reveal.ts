// Where places of the text are on the screen, and bringing one into view.
import type { Fragment } from "@concord/core";
import type { TextDom } from "./text-dom.ts";

/** Where a place is in the viewport, line by line. */
export function rectsOf(dom: TextDom, fragments: readonly Fragment[]): DOMRect[] {
  return fragments
    .flatMap(({ start, end }) => [...(dom.rangeOf(start, end)?.getClientRects() ?? [])])
    .filter((rect) => rect.width > 0);
}

/** Brings a place into view, if it isn't, about a third down; `flash` makes it stand out for a moment. */
export function revealPlace(
  dom: TextDom,
  scroller: HTMLElement,
  fragments: readonly Fragment[],
  flash: boolean,
): void {
  const first = fragments[0];
  if (first === undefined) return;
  // the paragraph first: one that was never laid out has an estimated place only
  const view = scroller.getBoundingClientRect();
  const isInView = (rect: DOMRect | undefined) =>
    rect !== undefined && rect.top >= view.top + 8 && rect.bottom <= view.bottom - 8;
  for (let tries = 0; tries < 3; tries++) {
    const rect =
      rectsOf(dom, [{ start: first.start, end: first.start + 1 }])[0] ??
      dom.element(dom.text.at(first.start))?.getBoundingClientRect();
    if (rect === undefined || isInView(rect)) break;
    scroller.scrollBy({ top: rect.top - view.top - view.height / 3 });
  }
  if (flash) flashPlace(scroller, rectsOf(dom, fragments));
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
