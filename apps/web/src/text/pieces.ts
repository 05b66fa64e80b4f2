// What is to be drawn over a stretch of text: tints and lane runs, from the highlights that touch it and the reader's
// look. A pure function of both; the painter only turns pieces into rectangles.
import type { LabelColor } from "@concord/core";
import type { Look } from "./highlight.ts";
import type { PlacedHighlight } from "./highlight-index.ts";

export interface Tint {
  readonly start: number;
  readonly end: number;
  readonly color: LabelColor;
  /** How many highlights lie there, at most five; a selected one has its own strength. */
  readonly depth: number | "selected";
}

export type LaneStyle = "line" | "gap" | "pending" | "refused" | "dimmed";

export interface LaneRun {
  readonly start: number;
  readonly end: number;
  readonly lane: number;
  readonly color: LabelColor;
  readonly style: LaneStyle;
  /** Full colour; else the softer one of a highlight that is alone. */
  readonly strong: boolean;
}

export interface Pieces {
  readonly tints: Tint[];
  readonly runs: LaneRun[];
}

/** A sixth lane doesn't fit the leading: the margin tells of it, and clicks reach it. */
export const LANES = 5;
const DEPTHS = 5;

interface Edge {
  readonly at: number;
  readonly item: PlacedHighlight;
  /** In which way the item holds the text from here on. */
  readonly into: "part" | "gap" | "nothing";
}

function edgesOf(item: PlacedHighlight, start: number, end: number): Edge[] {
  const edges: Edge[] = [];
  const { fragments } = item.highlight;
  fragments.forEach((fragment, index) => {
    const next = fragments[index + 1];
    edges.push(
      { at: fragment.start, item, into: "part" },
      { at: fragment.end, item, into: next === undefined ? "nothing" : "gap" },
    );
  });
  // what began before the stretch is brought to its start; what comes after it is left out
  const before = edges.findLast((edge) => edge.at <= start);
  const inside = edges.filter((edge) => edge.at > start && edge.at < end);
  return before === undefined || before.into === "nothing" ? inside : [{ ...before, at: start }, ...inside];
}

/** While a relation is drawn: neither an end of it, nor one that may become its other end. */
export function isOutOfReach({ id, highlight }: PlacedHighlight, { drawing, selectedId }: Look): boolean {
  return drawing !== null && id !== selectedId && !drawing.isPossible(highlight);
}

function styleOf(item: PlacedHighlight, inGap: boolean, look: Look): LaneStyle {
  const { state, labelId } = item.highlight;
  const isolatedAway = look.isolatedId !== null && look.isolatedId !== item.id && look.selectedId !== item.id;
  if (isolatedAway || isOutOfReach(item, look) || look.dimmedLabels.has(labelId)) return "dimmed";
  if (inGap) return "gap";
  return state === "pending" ? "pending" : state === "refused" ? "refused" : "line";
}

const tints = (item: PlacedHighlight, look: Look) =>
  item.highlight.state === "saved" && styleOf(item, false, look) === "line";

function isInner(a: PlacedHighlight, b: PlacedHighlight): boolean {
  const difference = a.end - a.start - (b.end - b.start);
  return (
    difference < 0 ||
    (difference === 0 && a.start > b.start) ||
    (difference === 0 && a.start === b.start && a.id > b.id)
  );
}

/** The tint of one stretch between two edges. */
function tintOf(
  active: ReadonlyMap<PlacedHighlight, "part" | "gap">,
  look: Look,
): { color: LabelColor; depth: number | "selected" } | null {
  let inner: PlacedHighlight | null = null;
  let depth = 0;
  for (const [item, hold] of active)
    if (item.id === look.drawing?.targetId && hold === "part")
      return { color: item.highlight.color, depth: "selected" };
  for (const [item, hold] of active) {
    if (item.id === look.selectedId)
      return hold === "part" ? { color: item.highlight.color, depth: "selected" } : null;
    if (hold === "gap" || !tints(item, look)) continue;
    depth++;
    if (inner === null || isInner(item, inner)) inner = item;
  }
  return inner === null ? null : { color: inner.highlight.color, depth: Math.min(depth, DEPTHS) };
}

/** A growing list of pieces that joins a piece to its equal neighbour. */
function appendRun(
  open: Map<PlacedHighlight, LaneRun>,
  done: LaneRun[],
  item: PlacedHighlight,
  run: LaneRun,
): void {
  const last = open.get(item);
  const joins =
    last !== undefined && last.end === run.start && last.style === run.style && last.strong === run.strong;
  if (last !== undefined && !joins) done.push(last);
  open.set(item, joins ? { ...last, end: run.end } : run);
}

/** `items` are the highlights that touch the stretch from `start` to `end`. */
export function piecesOf(start: number, end: number, items: readonly PlacedHighlight[], look: Look): Pieces {
  const result: Pieces = { tints: [], runs: [] };
  const edges = items.flatMap((item) => edgesOf(item, start, end)).sort((a, b) => a.at - b.at);
  const active = new Map<PlacedHighlight, "part" | "gap">();
  const open = new Map<PlacedHighlight, LaneRun>();
  for (let index = 0; index < edges.length; ) {
    const from = edges[index]?.at ?? end;
    for (let edge = edges[index]; edge !== undefined && edge.at === from; edge = edges[++index]) {
      if (edge.into === "nothing") active.delete(edge.item);
      else active.set(edge.item, edge.into);
    }
    const to = edges[index]?.at ?? end;
    const tint = tintOf(active, look);
    if (tint !== null) appendTint(result.tints, { start: from, end: to, ...tint });
    const isCrowded = isStrongFor(active, look);
    for (const [item, hold] of active) {
      if (item.lane > LANES) continue;
      const strong =
        isCrowded || item.id === look.isolatedId || item.highlight.arrival !== null || look.drawing !== null;
      const style = styleOf(item, hold === "gap", look);
      appendRun(open, result.runs, item, {
        start: from,
        end: to,
        lane: item.lane,
        color: item.highlight.color,
        style,
        strong,
      });
    }
  }
  result.runs.push(...open.values());
  return result;
}

/** Lines are at full strength where two or more parts overlap and over the selected one. */
function isStrongFor(active: ReadonlyMap<PlacedHighlight, "part" | "gap">, look: Look): boolean {
  let parts = 0;
  for (const [item, hold] of active) {
    if (hold === "gap") continue;
    if (item.id === look.selectedId) return true;
    parts++;
  }
  return parts > 1;
}

function appendTint(list: Tint[], tint: Tint): void {
  const last = list.at(-1);
  const joins =
    last !== undefined && last.end === tint.start && last.color === tint.color && last.depth === tint.depth;
  if (joins) list[list.length - 1] = { ...last, end: tint.end };
  else list.push(tint);
}
