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

/** How the reader looks at the highlights at this moment. */
export interface Look {
  readonly selectedId: string | null;
  /** Under the pointer, here or in a list: the others fade to grey. */
  readonly isolatedId: string | null;
  /** Labels filtered out: grey hairlines, so that nothing seems deleted. */
  readonly dimmedLabels: ReadonlySet<string>;
  /** An underline pattern a colour, for whoever tells colours apart badly. */
  readonly patterns: boolean;
}

export const PLAIN_LOOK: Look = {
  selectedId: null,
  isolatedId: null,
  dimmedLabels: new Set(),
  patterns: false,
};
