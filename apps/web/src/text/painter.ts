// Keeps the paragraphs near the viewport painted: an underlay canvas, margin letters and glows in each. Works in step
// with the scroll, owns no React state and never touches the text. See docs/decisions for what this was measured against.
import type { Fragment } from "@concord/core";
import { labelColorVar } from "../theme/label-color.ts";
import { createGlow, GLOW_MS, type Glow } from "./glow.ts";
import { type Look, PLAIN_LOOK } from "./highlight.ts";
import type { HighlightIndex } from "./highlight-index.ts";
import { type Inks, readInks } from "./inks.ts";
import { drawLetters, type MeasuredLetter, measureLetters } from "./margin-letters.ts";
import { type Box, drawPieces, type MeasuredPieces, measurePieces } from "./paint-paragraph.ts";
import { piecesOf } from "./pieces.ts";
import css from "./reading-pane.module.css";
import { type Slice, sliceNear } from "./slice.ts";
import type { TextDom } from "./text-dom.ts";
import { readTextMetrics } from "./text-metrics.ts";

export interface Painter {
  readonly ascent: number;
  setLook(look: Look): void;
  setSelection(fragments: readonly Fragment[]): void;
  /** Paints again what these paragraphs show. */
  repaint(paragraphs: Iterable<number>): void;
  /** After anything that may have changed sizes, fonts or colours. */
  repaintAll(): void;
  dispose(): void;
}

/** Painted in the frame of the scroll itself, beyond the viewport's edges. */
const AT_ONCE = 60;
/** Painted ahead, as time allows. */
const AHEAD = 600;
const BUDGET_MS = 3;
/** Room left of the column's text for hanging quotation marks. */
const HANG = 12;

interface Painted {
  readonly canvas: HTMLCanvasElement;
  readonly margin: HTMLElement;
  readonly glows: Map<string, HTMLElement>;
  slice: Slice;
  isStale: boolean;
}

interface Job {
  readonly paragraph: number;
  readonly slice: Slice;
  readonly width: number;
  readonly pieces: MeasuredPieces;
  readonly letters: readonly MeasuredLetter[];
  readonly glows: readonly Glow[];
}

