import { expect, it } from "vitest";
import type { Act } from "./act.ts";
import { type ActivityPage, addEarlier, lookAtTop, showWaiting, startWith } from "./activity-pages.ts";

const page = (cursors: string, hasMore = false): ActivityPage => ({
  acts: [...cursors].map(
    (cursor): Act => ({
      cursor,
      at: "2026-03-09T12:00:00Z",
      author: { id: "m", name: "Mira" },
      document: null,
      deed: "labelsMoved",
    }),
  ),
  endCursor: cursors.at(-1) ?? null,
  hasMore,
});
const shown = ({ acts }: ActivityPage) => acts.map(({ cursor }) => cursor).join("");

it("lets new ones wait until they are asked for", () => {
  const before = startWith(page("cba", true));
  const looked = lookAtTop(before, page("edc", true));
  expect(shown(looked)).toBe("cba");
  expect(looked.waiting.map(({ cursor }) => cursor)).toEqual(["e", "d"]);
  const after = showWaiting(looked);
  expect(shown(after)).toBe("edcba");
  expect(after.waiting).toEqual([]);
  expect(after).toMatchObject({ endCursor: "a", hasMore: true });
});

it("is the same when nothing is new, so that nothing is drawn", () => {
  const before = startWith(page("cba"));
  expect(lookAtTop(before, page("cba"))).toBe(before);
  const looked = lookAtTop(before, page("dcba"));
  expect(lookAtTop(looked, page("dcba"))).toBe(looked);
});

it("starts over when there are more than a page", () => {
  const looked = lookAtTop(startWith(page("ba")), page("hgf", true));
  expect(shown(looked)).toBe("ba");
  expect(shown(showWaiting(looked))).toBe("hgf");
  expect(showWaiting(looked)).toMatchObject({ endCursor: "f", hasMore: true });
});

it("shows the first ones at once where nothing was", () => {
  expect(shown(lookAtTop(startWith(page("")), page("a")))).toBe("a");
});

it("adds earlier ones below, and keeps what waits", () => {
  const looked = lookAtTop(startWith(page("cb", true)), page("dcb"));
  const more = addEarlier(looked, page("a"));
  expect(shown(more)).toBe("cba");
  expect(more.waiting).toHaveLength(1);
  expect(more.hasMore).toBe(false);
});
