// A caret that the keyboard moves through text that can't be edited. The browser knows how to move (`Selection.modify`
// minds graphemes, words, lines and both directions of writing); it only doesn't show where the caret is, so this does.
import css from "./reading-pane.module.css";
import type { TextDom } from "./text-dom.ts";

export interface Caret {
  /** The code-point boundary it stands at; null while it isn't shown. */
  readonly position: number | null;
  /** Puts it before a code point and shows it. */
  place(position: number): void;
  dispose(): void;
}

interface Step {
  readonly direction: "left" | "right" | "forward" | "backward";
  readonly unit: "character" | "word" | "line" | "lineboundary" | "documentboundary";
}

function stepFor(event: KeyboardEvent): Step | null {
  const byWord = event.ctrlKey || event.altKey;
  switch (event.key) {
    case "ArrowLeft":
      return { direction: "left", unit: byWord ? "word" : "character" };
    case "ArrowRight":
      return { direction: "right", unit: byWord ? "word" : "character" };
    case "ArrowUp":
      return { direction: "backward", unit: "line" };
    case "ArrowDown":
      return { direction: "forward", unit: "line" };
    case "Home":
      return { direction: "backward", unit: event.ctrlKey ? "documentboundary" : "lineboundary" };
    case "End":
      return { direction: "forward", unit: event.ctrlKey ? "documentboundary" : "lineboundary" };
    default:
      return null;
  }
}

export function createCaret(
  dom: TextDom,
  scroller: HTMLElement,
  isTaken: (event: KeyboardEvent) => boolean,
): Caret {
  const listening = new AbortController();
  const options = { signal: listening.signal };
  const mark = document.createElement("div");
  mark.className = css.caret ?? "";
  mark.hidden = true;
  mark.setAttribute("aria-hidden", "true");
  dom.root.parentElement?.append(mark);

  function focusRect(native: Selection): DOMRect | null {
    if (native.focusNode === null) return null;
    const range = document.createRange();
    range.setStart(native.focusNode, native.focusOffset);
    const rect = range.getClientRects()[0];
    if (rect !== undefined) return rect;
    const element = native.focusNode instanceof Element ? native.focusNode : native.focusNode.parentElement;
    return element?.getBoundingClientRect() ?? null;
  }

  function show(): void {
    const native = getSelection();
    const rect = native === null ? null : focusRect(native);
    const host = mark.parentElement?.getBoundingClientRect();
    if (rect === null || host === undefined) return;
    mark.hidden = false;
    mark.style.transform = `translate(${rect.left - host.left}px, ${rect.top - host.top}px)`;
    mark.style.height = `${Math.max(rect.height, 20)}px`;
    // starts the blink anew, so that a moving caret is always seen
    for (const animation of mark.getAnimations()) animation.currentTime = 0;
    const view = scroller.getBoundingClientRect();
    if (rect.top < view.top + 48) scroller.scrollBy({ top: rect.top - view.top - 48 });
    else if (rect.bottom > view.bottom - 48) scroller.scrollBy({ top: rect.bottom - view.bottom + 48 });
  }

  function place(position: number): void {
    const range = dom.rangeOf(position, position);
    if (range === null) return;
    getSelection()?.collapse(range.startContainer, range.startOffset);
    show();
  }

  /** The caret starts at the first line in view if it is nowhere yet. */
  function ensurePlaced(native: Selection): void {
    if (native.focusNode !== null && dom.root.contains(native.focusNode)) return;
    const view = scroller.getBoundingClientRect();
    const first = dom.paragraphsBetween(view.top, view.bottom)?.[0] ?? 0;
    place(dom.text.paragraphs[first]?.start ?? 0);
  }

  dom.root.addEventListener(
    "keydown",
    (event) => {
      const step = stepFor(event);
      const native = getSelection();
      if (step === null || native === null || event.metaKey || isTaken(event)) return;
      event.preventDefault();
      ensurePlaced(native);
      native.modify(event.shiftKey ? "extend" : "move", step.direction, step.unit);
      show();
    },
    options,
  );
  function enter(): void {
    // reached by keyboard: only then a ring and a caret are of use
    if (!dom.root.matches(":focus-visible")) return;
    dom.root.dataset.keyboard = "";
    const native = getSelection();
    if (native === null) return;
    ensurePlaced(native);
    show();
  }

  function leave(): void {
    delete dom.root.dataset.keyboard;
    mark.hidden = true;
  }

  dom.root.addEventListener("focus", enter, options);
  dom.root.addEventListener("blur", leave, options);
  dom.root.addEventListener("pointerdown", leave, options);

  return {
    get position() {
      const native = getSelection();
      return mark.hidden || native?.focusNode == null
        ? null
        : dom.positionOf(native.focusNode, native.focusOffset);
    },
    place,
    dispose() {
      listening.abort();
      mark.remove();
    },
  };
}
