// What a text on the screen is asked for and what it tells.
import type { Fragment } from "@concord/core";
import type { Arc } from "./arcs.ts";
import type { Point } from "./drawn-line.ts";
import type { Edge, EdgeStep } from "./edges.ts";
import type { ReaderLook } from "./highlight.ts";
import type { LinkRules } from "./link-handle.ts";
import type { TextSelection } from "./selection-control.ts";

export interface PaneCallbacks {
  onPick(id: string | null): void;
  onHover(id: string | null): void;
  /** The selected highlight has been given other edges, between which other words stand. */
  onReshape(id: string, fragments: readonly Fragment[], quote: string): void;
  onSelection(selection: TextSelection | null): void;
  /** A relation is being drawn from the selected highlight, by key or by pointer; null when it isn't any more. */
  onDrawing(how: "key" | "pointer" | null): void;
  /** It has been drawn to this one; `at` is where in the viewport. */
  onLink(targetId: string, at: Point): void;
  /** It could not be drawn to where it was let go. */
  onNoLink(words: string): void;
  /** Called when the scroll or the layout moves the text. */
  onMove(): void;
}

export interface PaneElements {
  readonly root: HTMLElement;
  readonly scroller: HTMLElement;
  readonly ruler: HTMLCanvasElement;
  readonly rulerView: HTMLElement;
  readonly rulerFaces: HTMLElement;
}

export interface PaneSession {
  setLook(look: ReaderLook): void;
  /** What relations may be drawn from the selected highlight; null for none. */
  setLinkRules(rules: LinkRules | null): void;
  /** Draws one: what is pressed next, or what the caret is in when Enter is pressed, is its other end. */
  startLink(): void;
  showArcs(arcs: readonly Arc[]): void;
  clearSelection(): void;
  reshapeSelection(how: "wider" | "narrower"): void;
  addPartNext(): void;
  /** Moves an edge of the selected highlight by a step, to the left or the right of the screen; false if it can't. */
  nudge(side: Edge["side"], towards: "left" | "right", step: EdgeStep): boolean;
  /** Brings a place into view, if it isn't, about a third down; `flash` makes it stand out for a moment. */
  reveal(fragments: readonly Fragment[], flash: boolean): void;
  /** Where a place is on the screen, line by line. */
  rectsOf(fragments: readonly Fragment[]): DOMRect[];
  /** Scrolls by pixels: what stands above the text has grown or shrunk, and the text stays where it was. */
  scrollBy(pixels: number): void;
  /** First and last code point in view. */
  visible(): Fragment;
  focus(): void;
  /** Marks what was searched for; `current` is the index of the hit one is at. */
  showFound(hits: readonly Fragment[], current: number): void;
  /** Puts the keyboard's caret before a code point. */
  placeCaret(position: number): void;
  dispose(): void;
}
