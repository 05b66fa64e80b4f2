// Others in the same text: what the pane shows of them, and where it hears of it. They come and go without any rendering.
import type { Fragment } from "@concord/core";

export interface Other {
  readonly id: string;
  readonly name: string;
  readonly initials: string;
  /** A CSS colour. */
  readonly color: string;
  readonly selection: readonly Fragment[];
  /** When the selection became this one; ms, as `performance.now()` counts. */
  readonly selectedAt: number;
  /** What they have on their screen; null when it is not known. */
  readonly reading: Fragment | null;
}

export interface OthersFeed {
  get(): readonly Other[];
  subscribe(listener: () => void): () => void;
}
