// Others' selections: thin outlines over the text in each person's colour, with a flag that says the name for a moment, and
// again under the pointer. A layer of its own in what scrolls: no paragraph is painted for it, no pointer meets it, and
// find, copy and screen readers don't either. Only what is near the viewport is drawn.
import type { Other, OthersFeed } from "./others.ts";
import css from "./reading-pane.module.css";
import type { TextDom } from "./text-dom.ts";

export interface OthersOutlines {
  /** After anything that may have moved the text in what scrolls. */
  refresh(): void;
  dispose(): void;
}

/** Drawn beyond the viewport's edges, and how far it may scroll before that is done anew; CSS pixels. */
const AHEAD = 800;
const SLACK = 500;

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Drawn {
  readonly flag: HTMLElement;
  readonly boxes: readonly Box[];
}

const px = (name: string, value: number) => `${name}:${value}px;`;

export function createOthersOutlines(dom: TextDom, scroller: HTMLElement, feed: OthersFeed): OthersOutlines {
  const listening = new AbortController();
  const layer = document.createElement("div");
  layer.className = css.others ?? "";
  layer.setAttribute("aria-hidden", "true");
  scroller.append(layer);
  let drawn: Drawn[] = [];
  let drawnAt = 0;
  let frame = 0;

  /** Lines of a selection near the viewport, from the corner of what scrolls. */
  function boxesOf({ selection }: Other): Box[] {
    const view = scroller.getBoundingClientRect();
    const [above, below] = [view.top - AHEAD, view.bottom + AHEAD];
    const band = dom.paragraphsBetween(above, below);
    if (band === null) return [];
    const boxes: Box[] = [];
    for (const { start, end } of selection) {
      const first = Math.max(band[0], dom.text.at(start));
      const last = Math.min(band[1], dom.text.at(end - 1));
      for (let p = first; p <= last; p++) {
        for (const rect of dom.rangeIn(p, start, end)?.getClientRects() ?? []) {
          if (rect.width < 0.5 || rect.bottom < above || rect.top > below) continue;
          const x = scroller.scrollLeft - view.left;
          const y = scroller.scrollTop - view.top;
          boxes.push({
            left: rect.left + x,
            right: rect.right + x,
            top: rect.top + y,
            bottom: rect.bottom + y,
          });
        }
      }
    }
    return boxes;
  }

  function mark({ name, color, selectedAt }: Other, boxes: readonly Box[]): Drawn & { element: HTMLElement } {
    const element = document.createElement("div");
    element.style.setProperty("--who", color);
    element.dataset.other = name;
    for (const { left, top, right, bottom } of boxes) {
      const part = document.createElement("i");
      part.style.cssText =
        px("left", left - 1) + px("top", top) + px("width", right - left + 2) + px("height", bottom - top);
      element.append(part);
    }
    const flag = document.createElement("b");
    flag.dataset.name = name;
    const last = boxes.at(-1);
    flag.style.cssText = `${px("left", last?.right ?? 0)}${px("top", last?.top ?? 0)}animation-delay:${selectedAt - performance.now()}ms`;
    element.append(flag);
    return { element, flag, boxes };
  }

  function draw(): void {
    frame = 0;
    drawnAt = scroller.scrollTop;
    // all measured before anything is written, so that the browser lays out once
    const measured = feed
      .get()
      .filter(({ selection }) => selection.length > 0)
      .map((other) => ({ other, boxes: boxesOf(other) }))
      .filter(({ boxes }) => boxes.length > 0);
    const marks = measured.map(({ other, boxes }) => mark(other, boxes));
    layer.replaceChildren(...marks.map(({ element }) => element));
    drawn = marks;
  }

  function schedule(): void {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }

  function nameUnder(event: PointerEvent): void {
    if (drawn.length === 0 || event.pointerType !== "mouse") return;
    const view = scroller.getBoundingClientRect();
    const x = event.clientX - view.left + scroller.scrollLeft;
    const y = event.clientY - view.top + scroller.scrollTop;
    for (const { flag, boxes } of drawn) {
      const isUnder = boxes.some(
        ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom,
      );
      flag.toggleAttribute("data-shown", isUnder);
    }
  }

  const stopFeed = feed.subscribe(schedule);
  dom.root.addEventListener("pointermove", nameUnder, { signal: listening.signal });
  scroller.addEventListener(
    "scroll",
    () => {
      if (Math.abs(scroller.scrollTop - drawnAt) > SLACK) schedule();
    },
    { passive: true, signal: listening.signal },
  );
  schedule();

  return {
    refresh() {
      // in the frame of the change itself: a frame later the outlines would be seen to jump
      if (drawn.length > 0) draw();
      else schedule();
    },
    dispose() {
      listening.abort();
      cancelAnimationFrame(frame);
      stopFeed();
      layer.remove();
    },
  };
}
