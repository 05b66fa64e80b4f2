// Which underline lane each highlight has. Longest extent first; each takes the lowest lane that no longer overlapping
// one holds, over its whole extent, gaps included. So the outermost is next to the text, and a new inner one moves
// nothing. `assignLanes` works from scratch, `settleLanes` after one change; both give the same lanes.
import { countWhile } from "./paragraph-index.ts";

export interface LaneItem {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  /** From 1; 0 while it has none. */
  lane: number;
}

/** The order in which lanes are given out, and in which letters stand in the margin. */
export function compareOuterFirst(a: LaneItem, b: LaneItem): number {
  return b.end - b.start - (a.end - a.start) || a.start - b.start || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** A lane's occupants: disjoint and sorted by start. */
type Lane = LaneItem[];

/** Puts the item into the lane if it is free there. */
function tryLane(lane: Lane, item: LaneItem): boolean {
  const next = countWhile(lane.length, (index) => (lane[index]?.end ?? 0) <= item.start);
  const neighbour = lane[next];
  if (neighbour !== undefined && neighbour.start < item.end) return false;
  lane.splice(next, 0, item);
  return true;
}

/** Gives the items of one cluster their lanes. */
export function placeCluster(cluster: readonly LaneItem[]): void {
  const lanes: Lane[] = [];
  for (const item of [...cluster].sort(compareOuterFirst)) {
    let index = 0;
    for (; index < lanes.length; index++) if (tryLane(lanes[index] ?? [], item)) break;
    if (index === lanes.length) lanes.push([item]);
    item.lane = index + 1;
  }
}

/** Items that overlap, be it through others, by start. What is in different clusters is independent. */
export function* clustersOf<Item extends LaneItem>(items: Iterable<Item>): Generator<readonly Item[]> {
  let cluster: Item[] = [];
  let clusterEnd = -1;
  for (const item of [...items].sort((a, b) => a.start - b.start)) {
    if (item.start >= clusterEnd && cluster.length > 0) {
      yield cluster;
      cluster = [];
    }
    cluster.push(item);
    clusterEnd = Math.max(clusterEnd, item.end);
  }
  if (cluster.length > 0) yield cluster;
}

/** Gives every item its lane. */
export function assignLanes(items: Iterable<LaneItem>): void {
  for (const cluster of clustersOf(items)) placeCluster(cluster);
}

function lowestFree(taken: ReadonlySet<number>): number {
  let lane = 1;
  while (taken.has(lane)) lane++;
  return lane;
}

/**
 * After a change: recomputes the lanes of `queue` and of whatever they push. `overlapping` gives the others that share a
 * code point with an item's extent. Answers the items whose lane changed.
 */
export function settleLanes<Item extends LaneItem>(
  queue: Iterable<Item>,
  overlapping: (item: Item) => Iterable<Item>,
): Set<Item> {
  const waiting = new Set(queue);
  const moved = new Set<Item>();
  while (waiting.size > 0) {
    let item: Item | undefined;
    for (const one of waiting) if (item === undefined || compareOuterFirst(one, item) < 0) item = one;
    if (item === undefined) break;
    waiting.delete(item);
    const taken = new Set<number>();
    const shorter: Item[] = [];
    for (const other of overlapping(item)) {
      if (compareOuterFirst(other, item) < 0) taken.add(other.lane);
      else shorter.push(other);
    }
    const lane = lowestFree(taken);
    if (lane === item.lane) continue;
    item.lane = lane;
    moved.add(item);
    for (const other of shorter) waiting.add(other);
  }
  return moved;
}
