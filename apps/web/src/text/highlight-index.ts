// The highlights of one text by paragraph, with their lanes. Every change answers which paragraphs look different now;
// painting, hit tests and margin letters all go through here.
import { extentOf } from "@concord/core";
import type { Highlight } from "./highlight.ts";
import {
  assignLanes,
  clustersOf,
  compareOuterFirst,
  type LaneItem,
  placeCluster,
  settleLanes,
} from "./lanes.ts";
import type { ParagraphIndex } from "./paragraph-index.ts";

export interface PlacedHighlight extends LaneItem {
  readonly highlight: Highlight;
  readonly firstParagraph: number;
  readonly lastParagraph: number;
}

export interface HighlightIndex {
  get(id: string): PlacedHighlight | undefined;
  /** Their lanes only where `touching` was asked for. */
  all(): Iterable<PlacedHighlight>;
  /** The highlights whose extent touches the paragraph, in no order. */
  touching(paragraph: number): readonly PlacedHighlight[];
  /** The highlights that hold the code point in one of their fragments, innermost first. */
  covering(position: number): PlacedHighlight[];
  /** Adds, replaces or, where `highlight` is undefined, removes; answers the paragraphs to paint again. */
  put(id: string, highlight: Highlight | undefined): Set<number>;
  reset(highlights: Iterable<Highlight>): void;
}

/** Lanes are given when a paragraph is looked at: all of them at once would hold up the first picture of a long text. */
interface Placed extends PlacedHighlight {
  /** What it is to get its lane with; null once it has one. */
  cluster: readonly Placed[] | null;
}

/** Above this many neighbours the lanes are computed afresh: one by one would be quadratic. */
const MANY = 500;

const hasSamePlace = (a: LaneItem, b: LaneItem) => a.start === b.start && a.end === b.end;

export function createHighlightIndex(text: ParagraphIndex): HighlightIndex {
  const placed = new Map<string, Placed>();
  const byParagraph: Placed[][] = text.paragraphs.map(() => []);

  function place(highlight: Highlight): Placed {
    const { start, end } = extentOf(highlight.fragments);
    const item = {
      id: highlight.id,
      highlight,
      start,
      end,
      lane: 0,
      cluster: null,
      firstParagraph: text.at(start),
      lastParagraph: text.at(end - 1),
    };
    placed.set(item.id, item);
    for (let p = item.firstParagraph; p <= item.lastParagraph; p++) byParagraph[p]?.push(item);
    return item;
  }

  function take(item: Placed): void {
    placed.delete(item.id);
    for (let p = item.firstParagraph; p <= item.lastParagraph; p++) {
      const list = byParagraph[p];
      list?.splice(list.indexOf(item), 1);
    }
  }

  function settle({ cluster }: Placed): void {
    if (cluster === null) return;
    placeCluster(cluster);
    for (const item of cluster) item.cluster = null;
  }

  function overlapping(item: Placed): Set<Placed> {
    const found = new Set<Placed>();
    for (let p = item.firstParagraph; p <= item.lastParagraph; p++) {
      for (const other of byParagraph[p] ?? [])
        if (other !== item && other.start < item.end && item.start < other.end) found.add(other);
    }
    for (const other of found) settle(other);
    return found;
  }

  function relane(queue: Set<Placed>): Iterable<Placed> {
    if (queue.size <= MANY) return settleLanes(queue, overlapping);
    for (const item of placed.values()) settle(item);
    const before = new Map([...placed.values()].map((item) => [item, item.lane]));
    assignLanes(placed.values());
    return [...placed.values()].filter((item) => before.get(item) !== item.lane);
  }

  return {
    get: (id) => placed.get(id),
    all: () => placed.values(),
    touching(paragraph) {
      const found = byParagraph[paragraph] ?? [];
      for (const item of found) settle(item);
      return found;
    },
    covering(position) {
      const holds = (item: PlacedHighlight) =>
        item.highlight.fragments.some(({ start, end }) => start <= position && position < end);
      return (byParagraph[text.at(position)] ?? []).filter(holds).sort((a, b) => compareOuterFirst(b, a));
    },
    put(id, highlight) {
      const dirty = new Set<number>();
      const touch = (item: Placed) => {
        for (let p = item.firstParagraph; p <= item.lastParagraph; p++) dirty.add(p);
      };
      const queue = new Set<Placed>();
      const old = placed.get(id);
      if (old !== undefined) {
        settle(old);
        touch(old);
        take(old);
      }
      const fresh = highlight === undefined ? undefined : place(highlight);
      if (fresh !== undefined) touch(fresh);
      if (fresh !== undefined && old !== undefined && hasSamePlace(old, fresh)) {
        // the same extent has the same lane: nobody else moves
        fresh.lane = old.lane;
        return dirty;
      }
      if (old !== undefined)
        for (const other of overlapping(old))
          if (other !== fresh && compareOuterFirst(old, other) < 0) queue.add(other);
      if (fresh !== undefined) {
        queue.add(fresh);
        const neighbours = overlapping(fresh);
        if (neighbours.size > MANY) for (const other of neighbours) queue.add(other);
      }
      for (const item of relane(queue)) touch(item);
      return dirty;
    },
    reset(highlights) {
      placed.clear();
      for (const list of byParagraph) list.length = 0;
      for (const highlight of highlights) place(highlight);
      for (const cluster of clustersOf(placed.values())) for (const item of cluster) item.cluster = cluster;
    },
  };
}
