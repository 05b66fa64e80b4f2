// A handle beside the selected highlight, from which a relation is drawn to another one: by dragging it there, or by
// pressing the handle and then the other end. What the codebook allows stands out meanwhile; Escape ends it.
import { createDrawnLine, type Point } from "./drawn-line.ts";
import { createEdgeScroll } from "./edge-scroll.ts";
import type { Highlight } from "./highlight.ts";
import css from "./reading-pane.module.css";

/** What a relation from the selected highlight may lead to. */
export interface LinkRules {
  /** What the handle is for. */
  readonly name: string;
  isPossible(other: Pick<Highlight, "id" | "labelId">): boolean;
  /** What letting go over another highlight does, or why it does nothing. */
  describe(otherId: string): string;
}

export interface LinkHost {
  /** The highlights under a point of the viewport that stand in the text, innermost first. */
  readonly idsAt: (x: number, y: number) => readonly string[];
  readonly get: (id: string) => Highlight | undefined;
  /** `targetId` is what is pointed at, if it may be the other end; null when nothing is being drawn any more. */
  readonly onDrawing: (state: { readonly targetId: string | null; readonly isByKey: boolean } | null) => void;
  readonly onDone: (targetId: string, at: Point) => void;
  /** Let go over something that can't be the other end. */
  readonly onRefused: (words: string) => void;
}

export interface HandlePlace extends Point {
  /** What it stands in and is measured from. */
  readonly layer: HTMLElement;
  /** False where the text has been scrolled away from it. */
  readonly isSeen: boolean;
}

export interface LinkHandle {
  /** Whether a relation is being drawn. */
  readonly isDrawing: boolean;
  /** Whether it stands where the text's own scrolling doesn't move it. */
  readonly isApart: boolean;
  /** `place` is null while there is nothing to draw from. */
  show(place: HandlePlace | null, rules: LinkRules | null): void;
  /** Draws without a button held: the next press is the other end. */
  start(isByKey: boolean): void;
  /** Takes one of these, innermost first, as the other end; false if there is none. */
  choose(ids: readonly string[], at: Point): boolean;
  dispose(): void;
}

interface Target {
  readonly id: string;
  readonly isPossible: boolean;
}

/** Less than this is a press on the handle. */
const DRAG = 5;
/** Anything on the page that stands for a highlight names it so. */
const NAMED = "data-highlight";
const SVG = "http://www.w3.org/2000/svg";

function drawArrow(): SVGElement {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 16 16");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", "M3 13c0-6 3-8 9-8M9 2l3 3-3 3");
  picture.append(path);
  return picture;
}

