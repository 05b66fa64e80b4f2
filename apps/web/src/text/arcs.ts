// Relations as arcs beside the column, where lines end: from the line where the source begins to the line where the target begins, with
// an arrow there. The nearer the two, the narrower the arc. Drawn for what is in view and drawn anew once the text rests.
import type { LabelColor } from "@concord/core";
import { labelColorVar } from "../theme/label-color.ts";
import type { HighlightIndex, PlacedHighlight } from "./highlight-index.ts";
import css from "./reading-pane.module.css";
import type { TextDom } from "./text-dom.ts";

/** A relation between two highlights. */
export interface Arc {
  readonly id: string;
  readonly sourceId: string;
  readonly targetId: string;
  /** Said when the pointer rests on it. */
  readonly name: string;
  readonly color: LabelColor;
}

/** Whether there is a margin where lines end. */
export function hasRoomBeside({ root, isMirrored }: TextDom, scroller: HTMLElement): boolean {
  const [view, box] = [scroller.getBoundingClientRect(), root.getBoundingClientRect()];
  return (isMirrored ? box.left - view.left : view.right - box.right) >= ROOM;
}

export interface Arcs {
  show(arcs: readonly Arc[]): void;
  /** The highlight beside whose line a handle stands: arcs end at that. */
  attach(id: string | null): void;
  /** After anything that may have moved the text. */
  place(): void;
  dispose(): void;
}

const WIDTHS = [12, 22, 34] as const;
const GAP = 10;
/** The same where a handle is in between. */
const GAP_AT_HANDLE = 25;
/** Narrower than this, the page has no room for them beside the text. */
const ROOM = 50;
const REST_MS = 120;
const SVG = "http://www.w3.org/2000/svg";

interface PlacedArc {
  readonly arc: Arc;
  readonly from: number;
  readonly to: number;
}

/** Widths by distance, the nearest pair narrowest; all beyond the third have the widest. */
export function widthsOf(distances: readonly number[]): number[] {
  const order = [...new Set(distances)].sort((a, b) => a - b);
  return distances.map((distance) => WIDTHS[Math.min(order.indexOf(distance), WIDTHS.length - 1)] ?? 34);
}

export interface ArcEnd {
  readonly left: number;
  readonly y: number;
}

export function arcPath(from: ArcEnd, to: ArcEnd, width: number): string {
  // a cubic reaches three quarters of the way to its control points
  const reach = Math.max(from.left, to.left) + (width * 4) / 3;
  const head = 4;
  const { left, y } = to;
  return `M${from.left} ${from.y}C${reach} ${from.y} ${reach} ${y} ${left} ${y}M${left + head + 1} ${y - head}L${left} ${y}L${left + head + 1} ${y + head}`;
}

export function createArcs(dom: TextDom, index: HighlightIndex, scroller: HTMLElement): Arcs {
  const layer = document.createElementNS(SVG, "svg");
  layer.setAttribute("class", css.arcs ?? "");
  layer.setAttribute("aria-hidden", "true");
  dom.root.append(layer);
  let arcs: readonly Arc[] = [];
  let attached: string | null = null;
  let timer = 0;

  /** The middle of the line where a highlight begins, from the text's top; of what is far off only the paragraph's. */
  function lineOf(item: PlacedHighlight, view: DOMRect): number {
    const box = dom.element(item.firstParagraph)?.getBoundingClientRect();
    const top = dom.root.getBoundingClientRect().top;
    if (box === undefined) return 0;
    const isNear = box.bottom > view.top - view.height && box.top < view.bottom + view.height;
    const rect = isNear ? dom.rectsIn(item.firstParagraph, item.start, item.start + 1)[0] : undefined;
    return rect === undefined ? (box.top + box.bottom) / 2 - top : (rect.top + rect.bottom) / 2 - top;
  }

  function placeOf(arc: Arc, view: DOMRect): PlacedArc | null {
    const source = index.get(arc.sourceId);
    const target = index.get(arc.targetId);
    if (source === undefined || target === undefined) return null;
    const [from, to] = [lineOf(source, view), lineOf(target, view)];
    // two on one line stand a little apart, and so do the two ends of each
    return from === to ? { arc, from: from - 5, to: to + 5 } : { arc, from, to };
  }

  function draw(): void {
    timer = 0;
    const view = scroller.getBoundingClientRect();
    const box = dom.root.getBoundingClientRect();
    const [top, bottom] = [view.top - box.top, view.bottom - box.top];
    layer.style.transform = dom.isMirrored ? `translateX(${box.width}px) scaleX(-1)` : "";
    const leftAt = (id: string) => box.width + (id === attached ? GAP_AT_HANDLE : GAP);
    const placed = (hasRoomBeside(dom, scroller) ? arcs : [])
      .map((arc) => placeOf(arc, view))
      .filter((one) => one !== null)
      .filter(({ from, to }) => Math.max(from, to) > top && Math.min(from, to) < bottom);
    const widths = widthsOf(placed.map(({ from, to }) => Math.abs(from - to)));
    layer.replaceChildren(
      ...placed.map(({ arc, from, to }, number) =>
        drawArc(
          arc,
          arcPath(
            { left: leftAt(arc.sourceId), y: from },
            { left: leftAt(arc.targetId), y: to },
            widths[number] ?? 34,
          ),
        ),
      ),
    );
  }

  function drawArc(arc: Arc, path: string): SVGElement {
    const group = document.createElementNS(SVG, "g");
    group.style.color = labelColorVar(arc.color);
    const name = document.createElementNS(SVG, "title");
    name.textContent = arc.name;
    group.append(name);
    // the second one, wide and unseen, is what the pointer meets
    for (const className of [css.arc, css.arcReach]) {
      const line = document.createElementNS(SVG, "path");
      line.setAttribute("class", className ?? "");
      line.setAttribute("d", path);
      group.append(line);
    }
    return group;
  }

  function place(): void {
    if (arcs.length === 0 && layer.childElementCount === 0) return;
    clearTimeout(timer);
    timer = window.setTimeout(draw, REST_MS);
  }

  scroller.addEventListener("scroll", place, { passive: true });
  return {
    show(next) {
      if (next.length === 0 && arcs.length === 0) return;
      arcs = next;
      clearTimeout(timer);
      draw();
    },
    attach(id) {
      if (id === attached) return;
      attached = id;
      if (arcs.length > 0) draw();
    },
    place,
    dispose() {
      clearTimeout(timer);
      scroller.removeEventListener("scroll", place);
      layer.remove();
    },
  };
}
