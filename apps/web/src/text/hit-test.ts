// Which highlights lie under a point: by offset, innermost first; on an underline, that underline's highlight first.
import type { HighlightIndex, PlacedHighlight } from "./highlight-index.ts";
import { LANES } from "./pieces.ts";
import type { TextDom } from "./text-dom.ts";

/** Geometry of a line of text and its lanes, in CSS pixels. */
export interface LineMetrics {
  /** From the top of a text rectangle down to the baseline. */
  readonly ascent: number;
  /** From one lane to the next. */
  readonly pitch: number;
}

export const LANE_OFFSET = 4;
export const LANE_PITCH = 3;
export const LANE_WIDTH = 2;
/** With patterns on the lanes stand a little farther apart, and the leading grows with them. */
export const PATTERN_PITCH = 4;

/** How far below the baseline a lane's line begins. */
export const laneTop = (lane: number, pitch = LANE_PITCH) => LANE_OFFSET + pitch * (lane - 1);

/** From any lane so far up is its own line. */
const LANES_REACH = 14;

/** The code point whose glyph is under the point; null beside the text. */
export function positionAt(dom: TextDom, x: number, y: number): number | null {
  const boundary = dom.boundaryAt(x, y);
  if (boundary === null) return null;
  const paragraph = dom.text.at(boundary);
  for (const start of [boundary, boundary - 1]) {
    if (start < 0) continue;
    // the lanes under a line belong to it
    for (const rect of dom.rectsIn(paragraph, start, start + 1))
      if (x >= rect.left && x <= rect.right && y >= rect.top - 4 && y <= rect.bottom + 10) return start;
  }
  return null;
}

function laneUnder(dom: TextDom, metrics: LineMetrics, position: number, y: number): number | null {
  const rect = dom.rectsIn(dom.text.at(position), position, position + 1)[0];
  if (rect === undefined) return null;
  const below = y - Math.round(rect.top + metrics.ascent) - LANE_OFFSET;
  const lane = Math.round((below - LANE_WIDTH / 2) / metrics.pitch) + 1;
  return below < -2 || lane < 1 || lane > LANES ? null : lane;
}

export function highlightsAt(
  dom: TextDom,
  index: HighlightIndex,
  metrics: LineMetrics,
  x: number,
  y: number,
): PlacedHighlight[] {
  // the lower lanes reach into the next line's box, so the line above is asked first whether its lane is there
  const above = positionAt(dom, x, y - LANES_REACH);
  const lane = above === null ? null : laneUnder(dom, metrics, above, y);
  const onLine = above === null || lane === null ? [] : index.covering(above);
  const onLane = onLine.find((item) => item.lane === lane);
  if (onLane !== undefined) return [onLane, ...onLine.filter((item) => item !== onLane)];
  const position = positionAt(dom, x, y);
  return position === null ? [] : index.covering(position);
}

/** The next one outwards from what is selected, round again after the outermost; the innermost if none of them is. */
export function nextOutwards(
  found: readonly { readonly id: string }[],
  selectedId: string | null,
): string | null {
  const selected = found.findIndex((item) => item.id === selectedId);
  return found[(selected + 1) % Math.max(1, found.length)]?.id ?? null;
}