export function createPainter(dom: TextDom, index: HighlightIndex, scroller: HTMLElement): Painter {
  const painted = new Map<number, Painted>();
  const stillness = matchMedia("(prefers-reduced-motion: reduce)");
  let look = PLAIN_LOOK;
  let selection: readonly Fragment[] = [];
  let inks: Inks = readInks(dom.root);
  let metrics = readTextMetrics(dom.root);
  let frame = 0;
  let later = 0;

  function measureJob(paragraph: number): Job | null {
    const element = dom.element(paragraph);
    const own = dom.text.paragraphs[paragraph];
    if (element === undefined || own === undefined || own.text === "") return null;
    const box = element.getBoundingClientRect();
    const slice = sliceNear(dom, paragraph, box, scroller.getBoundingClientRect());
    const originX = box.left + metrics.gutter - HANG;
    const measure = (start: number, end: number): Box[] => {
      const boxes: Box[] = [];
      for (const rect of dom.rangeIn(paragraph, start, end)?.getClientRects() ?? []) {
        if (rect.width >= 0.5)
          boxes.push({
            left: rect.left - originX,
            top: rect.top - box.top - slice.top,
            width: rect.width,
            height: rect.height,
          });
      }
      return boxes;
    };
    const touching = index.touching(paragraph);
    const near = slice.isWhole
      ? touching
      : touching.filter((item) => item.start < slice.end && item.end > slice.start);
    const clip = ({ start, end }: Fragment) => ({
      start: Math.max(start, slice.start),
      end: Math.min(end, slice.end),
    });
    const isInside = ({ start, end }: Fragment) => start < end;
    const now = performance.now();
    const fresh = stillness.matches
      ? []
      : near.filter(({ highlight }) => highlight.arrival !== null && now - highlight.arrival.at < GLOW_MS);
    return {
      paragraph,
      slice,
      width: box.width - metrics.gutter + HANG,
      pieces: measurePieces(
        piecesOf(slice.start, slice.end, near, look),
        selection.map(clip).filter(isInside),
        measure,
      ),
      letters: measureLetters(near, paragraph, measure),
      glows: fresh.map(({ id, highlight }) => ({
        id,
        color: labelColorVar(highlight.color),
        age: now - (highlight.arrival?.at ?? now),
        boxes: highlight.fragments
          .map(clip)
          .filter(isInside)
          .flatMap(({ start, end }) => measure(start, end)),
      })),
    };
  }

  function mount(element: HTMLElement, slice: Slice): Painted {
    const canvas = document.createElement("canvas");
    canvas.className = css.canvas ?? "";
    const margin = document.createElement("div");
    margin.className = css.margin ?? "";
    for (const layer of [canvas, margin]) layer.setAttribute("aria-hidden", "true");
    element.append(canvas, margin);
    return { canvas, margin, glows: new Map(), slice, isStale: true };
  }

  function apply(job: Job): void {
    const element = dom.element(job.paragraph);
    if (element === undefined) return;
    const target = painted.get(job.paragraph) ?? mount(element, job.slice);
    painted.set(job.paragraph, target);
    const ratio = devicePixelRatio;
    const { canvas, margin } = target;
    const isBlank = job.pieces.tints.length + job.pieces.runs.length + job.pieces.selection.length === 0;
    // an empty canvas keeps no memory; setting the size also clears
    canvas.width = isBlank ? 0 : Math.round(job.width * ratio);
    canvas.height = isBlank ? 0 : Math.round(job.slice.height * ratio);
    canvas.style.cssText = `left:${metrics.gutter - HANG}px;top:${job.slice.top}px;width:${job.width}px;height:${job.slice.height}px`;
    const ctx = isBlank ? null : canvas.getContext("2d");
    if (ctx !== null) {
      ctx.scale(ratio, ratio);
      drawPieces(ctx, job.pieces, { inks, ascent: metrics.ascent, ratio, patterns: look.patterns });
    }
    margin.style.top = `${job.slice.top}px`;
    drawLetters(margin, job.letters, look, metrics.letters);
    for (const glow of job.glows) addGlow(element, target, glow, job.slice.top);
    target.slice = job.slice;
    target.isStale = false;
  }

  function addGlow(element: HTMLElement, target: Painted, glow: Glow, sliceTop: number): void {
    if (target.glows.has(glow.id)) return;
    const layer = createGlow(glow, metrics.gutter - HANG, sliceTop, () => target.glows.delete(glow.id));
    target.glows.set(glow.id, layer);
    element.append(layer);
  }

  function unmount(paragraph: number, { canvas, margin, glows }: Painted): void {
    canvas.remove();
    margin.remove();
    for (const layer of glows.values()) layer.remove();
    painted.delete(paragraph);
  }

  function needsPaint(paragraph: number, view: DOMRect): boolean {
    const known = painted.get(paragraph);
    if (known === undefined) return dom.text.paragraphs[paragraph]?.text !== "";
    if (known.isStale || known.slice.isWhole) return known.isStale;
    const top = dom.element(paragraph)?.getBoundingClientRect().top ?? 0;
    return known.slice.isOutgrown(top, view);
  }

  function paintNear(): void {
    const view = scroller.getBoundingClientRect();
    const near = dom.paragraphsBetween(view.top - AT_ONCE, view.bottom + AT_ONCE);
    const band = dom.paragraphsBetween(view.top - AHEAD, view.bottom + AHEAD);
    if (near === null || band === null) return;
    const jobs: Job[] = [];
    for (let p = near[0]; p <= near[1]; p++) {
      const job = needsPaint(p, view) ? measureJob(p) : null;
      if (job !== null) jobs.push(job);
    }
    for (const job of jobs) apply(job);
    for (const [p, known] of painted) if (p < band[0] || p > band[1]) unmount(p, known);
    const ahead: number[] = [];
    for (let step = 1; near[0] - step >= band[0] || near[1] + step <= band[1]; step++) {
      for (const p of [near[1] + step, near[0] - step])
        if (p >= band[0] && p <= band[1] && needsPaint(p, view)) ahead.push(p);
    }
    const deadline = performance.now() + BUDGET_MS;
    while (ahead.length > 0 && performance.now() < deadline) {
      const job = measureJob(ahead.shift() ?? 0);
      if (job !== null) apply(job);
    }
    // between frames: in the same one it would be paid for twice
    clearTimeout(later);
    if (ahead.length > 0) later = window.setTimeout(paintNear);
  }

  /** Once before the next picture, however many changes come together. */
  function schedule(): void {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      paintNear();
    });
  }

  function repaintAll(): void {
    inks = readInks(dom.root);
    metrics = readTextMetrics(dom.root);
    for (const [p, known] of [...painted]) unmount(p, known);
    paintNear();
  }

  scroller.addEventListener("scroll", paintNear, { passive: true });
  paintNear();

  return {
    get ascent() {
      return metrics.ascent;
    },
    setLook(next) {
      const before = look;
      look = next;
      const isSelectionOnly =
        before.isolatedId === next.isolatedId &&
        before.dimmedLabels === next.dimmedLabels &&
        before.patterns === next.patterns;
      // another selection only shows where the old and the new one are
      if (isSelectionOnly) for (const id of [before.selectedId, next.selectedId]) markHighlight(id);
      else for (const known of painted.values()) known.isStale = true;
      schedule();
    },
    setSelection(next) {
      const touched = new Set<number>();
      for (const { start, end } of [...selection, ...next]) {
        for (let p = dom.text.at(start); p <= dom.text.at(end - 1); p++) touched.add(p);
      }
      selection = next;
      for (const p of touched) markOne(p);
      schedule();
    },
    repaint(paragraphs) {
      for (const p of paragraphs) markOne(p);
      schedule();
    },
    repaintAll,
    dispose() {
      scroller.removeEventListener("scroll", paintNear);
      cancelAnimationFrame(frame);
      clearTimeout(later);
      for (const [p, known] of [...painted]) unmount(p, known);
    },
  };

  function markHighlight(id: string | null): void {
    const item = id === null ? undefined : index.get(id);
    if (item === undefined) return;
    for (let p = item.firstParagraph; p <= item.lastParagraph; p++) markOne(p);
  }

  function markOne(paragraph: number): void {
    const known = painted.get(paragraph);
    if (known !== undefined) known.isStale = true;
  }
}
