// Follows the browser's selection while it changes and keeps what it means: fragments of whole words, or exact ones
// while Alt is held; a triple click's sentence; parts added with Ctrl or ⌘. The text shows exactly what would be marked,
// already during the drag. The browser's own selection stays, so that touch handles, copy and screen readers work.
import type { Fragment } from "@concord/core";
import { positionAt } from "./hit-test.ts";
import {
  fragmentOfRange,
  joinFragments,
  quoteOf,
  reshapeLast,
  sentenceAround,
  snapFragment,
} from "./selection.ts";
import type { TextDom } from "./text-dom.ts";
import { narrow, type TextSegmenters, widen } from "./words.ts";

export interface TextSelection {
  readonly fragments: readonly Fragment[];
  readonly quote: string;
  /** False while the pointer still draws it. */
  readonly isFinal: boolean;
}

export interface SelectionControl {
  readonly current: TextSelection | null;
  clear(): void;
  /** One word more or fewer at the end. */
  reshape(how: "wider" | "narrower"): void;
  /** The next selection is added to this one, as with Ctrl held. */
  keepForNext(): void;
  dispose(): void;
}

const sameFragments = (a: readonly Fragment[], b: readonly Fragment[]) =>
  a.length === b.length &&
  a.every((part, index) => part.start === b[index]?.start && part.end === b[index]?.end);

export function createSelectionControl(
  dom: TextDom,
  segmenters: TextSegmenters,
  onChange: (selection: TextSelection | null) => void,
): SelectionControl {
  const listening = new AbortController();
  const options = { signal: listening.signal };
  let current: TextSelection | null = null;
  let kept: readonly Fragment[] = [];
  let keepsNext = false;
  let isExact = false;
  let isDrawing = false;
  let sentence: Fragment | null = null;

  function publish(fragments: readonly Fragment[]): void {
    const isFinal = !isDrawing;
    if (
      fragments.length === 0
        ? current === null
        : current !== null && current.isFinal === isFinal && sameFragments(current.fragments, fragments)
    )
      return;
    current = fragments.length === 0 ? null : { fragments, quote: quoteOf(dom.text, fragments), isFinal };
    onChange(current);
  }

  function read(): void {
    const native = getSelection();
    const range = native !== null && native.rangeCount > 0 ? native.getRangeAt(0) : null;
    if (range === null || !dom.root.contains(range.startContainer)) {
      // somewhere else has taken the selection, a field say: nothing is selected here any more
      kept = [];
      publish([]);
      return;
    }
    const raw = range.collapsed ? null : fragmentOfRange(dom, range);
    const part =
      raw === null ? null : (sentence ?? (isExact ? raw : snapFragment(dom.text, raw, segmenters)));
    publish(part === null ? kept : joinFragments(kept, part));
  }

  function begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    const adds = event.ctrlKey || event.metaKey || keepsNext;
    kept = adds && current !== null ? current.fragments : [];
    keepsNext = false;
    isExact = event.altKey;
    // a finger's selection is drawn by the system, which says nothing of its end
    isDrawing = event.pointerType === "mouse";
  }

  function finish(event: PointerEvent): void {
    if (!isDrawing) return;
    isDrawing = false;
    isExact = event.altKey;
    read();
  }

  /** All of the text and nothing beside it, unless the keyboard is busy elsewhere on the page. */
  function selectAll(event: KeyboardEvent): void {
    const isOnText = event.target === document.body || event.target === dom.root;
    const isLatin = /^[a-z]$/i.test(event.key);
    const isA = isLatin ? event.key.toLowerCase() === "a" : event.code === "KeyA";
    if (!isOnText || !isA || event.ctrlKey === event.metaKey || event.shiftKey || event.altKey) return;
    const range = dom.rangeOf(0, dom.text.length);
    if (range === null) return;
    event.preventDefault();
    isExact = true;
    getSelection()?.setBaseAndExtent(
      range.startContainer,
      range.startOffset,
      range.endContainer,
      range.endOffset,
    );
  }

  dom.root.addEventListener("pointerdown", begin, options);
  dom.root.addEventListener(
    "mousedown",
    (event) => {
      const position = event.detail === 3 ? positionAt(dom, event.clientX, event.clientY) : null;
      sentence = position === null ? null : sentenceAround(dom.text, position, segmenters);
    },
    options,
  );
  dom.root.addEventListener(
    "keydown",
    (event) => {
      sentence = null;
      kept = [];
      isExact = event.altKey;
    },
    options,
  );
  dom.root.addEventListener(
    "pointermove",
    (event) => (isExact = isDrawing ? event.altKey : isExact),
    options,
  );
  document.addEventListener("keydown", selectAll, options);
  document.addEventListener("pointerup", finish, options);
  document.addEventListener("pointercancel", finish, options);
  document.addEventListener("selectionchange", read, options);
  document.addEventListener(
    "copy",
    (event) => {
      // the text as it is stored, every line break included, wherever the browser would cut or join lines
      if (current === null || event.clipboardData === null) return;
      event.clipboardData.setData("text/plain", current.quote);
      event.preventDefault();
    },
    options,
  );

  return {
    get current() {
      return current;
    },
    clear() {
      kept = [];
      sentence = null;
      if (current === null) return;
      getSelection()?.removeAllRanges();
      publish([]);
    },
    reshape(how) {
      const rule = how === "wider" ? widen : narrow;
      const fragments =
        current === null
          ? null
          : reshapeLast(dom.text, current.fragments, (text, range) => rule(text, range, segmenters));
      if (fragments === null) return;
      kept = fragments.slice(0, -1);
      const last = fragments.at(-1);
      const range = last === undefined ? null : dom.rangeOf(last.start, last.end);
      if (range !== null)
        getSelection()?.setBaseAndExtent(
          range.startContainer,
          range.startOffset,
          range.endContainer,
          range.endOffset,
        );
      publish(fragments);
    },
    keepForNext() {
      keepsNext = true;
    },
    dispose: () => listening.abort(),
  };
}
