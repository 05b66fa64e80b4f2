// Keeps the paragraphs near the viewport painted: an underlay canvas, margin letters and glows for each. Works in step
// with the scroll, owns no React state and never touches the text or its layout. See docs/decisions/0016-pane.md for what
// was measured.
import type { Fragment } from "@concord/core";
import { labelColorVar } from "../theme/label-color.ts";
import { createGlow, GLOW_MS, type Glow } from "./glow.ts";
import { type Look, PLAIN_LOOK } from "./highlight.ts";
import type { HighlightIndex } from "./highlight-index.ts";
import { LANE_PITCH, type LineMetrics, PATTERN_PITCH } from "./hit-test.ts";
import { type Inks, readInks } from "./inks.ts";
import { drawSigns, letterAt, type MarginSign, measureLetters, placeSigns } from "./margin-letters.ts";
import { createPaintLayer, type Sheet } from "./paint-layer.ts";
import { type Box, drawPieces, type MeasuredPieces, measurePieces } from "./paint-paragraph.ts";
import { piecesOf } from "./pieces.ts";
import { type Slice, sliceNear } from "./slice.ts";
import type { TextDom } from "./text-dom.ts";
import { readTextMetrics } from "./text-metrics.ts";

export interface Painter extends LineMetrics {
  /** The highlight whose letter in the margin is at a point of the viewport. */
  letterAt(x: number, y: number): string | null;
  setLook(look: Look): void;
  setSelection(fragments: readonly Fragment[]): void;
  /** Paints again what these paragraphs show. */
  repaint(paragraphs: Iterable<number>): void;
  /** After anything that may have changed sizes, fonts or colours. */
  repaintAll(): void;
  /** After anything that may have moved paragraphs without changing them. */
  follow(): void;
  dispose(): void;
}

/** Painted in the frame of the scroll itself, beyond the viewport's edges. */
const AT_ONCE = 60;
/** Painted ahead, as time allows. */
const AHEAD = 600;
const BUDGET_MS = 3;

interface Painted {
  readonly sheet: Sheet;
  slice: Slice;
  signs: readonly MarginSign[];
  isStale: boolean;
}

interface Job {
  readonly paragraph: number;
  /** From the text's top. */
  readonly top: number;
  readonly slice: Slice;
  readonly width: number;
  readonly pieces: MeasuredPieces;
  readonly signs: readonly MarginSign[];
  readonly glows: readonly Glow[];
}

