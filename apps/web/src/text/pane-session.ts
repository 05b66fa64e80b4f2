// One text on the screen, from mount to unmount: index, painter, ruler, selection, caret and pointer wired together.
// Everything that is set up here is taken down in `dispose`.
import { createArcs, hasRoomBeside } from "./arcs.ts";
import { type Caret, createCaret } from "./caret.ts";
import { createEdgeHandles } from "./edge-handles.ts";
import { moveEdge, nextStop } from "./edges.ts";
import { createFoundMarks } from "./found-marks.ts";
import type { Drawing, Highlight, HighlightFeed, ReaderLook } from "./highlight.ts";
import { PLAIN_LOOK } from "./highlight.ts";
import { createHighlightIndex } from "./highlight-index.ts";
import { highlightsAt, nextOutwards } from "./hit-test.ts";
import { createHover } from "./hover.ts";
import { createLinkHandle, type LinkRules } from "./link-handle.ts";
import type { OthersFeed } from "./others.ts";
import { createOthersOutlines } from "./others-outlines.ts";
import { createPainter } from "./painter.ts";
import type { PaneCallbacks, PaneElements, PaneSession } from "./pane-types.ts";
import type { ParagraphIndex } from "./paragraph-index.ts";
import { highlightWhenPrinting } from "./print.ts";
import { rectsOf, revealPlace } from "./reveal.ts";
import { createRuler } from "./ruler.ts";
import { createRulerFaces } from "./ruler-faces.ts";
import { quoteOf } from "./selection.ts";
import { createSelectionControl } from "./selection-control.ts";
import { createTextDom } from "./text-dom.ts";
import type { TextSegmenters } from "./words.ts";

/** The handle from which relations are drawn; from the text to it, where it stands in the margin. */
const LINK = { size: 24, gap: 1 };

