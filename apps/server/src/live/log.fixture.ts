/** A log of two layers for tests: what its changes look like, and how few come at once. */
import type { LoggedChange } from "./change.ts";

export const LAYERS = ["layer-a", "layer-b"] as const;

/** Changes that one read gives at most: small, so that replays take several. */
export const PAGE = 3;

export const change = (revision: number): LoggedChange => ({
  kind: "COMMENT_DELETED",
  commentId: `comment-${revision}`,
  revision,
  at: new Date(0),
  authorId: "author",
  clientMutationId: null,
});