export function createPainter(dom: TextDom, index: HighlightIndex, scroller: HTMLElement): Painter {
  const painted = new Map<number, Painted>();
  const layer = createPaintLayer(dom.root);
  const stillness = matchMedia("(prefers-reduced-motion: reduce)");
  let look = PLAIN_LOOK;
  let selection: readonly Fragment[] = [];
  let inks: Inks = readInks(dom.root);
  let metrics = readTextMetrics(dom.root);
  let frame = 0;
  let picture = 0;
  let later = 0;

  function measureJob(paragraph: number): Job | null {
    const element = dom.element(paragraph);
    const own = dom.text.paragraphs[paragraph];
    if (element === undefined || own === undefined || own.text === "") return null;
    const box = element.getBoundingClientRect();
    const slice = sliceNear(dom, paragraph, box, scroller.getBoundingClientRect());
    const measure = (start: number, end: number): Box[] => {
      const boxes: Box[] = [];
      for (const rect of dom.rectsIn(paragraph, start, end)) {
        if (rect.width >= 0.5)
          boxes.push({
            left: rect.left - box.left,
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
      top: box.top - dom.root.getBoundingClientRect().top,
      slice,
      width: box.width,
      pieces: measurePieces(
        piecesOf(slice.start, slice.end, near, look),
        selection.map(clip).filter(isInside),
        measure,
      ),
      signs: placeSigns(measureLetters(near, paragraph, measure), look, metrics.letters, box.width),
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

  function apply(job: Job): void {
    const { paragraph, slice, pieces, signs, width } = job;
    const target = painted.get(paragraph) ?? { sheet: layer.take(), slice, signs, isStale: true };
    painted.set(paragraph, target);
    const { sheet } = target;
    layer.move(sheet, job.top);
    const ratio = devicePixelRatio;
    const isBlank = pieces.runs.length + pieces.selection.length + signs.length === 0;
    if (isBlank) layer.clear(sheet);
    const ctx = isBlank ? null : layer.prepare(sheet, { top: slice.top, width, height: slice.height }, ratio);
    if (ctx !== null) {
      drawPieces(ctx, pieces, { inks, ascent: metrics.ascent, ratio, patterns: look.patterns });
      drawSigns(ctx, signs, metrics.letters, inks);
    }
    for (const glow of job.glows)
      if (!sheet.glows.has(glow.id))
        layer.addGlow(
          sheet,
          glow.id,
          createGlow(glow, slice.top, () => sheet.glows.delete(glow.id)),
        );
    target.signs = signs;
    target.slice = slice;
    target.isStale = false;
  }

  function unmount(paragraph: number, { sheet }: Painted): void {
    layer.release(sheet);
    painted.delete(paragraph);
  }

  /** Paragraphs move when others above them are laid out for the first time. */
  function follow(): void {
    const top = dom.root.getBoundingClientRect().top;
    const moved: [Sheet, number][] = [];
    for (const [p, { sheet }] of painted) {
      const now = (dom.element(p)?.getBoundingClientRect().top ?? top) - top;
      if (Math.abs(now - sheet.top) > 0.01) moved.push([sheet, now]);
    }
    for (const [sheet, now] of moved) layer.move(sheet, now);
  }

  function needsPaint(paragraph: number, view: DOMRect): boolean {
    const known = painted.get(paragraph);
    if (known === undefined) return dom.text.paragraphs[paragraph]?.text !== "";
    if (known.isStale || known.slice.isWhole) return known.isStale;
    const top = dom.element(paragraph)?.getBoundingClientRect().top ?? 0;
    return known.slice.isOutgrown(top, view);
  }

  /** Measures all of them before it draws any, so that the browser lays out once. */
  function paint(paragraphs: Iterable<number>, deadline = Number.POSITIVE_INFINITY): void {
    const jobs: Job[] = [];
    for (const p of paragraphs) {
      const job = measureJob(p);
      if (job !== null) jobs.push(job);
      if (performance.now() > deadline) break;
    }
    for (const job of jobs) apply(job);
  }

  function* stale(view: DOMRect, [from, to]: readonly [number, number]): Generator<number> {
    for (let p = from; p <= to; p++) if (needsPaint(p, view)) yield p;
  }

  /** What is seen now, or nearly. The rest waits until the frame is done, so that it can't make this one late. */
  function paintNear(): void {
    const view = scroller.getBoundingClientRect();
    follow();
    const near = dom.paragraphsBetween(view.top - AT_ONCE, view.bottom + AT_ONCE);
    if (near !== null) paint([...stale(view, near)]);
    paintLater();
  }

  /** Behind the next picture, which it would hold up. */
  function paintLater(): void {
    if (later !== 0 || picture !== 0) return;
    picture = requestAnimationFrame(() => {
      picture = 0;
      later = window.setTimeout(paintAhead);
    });
  }

  function paintAhead(): void {
    later = 0;
    const view = scroller.getBoundingClientRect();
    const band = dom.paragraphsBetween(view.top - AHEAD, view.bottom + AHEAD);
    if (band === null) return;
    const middle = (dom.paragraphsBetween(view.top, view.bottom) ?? band).reduce((a, b) => a + b) / 2;
    const waiting = [...stale(view, band)].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
    for (const [p, known] of [...painted]) if (p < band[0] || p > band[1]) unmount(p, known);
    paint(waiting, performance.now() + BUDGET_MS);
    if (waiting.length > 1) later = window.setTimeout(paintAhead);
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
    get pitch() {
      return look.patterns ? PATTERN_PITCH : LANE_PITCH;
    },
    letterAt(x, y) {
      const [paragraph] = dom.paragraphsBetween(y, y) ?? [];
      const known = paragraph === undefined ? undefined : painted.get(paragraph);
      if (known === undefined) return null;
      const root = dom.root.getBoundingClientRect();
      const top = root.top + known.sheet.top + known.slice.top;
      return letterAt(known.signs, metrics.letters, x - root.left, y - top);
    },
    setLook(next) {
      const before = look;
      look = next;
      const isSelectionOnly =
        before.isolatedId === next.isolatedId &&
        before.dimmedLabels === next.dimmedLabels &&
        before.patterns === next.patterns &&
        before.drawing?.isPossible === next.drawing?.isPossible;
      const ids = [before.selectedId, next.selectedId, before.drawing?.targetId, next.drawing?.targetId];
      // another selection only shows where the old and the new one are
      if (isSelectionOnly) for (const id of new Set(ids)) markHighlight(id ?? null);
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
    follow,
    dispose() {
      scroller.removeEventListener("scroll", paintNear);
      cancelAnimationFrame(frame);
      cancelAnimationFrame(picture);
      clearTimeout(later);
      layer.dispose();
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
