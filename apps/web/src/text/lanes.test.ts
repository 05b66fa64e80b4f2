import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildHighlight } from "./highlight-builder.ts";
import { createHighlightIndex } from "./highlight-index.ts";
import { assignLanes, type LaneItem } from "./lanes.ts";
import { createParagraphIndex } from "./paragraph-index.ts";

const item = (id: string, start: number, end: number): LaneItem => ({ id, start, end, lane: 0 });

const text = createParagraphIndex(Array.from({ length: 12 }, () => "x".repeat(15)).join("\n"));
const place = fc
  .tuple(fc.nat(170), fc.integer({ min: 1, max: 60 }))
  .map(([start, size]): [number, number] => [start, Math.min(start + size, text.length)]);
const edit = fc.record({
  id: fc.integer({ min: 0, max: 14 }).map(String),
  place: fc.option(place, { freq: 3 }),
});

describe("lanes", () => {
  it("puts the longest next to the text and the inner one below it", () => {
    const items = [item("inner", 5, 8), item("outer", 0, 20), item("crossing", 15, 30), item("far", 40, 50)];
    assignLanes(items);
    expect(items.map(({ lane }) => lane)).toEqual([2, 1, 2, 1]);
  });

  it("never lets two that overlap share a lane, and leaves no lower lane free", () => {
    fc.assert(
      fc.property(fc.uniqueArray(edit, { selector: (one) => one.id }), (edits) => {
        const items = edits.flatMap(({ id, place: at }) => (at === null ? [] : [item(id, ...at)]));
        assignLanes(items);
        for (const one of items) {
          const overlapping = items.filter(
            (other) => other !== one && other.start < one.end && one.start < other.end,
          );
          expect(overlapping.map(({ lane }) => lane)).not.toContain(one.lane);
          const longer = overlapping
            .filter((other) => other.end - other.start >= one.end - one.start)
            .map(({ lane }) => lane);
          for (let lane = 1; lane < one.lane; lane++) expect(longer).toContain(lane);
        }
      }),
    );
  });

  it("gives the same lanes change by change as all at once", () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
        const index = createHighlightIndex(text);
        for (const { id, place: at } of edits) {
          const before = new Map([...index.all()].map((one) => [one.id, one.lane]));
          const dirty = index.put(id, at === null ? undefined : buildHighlight(id, at));
          for (const one of index.all()) {
            if (before.get(one.id) !== one.lane)
              for (let p = one.firstParagraph; p <= one.lastParagraph; p++) expect(dirty).toContain(p);
          }
        }
        const fresh = [...index.all()].map(({ id, start, end }) => item(id, start, end));
        assignLanes(fresh);
        expect([...index.all()].map(({ id, lane }) => [id, lane]).sort()).toEqual(
          fresh.map(({ id, lane }) => [id, lane]).sort(),
        );
      }),
    );
  });

  it("gives the same lanes paragraph by paragraph as all at once, whatever changes before they are looked at", () => {
    const edits = fc.array(edit, { maxLength: 20 });
    fc.assert(
      fc.property(edits, edits, fc.nat(11), (first, then, looked) => {
        const index = createHighlightIndex(text);
        const start = new Map(first.flatMap(({ id, place: at }) => (at === null ? [] : [[id, at] as const])));
        index.reset([...start].map(([id, at]) => buildHighlight(id, at)));
        index.touching(looked);
        for (const { id, place: at } of then) index.put(id, at === null ? undefined : buildHighlight(id, at));
        const fresh = [...index.all()].map(({ id, start: from, end }) => item(id, from, end));
        assignLanes(fresh);
        const lanes = new Map(fresh.map(({ id, lane }) => [id, lane]));
        for (const p of text.paragraphs.keys())
          for (const { id, lane } of index.touching(p)) expect(lane).toBe(lanes.get(id));
      }),
    );
  });
});
