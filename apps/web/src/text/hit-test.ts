// Which highlights lie under a point: by offset, innermost first; on an underline, that underline's highlight first.
import type { HighlightIndex, PlacedHighlight } from "./highlight-index.ts";
import { LANES } from "./pieces.ts";
import type { TextDom } from "./text-dom.ts";

/** Geometry of a line of text and its lanes, in CSS pixels. */
export interface LineMetrics {
  /** From the top of a text rectangle down to the baseline. */
  readonly ascent: number;
}

export const LANE_OFFSET = 4;
export const LANE_PITCH = 3;
export const LANE_WIDTH = 2;

/** How far below the baseline a lane's line begins. */
export const laneTop = (lane: number, pitch = LANE_PITCH) => LANE_OFFSET + pitch * (lane - 1);

/** The code point whose glyph is under the point; null beside the text. */
export function positionAt(dom: TextDom, x: number, y: number): number | null {
  const boundary = dom.boundaryAt(x, y);
  if (boundary === null) return null;
  const paragraph = dom.text.at(boundary);
  for (const start of [boundary, boundary - 1]) {
    if (start < 0) continue;
    const rects = dom.rangeIn(paragraph, start, start + 1)?.getClientRects() ?? [];
    // the lanes under a line belong to it
    for (const rect of rects)
      if (x >= rect.left && x <= rect.right && y >= rect.top - 4 && y <= rect.bottom + 10) return start;
  }
  return null;
}

function laneUnder(dom: TextDom, metrics: LineMetrics, position: number, y: number): number | null {
  const rect = dom.rangeIn(dom.text.at(position), position, position + 1)?.getClientRects()[0];
  if (rect === undefined) return null;
  const below = y - Math.round(rect.top + metrics.ascent) - LANE_OFFSET;
  const lane = Math.round((below - LANE_WIDTH / 2) / LANE_PITCH) + 1;
  return below < -2 || lane < 1 || lane > LANES ? null : lane;
}

export function highlightsAt(
  dom: TextDom,
  index: HighlightIndex,
  metrics: LineMetrics,
  x: number,
  y: number,
): PlacedHighlight[] {
  const position = positionAt(dom, x, y);
  if (position === null) return [];
  const found = index.covering(position);
  const lane = laneUnder(dom, metrics, position, y);
  const onLane = lane === null ? undefined : found.find((item) => item.lane === lane);
  return onLane === undefined ? found : [onLane, ...found.filter((item) => item !== onLane)];
}

/** The next one outwards from what is selected, round again after the outermost; the innermost if none of them is. */
export function nextOutwards(
  found: readonly { readonly id: string }[],
  selectedId: string | null,
): string | null {
  const selected = found.findIndex((item) => item.id === selectedId);
  return found[(selected + 1) % Math.max(1, found.length)]?.id ?? null;
}
