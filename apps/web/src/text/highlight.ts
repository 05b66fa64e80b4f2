// What the pane knows of an annotation: a place, a label's look and a state. No product state beyond that.
import type { Fragment, LabelColor } from "@concord/core";

export type HighlightState = "saved" | "pending" | "refused";

/** Somebody else's highlight that has just come in: their initials stand in the margin while this is set. */
export interface Arrival {
  readonly initials: string;
  /** A CSS colour. */
  readonly color: string;
  /** `performance.now()` of the moment it came, from which the glow fades. */
  readonly at: number;
}

export interface Highlight {
  readonly id: string;
  readonly fragments: readonly Fragment[];
  readonly labelId: string;
  readonly color: LabelColor;
  readonly letter: string;
  readonly state: HighlightState;
  readonly arrival: Arrival | null;
}

/** Where the pane reads highlights from, and hears which of them have changed or gone. */
export interface HighlightFeed {
  get(id: string): Highlight | undefined;
  all(): Iterable<Highlight>;
  /** `null` means that everything may have changed. */
  subscribe(listener: (changedIds: readonly string[] | null) => void): () => void;
}

/** A relation is being drawn from the selected highlight. */
export interface Drawing {
  /** Whether it may lead to this one. */
  readonly isPossible: (other: Highlight) => boolean;
  /** The possible one that is pointed at. */
  readonly targetId: string | null;
}

/** How the reader looks at the highlights at this moment, as far as the page decides it. */
export interface ReaderLook {
  readonly selectedId: string | null;
  /** Whether the selected one's edges may be moved. */
  readonly isAdjustable: boolean;
  /** Under the pointer, here or in a list: the others fade to grey. */
  readonly isolatedId: string | null;
  /** Labels filtered out: grey hairlines, so that nothing seems deleted. */
  readonly dimmedLabels: ReadonlySet<string>;
  /** An underline pattern a colour, for whoever tells colours apart badly. */
  readonly patterns: boolean;
}

/** The same with what goes on in the pane itself. */
export interface Look extends ReaderLook {
  readonly drawing: Drawing | null;
}

export const PLAIN_LOOK: Look = {
  selectedId: null,
  isAdjustable: false,
  isolatedId: null,
  dimmedLabels: new Set(),
  patterns: false,
  drawing: null,
};
