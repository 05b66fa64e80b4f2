// The rows that are shown, and the newer ones that wait to be. Pure: nothing here moves what somebody reads.
import type { Act } from "./act.ts";

export interface ActivityPage {
  readonly acts: readonly Act[];
  readonly endCursor: string | null;
  readonly hasMore: boolean;
}

export interface ActivityPages extends ActivityPage {
  /** Newer ones, not shown yet. */
  readonly waiting: readonly Act[];
  /** Where so many are waiting that they don't reach down to what is shown: the page to show instead. */
  readonly instead: ActivityPage | null;
}

export function startWith(page: ActivityPage): ActivityPages {
  return { ...page, waiting: [], instead: null };
}

export function addEarlier(pages: ActivityPages, page: ActivityPage): ActivityPages {
  return { ...pages, ...page, acts: [...pages.acts, ...page.acts] };
}

/** Takes in what stands at the top now. */
export function lookAtTop(pages: ActivityPages, top: ActivityPage): ActivityPages {
  const first = pages.acts[0];
  if (first === undefined) return startWith(top);
  const known = top.acts.findIndex(({ cursor }) => cursor === first.cursor);
  const waiting = known < 0 ? top.acts : top.acts.slice(0, known);
  if (waiting.length === pages.waiting.length && waiting[0]?.cursor === pages.waiting[0]?.cursor)
    return pages;
  return { ...pages, waiting, instead: known < 0 ? top : null };
}

export function showWaiting(pages: ActivityPages): ActivityPages {
  if (pages.instead) return startWith(pages.instead);
  return { ...pages, acts: [...pages.waiting, ...pages.acts], waiting: [] };
}