export function createLinkHandle(root: HTMLElement, scroller: HTMLElement, host: LinkHost): LinkHandle {
  const handle = document.createElement("div");
  handle.className = css.link ?? "";
  handle.setAttribute("aria-hidden", "true");
  handle.append(drawArrow());
  const line = createDrawnLine();
  const edges = createEdgeScroll(scroller);
  let rules: LinkRules | null = null;
  let drawing: AbortController | null = null;

  /** Of several that lie in one place the innermost that will do, or else the innermost. */
  function targetAt({ x, y }: Point): Target | null {
    const named = document.elementFromPoint(x, y)?.closest(`[${NAMED}]`)?.getAttribute(NAMED);
    return targetOf(named == null ? host.idsAt(x, y) : [named]);
  }

  function targetOf(ids: readonly string[]): Target | null {
    const found = ids.find((id) => {
      const other = host.get(id);
      return other !== undefined && rules?.isPossible(other) === true;
    });
    const id = found ?? ids[0];
    return id === undefined ? null : { id, isPossible: found !== undefined };
  }

  function begin(isByKey: boolean): AbortSignal {
    drawing?.abort();
    drawing = new AbortController();
    let shown: string | null | undefined;
    let last: Point | null = null;
    const { signal } = drawing;

    function follow(to: Point): void {
      last = to;
      const target = targetAt(to);
      const box = handle.getBoundingClientRect();
      line.show(
        { x: Math.round(box.left + box.width / 2), y: Math.round(box.top + box.height / 2) },
        to,
        target === null ? null : { text: rules?.describe(target.id) ?? "", isPossible: target.isPossible },
      );
      const targetId = target?.isPossible === true ? target.id : null;
      if (targetId !== shown) host.onDrawing({ targetId, isByKey });
      shown = targetId;
    }

    document.documentElement.toggleAttribute("data-drawing", true);
    handle.toggleAttribute("data-drawing", true);
    signal.addEventListener("abort", () => {
      line.hide();
      edges.stop();
      document.documentElement.toggleAttribute("data-drawing", false);
      handle.toggleAttribute("data-drawing", false);
      host.onDrawing(null);
    });
    addEventListener(
      "pointermove",
      (event) => {
        const to = { x: event.clientX, y: event.clientY };
        follow(to);
        if (event.buttons === 1) edges.at(to.y, () => follow(to));
      },
      { signal },
    );
    scroller.addEventListener("scroll", () => last !== null && follow(last), { signal, passive: true });
    addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape") return;
        // in a field Escape ends what the field is for, too
        if (!(event.target instanceof HTMLInputElement)) {
          event.preventDefault();
          event.stopPropagation();
        }
        end();
      },
      { signal, capture: true },
    );
    host.onDrawing({ targetId: null, isByKey });
    return signal;
  }

  function end(): void {
    drawing?.abort();
    drawing = null;
  }

  /** The other end is there, if anything is; true if something is. */
  function finish(at: Point): boolean {
    return choose(targetAt(at), at);
  }

  function choose(target: Target | null, at: Point): boolean {
    if (target === null) return false;
    const words = rules?.describe(target.id) ?? "";
    end();
    if (target.isPossible) host.onDone(target.id, at);
    else host.onRefused(words);
    return true;
  }

  function start(isByKey: boolean): void {
    const signal = begin(isByKey);
    // the press itself must not select or open what it falls on
    addEventListener(
      "click",
      (event) => {
        const isOnText = event.target instanceof Node && root.contains(event.target);
        const isTaken = finish({ x: event.clientX, y: event.clientY });
        if (isTaken || isOnText) {
          event.preventDefault();
          event.stopPropagation();
        }
        end();
      },
      { signal, capture: true },
    );
    // an answer typed into a field is one, too; in the text Enter takes what the caret is in
    addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Enter" && event.target !== root) end();
      },
      { signal, capture: true },
    );
  }

  function drag(down: PointerEvent): void {
    const signal = begin(false);
    handle.setPointerCapture(down.pointerId);
    handle.addEventListener(
      "pointerup",
      (up) => {
        const isPress = Math.hypot(up.clientX - down.clientX, up.clientY - down.clientY) < DRAG;
        if (isPress) afterClick(() => start(false));
        else if (!finish({ x: up.clientX, y: up.clientY })) end();
      },
      { signal },
    );
    handle.addEventListener("pointercancel", end, { signal });
  }

  /** The press that begins it is not its end as well. */
  function afterClick(run: () => void): void {
    handle.addEventListener("click", run, { once: true });
  }

  handle.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    // the text below must not begin a selection, nor take the click for its own
    event.preventDefault();
    event.stopPropagation();
    const wasDrawing = drawing !== null;
    if (wasDrawing) end();
    else drag(event);
  });
  handle.addEventListener("mousedown", (event) => {
    event.preventDefault();
    event.stopPropagation();
  });
  handle.addEventListener("click", (event) => event.stopPropagation());

  return {
    get isDrawing() {
      return drawing !== null;
    },
    get isApart() {
      return handle.isConnected && !root.contains(handle);
    },
    show(place, next) {
      rules = next;
      if (place === null || next === null) {
        end();
        handle.remove();
        return;
      }
      handle.title = next.name;
      handle.style.visibility = place.isSeen ? "" : "hidden";
      handle.style.transform = `translate(${Math.round(place.x)}px, ${Math.round(place.y)}px)`;
      if (handle.parentElement !== place.layer) place.layer.append(handle);
    },
    start(isByKey) {
      if (rules !== null && handle.isConnected) start(isByKey);
    },
    choose: (ids, at) => choose(targetOf(ids), at),
    dispose() {
      end();
      handle.remove();
      line.dispose();
    },
  };
}
