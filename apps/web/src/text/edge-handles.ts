// Handles at the edges of the selected highlight's parts, to be dragged: to whole words, exactly with Alt, with the
// highlight following live. Nothing is changed before they are let go; Escape takes the drag back.
import type { Fragment } from "@concord/core";
import { createEdgeScroll } from "./edge-scroll.ts";
import { type Edge, moveEdge, nearestStop } from "./edges.ts";
import css from "./reading-pane.module.css";
import type { TextDom } from "./text-dom.ts";
import type { TextSegmenters } from "./words.ts";

export interface EdgeHandles {
  /** The fragments whose edges can be dragged now; null for none. */
  show(fragments: readonly Fragment[] | null): void;
  dispose(): void;
}

export interface EdgeDrag {
  /** Where they would be; null when the drag is over or taken back. */
  onPreview(fragments: readonly Fragment[] | null): void;
  onDone(fragments: readonly Fragment[]): void;
}

const sidesOf = (count: number): Edge[] =>
  Array.from({ length: count }, (_, part): Edge[] => [
    { part, side: "start" },
    { part, side: "end" },
  ]).flat();

export function createEdgeHandles(
  dom: TextDom,
  segmenters: TextSegmenters,
  scroller: HTMLElement,
  drag: EdgeDrag,
): EdgeHandles {
  const layer = document.createElement("div");
  layer.className = css.handles ?? "";
  layer.setAttribute("aria-hidden", "true");
  dom.root.append(layer);
  let shown: readonly Fragment[] = [];
  const edges = createEdgeScroll(scroller);
  let isDragging = false;

  /** The line's box at an edge; where the edge stands in it depends on the direction of writing there. */
  function placeOf({ part, side }: Edge): { left: number; top: number; height: number } | null {
    const fragment = shown[part];
    if (fragment === undefined) return null;
    const at = side === "start" ? fragment.start : fragment.end - 1;
    const paragraph = dom.text.at(at);
    const rects = [...dom.rectsIn(paragraph, at, at + 1)];
    const rect = side === "start" ? rects[0] : rects.at(-1);
    const element = dom.element(paragraph);
    if (rect === undefined || element === undefined) return null;
    const isLeft = (side === "start") === (getComputedStyle(element).direction === "ltr");
    const host = dom.root.getBoundingClientRect();
    return {
      left: (isLeft ? rect.left : rect.right) - host.left,
      top: rect.top - host.top,
      height: rect.height,
    };
  }

  function place(): void {
    const sides = sidesOf(shown.length);
    while (layer.childElementCount > sides.length) layer.lastElementChild?.remove();
    while (layer.childElementCount < sides.length) layer.append(makeHandle());
    const places = sides.map(placeOf);
    sides.forEach(({ part, side }, index) => {
      const handle = layer.children[index];
      const at = places[index];
      if (!(handle instanceof HTMLElement)) return;
      handle.hidden = at == null;
      if (at == null) return;
      handle.dataset.side = side;
      handle.dataset.part = String(part);
      const isOuter = side === "start" ? part === 0 : part === shown.length - 1;
      handle.toggleAttribute("data-inner", !isOuter);
      handle.style.left = `${at.left}px`;
      handle.style.top = `${at.top}px`;
      handle.style.height = `${at.height}px`;
    });
  }

  function makeHandle(): HTMLElement {
    const handle = document.createElement("div");
    handle.className = css.handle ?? "";
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      // the text below must not begin a selection, nor take the click for its own
      event.preventDefault();
      event.stopPropagation();
      begin(handle, event);
    });
    handle.addEventListener("mousedown", (event) => {
      event.preventDefault();
      event.stopPropagation();
    });
    handle.addEventListener("click", (event) => event.stopPropagation());
    return handle;
  }

  function begin(handle: HTMLElement, down: PointerEvent): void {
    const edge: Edge = {
      part: Number(handle.dataset.part),
      side: handle.dataset.side === "start" ? "start" : "end",
    };
    const before = shown;
    const box = handle.getBoundingClientRect();
    // the grip is beside the letters: what counts is the middle of the line
    const [offsetX, offsetY] = [
      box.left + box.width / 2 - down.clientX,
      box.top + box.height / 2 - down.clientY,
    ];
    const listening = new AbortController();
    const options = { signal: listening.signal };
    isDragging = true;
    layer.toggleAttribute("data-dragging", true);
    handle.setPointerCapture(down.pointerId);

    function move(event: PointerEvent): void {
      edges.at(event.clientY, () => follow(event));
      follow(event);
    }

    function follow(event: PointerEvent): void {
      const position = dom.boundaryAt(event.clientX + offsetX, event.clientY + offsetY);
      if (position === null) return;
      const stop = nearestStop(
        dom.text,
        position,
        edge.side,
        event.altKey ? "character" : "word",
        segmenters,
      );
      shown = moveEdge(before, edge, stop, dom.text.length);
      drag.onPreview(shown);
      place();
    }

    function end(isKept: boolean): void {
      listening.abort();
      edges.stop();
      isDragging = false;
      layer.toggleAttribute("data-dragging", false);
      const after = shown;
      const isChanged = after.some(
        ({ start, end: until }, part) => before[part]?.start !== start || before[part]?.end !== until,
      );
      drag.onPreview(null);
      shown = before;
      if (isKept && isChanged) drag.onDone(after);
      place();
    }

    handle.addEventListener("pointermove", move, options);
    handle.addEventListener("pointerup", () => end(true), options);
    handle.addEventListener("pointercancel", () => end(false), options);
    addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        end(false);
      },
      { ...options, capture: true },
    );
  }

  return {
    show(fragments) {
      if (isDragging) return;
      shown = fragments ?? [];
      place();
    },
    dispose() {
      edges.stop();
      layer.remove();
    },
  };
}
