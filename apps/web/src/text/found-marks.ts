// Where what is searched for stands: grey over the text near the viewport, by the browser's own highlights, since they
// are few and short-lived; and all of them as lines in the ruler.
import type { Fragment } from "@concord/core";
import { countWhile } from "./paragraph-index.ts";
import css from "./reading-pane.module.css";
import type { TextDom } from "./text-dom.ts";

export interface FoundMarks {
  /** Replaces what was shown; `current` is the index of the hit one is at. */
  show(hits: readonly Fragment[], current: number): void;
  /** After anything that may have moved the text or changed colours. */
  refresh(): void;
  dispose(): void;
}

/** How far beyond the viewport hits are registered. Any change of them repaints all that are. */
const AROUND = 600;
/** Above this, hits of the same paragraph are narrowed down by where they are: it may be the whole text. */
const FEW = 400;
const RULER_DELAY_MS = 120;
const LINE = 1;

export function createFoundMarks(dom: TextDom, scroller: HTMLElement, ruler: HTMLElement): FoundMarks {
  const listening = new AbortController();
  const others = new Highlight();
  const present = new Highlight();
  present.priority = 1;
  const canvas = document.createElement("canvas");
  canvas.className = css.foundMarks ?? "";
  ruler.append(canvas);
  let hits: readonly Fragment[] = [];
  let current = -1;
  /** Where the scroll stood when hits were registered; null when they must be anew. */
  let registeredAt: number | null = null;
  let timer = 0;

  const rectOf = ({ start }: Fragment) => dom.rangeOf(start, start + 1)?.getBoundingClientRect();

  /** First and last index of the hits near the viewport. */
  function near(): [from: number, to: number] {
    const view = scroller.getBoundingClientRect();
    const [top, bottom] = [view.top - AROUND, view.bottom + AROUND];
    const [first, last] = dom.paragraphsBetween(top, bottom) ?? [0, -1];
    const start = dom.text.paragraphs[first]?.start ?? 0;
    const end = dom.text.paragraphs[last]?.end ?? 0;
    const from = countWhile(hits.length, (index) => (hits[index]?.end ?? 0) <= start);
    const to = countWhile(hits.length, (index) => (hits[index]?.start ?? 0) < end);
    if (to - from <= FEW) return [from, to];
    const isAbove = (edge: number) => (offset: number) => {
      const hit = hits[from + offset];
      return hit !== undefined && (rectOf(hit)?.bottom ?? 0) < edge;
    };
    return [from + countWhile(to - from, isAbove(top)), from + countWhile(to - from, isAbove(bottom))];
  }

  function register(): void {
    others.clear();
    present.clear();
    registeredAt = scroller.scrollTop;
    if (hits.length === 0) {
      CSS.highlights.delete("found");
      CSS.highlights.delete("found-present");
      return;
    }
    const [from, to] = near();
    for (let index = from; index < to; index++) {
      const hit = hits[index];
      const range = hit === undefined ? null : dom.rangeOf(hit.start, hit.end);
      if (range !== null) (index === current ? present : others).add(range);
    }
    CSS.highlights.set("found", others);
    CSS.highlights.set("found-present", present);
  }

  function drawRuler(): void {
    timer = 0;
    const { width, height } = canvas.getBoundingClientRect();
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    const ctx = canvas.getContext("2d");
    if (ctx === null || height === 0 || hits.length === 0) return;
    ctx.scale(devicePixelRatio, devicePixelRatio);
    const styles = getComputedStyle(canvas);
    const top = scroller.getBoundingClientRect().top - scroller.scrollTop;
    const scale = height / Math.max(scroller.scrollHeight, scroller.clientHeight);
    const placeOf = (hit: Fragment): number => {
      const p = dom.text.at(hit.start);
      const own = dom.text.paragraphs[p];
      const box = dom.element(p)?.getBoundingClientRect();
      if (own === undefined || box === undefined) return 0;
      const share = (hit.start - own.start) / Math.max(1, own.end - own.start);
      return Math.min(height - LINE, Math.round((box.top - top + share * box.height) * scale));
    };
    // hits on the same pixels are one line
    const places = new Set(hits.map(placeOf));
    ctx.fillStyle = styles.color;
    for (const y of places) ctx.fillRect(0, y, width, LINE);
    const at = hits[current];
    if (at === undefined) return;
    ctx.fillStyle = styles.borderTopColor;
    ctx.fillRect(0, placeOf(at) - 1, width, LINE + 3);
  }

  function scheduleRuler(): void {
    if (timer === 0) timer = window.setTimeout(drawRuler, RULER_DELAY_MS);
  }

  function refresh(): void {
    if (hits.length === 0) return;
    register();
    scheduleRuler();
  }

  scroller.addEventListener(
    "scroll",
    () => {
      const moved = registeredAt === null ? Number.POSITIVE_INFINITY : scroller.scrollTop - registeredAt;
      if (hits.length > 0 && Math.abs(moved) > AROUND / 2) register();
    },
    { passive: true, signal: listening.signal },
  );

  return {
    show(next, index) {
      hits = next;
      current = index;
      register();
      scheduleRuler();
    },
    refresh,
    dispose() {
      listening.abort();
      clearTimeout(timer);
      canvas.remove();
      hits = [];
      register();
    },
  };
}
