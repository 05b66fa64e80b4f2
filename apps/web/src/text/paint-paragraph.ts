// Draws the pieces of one stretch of text on a canvas: tints, then one's own selection, then lanes. Measuring comes
// apart from drawing, so that a painter measures everything before it writes anything and the browser lays out once.
import type { LabelColor } from "@concord/core";
import { LANE_WIDTH, laneTop, PATTERN_PITCH } from "./hit-test.ts";
import type { Inks } from "./inks.ts";
import type { LaneRun, Pieces, Tint } from "./pieces.ts";

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Rectangles, relative to the canvas, of a stretch of the text. */
export type Measure = (start: number, end: number) => readonly Box[];

export interface Brush {
  readonly inks: Inks;
  /** From a rectangle's top to the baseline. */
  readonly ascent: number;
  readonly ratio: number;
  readonly patterns: boolean;
}

/** A highlight alone is drawn at 78 % of its colour. */
const IDLE = 0.78;
const DIMMED = 0.38;

type Pattern = "solid" | "double" | "dotted" | "thick" | "hairline";

const PATTERNS: Readonly<Record<LabelColor, Pattern>> = {
  INDIGO: "solid",
  RUST: "double",
  GREEN: "dotted",
  PURPLE: "thick",
  ROSE: "hairline",
  TEAL: "double",
  OLIVE: "dotted",
  STONE: "hairline",
};

export interface MeasuredPieces {
  readonly tints: readonly { readonly tint: Tint; readonly boxes: readonly Box[] }[];
  readonly runs: readonly { readonly run: LaneRun; readonly boxes: readonly Box[] }[];
  readonly selection: readonly Box[];
}

/** Whether `next` goes on where `box` ends, on the same line, in either direction of writing. */
function continues(box: Box, next: Box): boolean {
  return (
    Math.abs(box.top - next.top) < 1 &&
    (Math.abs(box.left + box.width - next.left) < 1 || Math.abs(next.left + next.width - box.left) < 1)
  );
}

function join(box: Box, next: Box): Box {
  const left = Math.min(box.left, next.left);
  const right = Math.max(box.left + box.width, next.left + next.width);
  return { ...box, left, width: right - left };
}

/** Measures each stretch between two neighbouring bounds once: pieces overlap, and asking the browser is what costs. */
function measureOnce(bounds: Iterable<number>, measure: Measure): Measure {
  const sorted = [...new Set(bounds)].sort((a, b) => a - b);
  const indexOf = new Map(sorted.map((bound, index) => [bound, index]));
  const known: (readonly Box[])[] = [];
  return (start, end) => {
    const boxes: Box[] = [];
    for (let index = indexOf.get(start) ?? 0; index < (indexOf.get(end) ?? 0); index++) {
      known[index] ??= measure(sorted[index] ?? start, sorted[index + 1] ?? end);
      for (const box of known[index] ?? []) {
        const last = boxes.at(-1);
        if (last !== undefined && continues(last, box)) boxes[boxes.length - 1] = join(last, box);
        else boxes.push(box);
      }
    }
    return boxes;
  };
}

export function measurePieces(
  pieces: Pieces,
  selection: readonly { start: number; end: number }[],
  measure: Measure,
): MeasuredPieces {
  const all = [...pieces.tints, ...pieces.runs, ...selection];
  const once = measureOnce(
    all.flatMap(({ start, end }) => [start, end]),
    measure,
  );
  return {
    tints: pieces.tints.map((tint) => ({ tint, boxes: once(tint.start, tint.end) })),
    runs: pieces.runs.map((run) => ({ run, boxes: once(run.start, run.end) })),
    selection: selection.flatMap(({ start, end }) => once(start, end)),
  };
}