export function createPaneSession(
  elements: PaneElements,
  text: ParagraphIndex,
  segmenters: TextSegmenters,
  feed: HighlightFeed,
  others: OthersFeed,
  callbacks: PaneCallbacks,
): PaneSession {
  const { root, scroller } = elements;
  const dom = createTextDom(root, text);
  const index = createHighlightIndex(text);
  index.reset(feed.all());
  const painter = createPainter(dom, index, scroller);
  const ruler = createRuler(elements.ruler, elements.rulerView, dom, index, scroller);
  const outlines = createOthersOutlines(dom, scroller, others);
  const faces = createRulerFaces(elements.rulerFaces, dom, scroller, others);
  const arcs = createArcs(dom, index, scroller);
  const found = createFoundMarks(dom, scroller, elements.ruler.parentElement ?? root);
  const listening = new AbortController();
  const options = { signal: listening.signal };
  let look: ReaderLook = PLAIN_LOOK;
  let linkRules: LinkRules | null = null;
  let pointer = { x: -1, y: -1 };
  const hover = createHover(callbacks.onHover);

  const control = createSelectionControl(dom, segmenters, (selection) => {
    painter.setSelection(selection?.fragments ?? []);
    callbacks.onSelection(selection);
  });
  // arrows with Shift move the selected highlight's edge, if that may be moved
  const caret: Caret = createCaret(
    dom,
    scroller,
    (event) => event.shiftKey && /^Arrow(Left|Right)$/.test(event.key) && adjustable() !== undefined,
  );
  const handles = createEdgeHandles(dom, segmenters, scroller, {
    onPreview(fragments) {
      const own = look.selectedId === null ? undefined : feed.get(look.selectedId);
      if (own !== undefined)
        painter.repaint(index.put(own.id, fragments === null ? own : { ...own, fragments }));
    },
    onDone(fragments) {
      if (look.selectedId !== null) callbacks.onReshape(look.selectedId, fragments, quoteOf(text, fragments));
    },
  });

  let drawing: Drawing | null = null;
  const link = createLinkHandle(root, scroller, {
    idsAt: (x, y) => {
      const letter = painter.letterAt(x, y);
      return letter === null ? highlightsAt(dom, index, painter, x, y).map(({ id }) => id) : [letter];
    },
    get: (id) => feed.get(id),
    onDrawing(state) {
      const was = drawing;
      const isPossible = was?.isPossible ?? ((other: Highlight) => linkRules?.isPossible(other) === true);
      drawing = state === null ? null : { isPossible, targetId: state.targetId };
      showLook();
      if (was === null || state === null)
        callbacks.onDrawing(state === null ? null : state.isByKey ? "key" : "pointer");
    },
    onDone: (targetId, at) => callbacks.onLink(targetId, at),
    onRefused: (words) => callbacks.onNoLink(words),
  });

  /** While a relation is drawn, what may be its other end stands out, and nothing else does. */
  function showLook(): void {
    painter.setLook({ ...look, isolatedId: drawing === null ? look.isolatedId : null, drawing });
  }

  function adjustable(): Highlight | undefined {
    return look.isAdjustable && look.selectedId !== null && control.current === null
      ? feed.get(look.selectedId)
      : undefined;
  }

  function placeHandles(): void {
    handles.show(
      look.isAdjustable && look.selectedId !== null ? (feed.get(look.selectedId)?.fragments ?? null) : null,
    );
  }

  /** Beside the text, where lines end, at the line where the selected highlight begins. */
  function placeLink(): void {
    const { selectedId } = look;
    const own = selectedId === null || linkRules === null ? undefined : index.get(selectedId);
    const rect = own && dom.rectsIn(own.firstParagraph, own.start, own.start + 1)[0];
    const isInMargin = hasRoomBeside(dom, scroller);
    arcs.attach(rect !== undefined && isInMargin ? selectedId : null);
    if (rect === undefined) {
      link.show(null, linkRules);
      return;
    }
    const layer = isInMargin ? root : (scroller.parentElement ?? root);
    const box = layer.getBoundingClientRect();
    const beyond = isInMargin ? LINK.gap : -LINK.size;
    const x = dom.isMirrored ? -beyond - LINK.size : box.width + beyond;
    const y = (rect.top + rect.bottom - LINK.size) / 2 - box.top;
    const isSeen = isInMargin || (y >= 0 && y <= box.height - LINK.size);
    link.show({ layer, x, y, isSeen }, linkRules);
  }

  const stopFeed = feed.subscribe((ids) => {
    if (ids === null) {
      index.reset(feed.all());
      painter.repaintAll();
    } else {
      painter.repaint(new Set(ids.flatMap((id) => [...index.put(id, feed.get(id))])));
    }
    ruler.refresh();
    arcs.place();
    if (ids === null || (look.selectedId !== null && ids.includes(look.selectedId))) {
      placeHandles();
      placeLink();
    }
  });

  function point(event: PointerEvent): void {
    if (event.pointerType !== "mouse" || event.buttons !== 0) return;
    if (link.isDrawing) return;
    const { clientX: x, clientY: y } = event;
    // a scroll moves the text below a pointer that rests, and the browser tells of it as of a movement
    if (x === pointer.x && y === pointer.y) return;
    pointer = { x, y };
    const letter = painter.letterAt(x, y);
    root.toggleAttribute("data-on-letter", letter !== null);
    hover.on(letter ?? highlightsAt(dom, index, painter, x, y)[0]?.id ?? null);
  }

  function pick(event: MouseEvent): void {
    const letter = painter.letterAt(event.clientX, event.clientY);
    if (letter !== null) {
      callbacks.onPick(letter);
      return;
    }
    // a drag, a double click or a held modifier selects text, and a click that ends a selection only ends it
    if (event.detail > 1 || event.ctrlKey || event.metaKey || event.shiftKey || control.current !== null)
      return;
    callbacks.onPick(
      nextOutwards(highlightsAt(dom, index, painter, event.clientX, event.clientY), look.selectedId),
    );
  }

  function pickAtCaret(event: KeyboardEvent): void {
    if (event.key !== "Enter" || control.current !== null || caret.position === null) return;
    const found = index.covering(caret.position);
    if (found.length === 0) return;
    event.preventDefault();
    const [rect] = rectsOf(dom, [{ start: caret.position, end: caret.position + 1 }]);
    const at = { x: rect?.left ?? 0, y: rect?.bottom ?? 0 };
    if (
      link.isDrawing &&
      link.choose(
        found.map(({ id }) => id),
        at,
      )
    )
      return;
    callbacks.onPick(nextOutwards(found, look.selectedId));
  }

  root.addEventListener("pointermove", point, options);
  // selecting and tagging end the isolation, which would hide what was just marked; moving on begins it anew
  root.addEventListener("pointerdown", () => hover.on(null), options);
  root.addEventListener("pointerleave", () => hover.on(null), options);
  root.addEventListener("click", pick, options);
  root.addEventListener("keydown", pickAtCaret, options);
  function scroll(): void {
    hover.stay();
    // where it isn't in the text it doesn't move with it
    if (link.isApart) placeLink();
    callbacks.onMove();
  }

  scroller.addEventListener("scroll", scroll, { passive: true, signal: listening.signal });

  const drawn = { width: root.clientWidth, patterns: look.patterns };
  const resizing = new ResizeObserver(() => {
    // heights settle while paragraphs scroll in: only another width breaks lines anew, and patterns move them apart
    if (root.clientWidth !== drawn.width || look.patterns !== drawn.patterns) painter.repaintAll();
    else painter.follow();
    placeHandles();
    placeLink();
    arcs.place();
    drawn.width = root.clientWidth;
    drawn.patterns = look.patterns;
    ruler.refresh();
    outlines.refresh();
    faces.refresh();
    found.refresh();
    callbacks.onMove();
  });
  resizing.observe(root);
  resizing.observe(scroller);
  const theming = new MutationObserver(() => {
    painter.repaintAll();
    ruler.refresh();
    found.refresh();
  });
  theming.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-mantine-color-scheme"],
  });
  const remeasure = () => {
    painter.repaintAll();
    outlines.refresh();
  };
  document.fonts.addEventListener("loadingdone", remeasure, options);
  addEventListener("resize", remeasure, options);
  const stopPrint = highlightWhenPrinting(dom, index);

  return {
    setLook(next) {
      look = next;
      showLook();
      placeHandles();
      placeLink();
    },
    setLinkRules(rules) {
      linkRules = rules;
      placeLink();
    },
    startLink() {
      hover.on(null);
      link.start(true);
    },
    showArcs: arcs.show,
    clearSelection: () => control.clear(),
    reshapeSelection: (how) => control.reshape(how),
    addPartNext: () => control.keepForNext(),
    nudge(side, towards, step) {
      const own = adjustable();
      const part = side === "start" ? 0 : (own?.fragments.length ?? 0) - 1;
      const fragment = own?.fragments[part];
      if (own === undefined || fragment === undefined) return false;
      const element = dom.element(text.at(side === "start" ? fragment.start : fragment.end - 1));
      const isForward =
        (towards === "right") === (element === undefined || getComputedStyle(element).direction === "ltr");
      const stop = nextStop(text, fragment[side], side, isForward ? 1 : -1, step, segmenters);
      if (stop === null) return false;
      const moved = moveEdge(own.fragments, { part, side }, stop, text.length);
      if (moved[part]?.[side] !== fragment[side]) callbacks.onReshape(own.id, moved, quoteOf(text, moved));
      return true;
    },
    reveal: (fragments, flash) => revealPlace(dom, scroller, fragments, flash),
    rectsOf: (fragments) => rectsOf(dom, fragments),
    scrollBy: (pixels) => scroller.scrollBy({ top: pixels }),
    visible() {
      const view = scroller.getBoundingClientRect();
      const [first, last] = dom.paragraphsBetween(view.top, view.bottom) ?? [0, 0];
      return { start: text.paragraphs[first]?.start ?? 0, end: text.paragraphs[last]?.end ?? text.length };
    },
    focus: () => root.focus({ preventScroll: true }),
    showFound: found.show,
    placeCaret(position) {
      caret.place(position);
      root.focus({ preventScroll: true });
    },
    dispose() {
      listening.abort();
      hover.stay();
      resizing.disconnect();
      theming.disconnect();
      stopPrint();
      stopFeed();
      caret.dispose();
      handles.dispose();
      link.dispose();
      arcs.dispose();
      control.dispose();
      faces.dispose();
      outlines.dispose();
      found.dispose();
      ruler.dispose();
      painter.dispose();
    },
  };
}