export function drawPieces(
  ctx: CanvasRenderingContext2D,
  { tints, runs, selection }: MeasuredPieces,
  brush: Brush,
): void {
  const { inks } = brush;
  for (const { tint, boxes } of tints) {
    ctx.globalAlpha =
      tint.depth === "selected" ? inks.tintSelected : inks.tintFirst + (tint.depth - 1) * inks.tintStep;
    ctx.fillStyle = inks.label[tint.color];
    for (const box of boxes) ctx.fillRect(box.left, box.top, box.width, box.height);
  }
  // one's own selection is grey, since colour belongs to labels; it hides the tints beneath it
  ctx.globalAlpha = 1;
  ctx.fillStyle = inks.select;
  for (const box of selection) {
    ctx.clearRect(box.left, box.top, box.width, box.height);
    ctx.fillRect(box.left - 1, box.top - 1, box.width + 2, box.height + 2);
  }
  for (const { run, boxes } of runs) for (const box of boxes) drawLane(ctx, run, box, brush);
  ctx.globalAlpha = 1;
}

function drawLane(ctx: CanvasRenderingContext2D, run: LaneRun, box: Box, brush: Brush): void {
  const baseline = Math.round((box.top + brush.ascent) * brush.ratio) / brush.ratio;
  const top = baseline + laneTop(run.lane, brush.patterns ? PATTERN_PITCH : undefined);
  const { inks } = brush;
  ctx.fillStyle =
    run.style === "dimmed" ? inks.muted : run.style === "refused" ? inks.danger : inks.label[run.color];
  ctx.globalAlpha = run.style === "dimmed" ? DIMMED : run.strong || run.style === "refused" ? 1 : IDLE;
  if (run.style === "dimmed") ctx.fillRect(box.left, top, box.width, 1);
  else if (run.style === "gap") dots(ctx, box, top, 1.5, 3.5);
  else if (run.style === "pending") dashes(ctx, box, top);
  else if (run.style === "refused") wave(ctx, box, top + 1);
  else pattern(ctx, brush.patterns ? PATTERNS[run.color] : "solid", box, top);
}

function pattern(ctx: CanvasRenderingContext2D, kind: Pattern, box: Box, top: number): void {
  if (kind === "dotted") {
    dots(ctx, box, top, 2, 4);
    return;
  }
  if (kind === "double") ctx.fillRect(box.left, top + 2, box.width, 1);
  const thickness = kind === "double" || kind === "hairline" ? 1 : kind === "thick" ? 3 : LANE_WIDTH;
  ctx.fillRect(box.left, top, box.width, thickness);
}

/** Dots and dashes keep step with the column, so that neighbouring pieces join without a seam. */
function dots(ctx: CanvasRenderingContext2D, box: Box, top: number, size: number, pitch: number): void {
  const right = box.left + box.width;
  for (let x = Math.ceil(box.left / pitch) * pitch; x + size <= right + 0.5; x += pitch)
    ctx.fillRect(x, top, size, size);
}

function dashes(ctx: CanvasRenderingContext2D, box: Box, top: number): void {
  const [dash, pitch] = [6, 9];
  const right = box.left + box.width;
  for (let x = Math.floor(box.left / pitch) * pitch; x < right; x += pitch) {
    const from = Math.max(x, box.left);
    const to = Math.min(x + dash, right);
    if (to > from) ctx.fillRect(from, top, to - from, LANE_WIDTH);
  }
}

function wave(ctx: CanvasRenderingContext2D, box: Box, middle: number): void {
  const [half, height] = [3, 2];
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, middle - height - 1, box.width, 2 * height + 2);
  ctx.clip();
  ctx.beginPath();
  let up = -1;
  let x = Math.floor(box.left / (2 * half)) * 2 * half;
  ctx.moveTo(x, middle);
  for (; x < box.left + box.width; x += half, up = -up)
    ctx.quadraticCurveTo(x + half / 2, middle + up * height, x + half, middle);
  ctx.strokeStyle = ctx.fillStyle;
  ctx.lineWidth = 1.5;
  ctx.stroke();
  ctx.restore();
}
