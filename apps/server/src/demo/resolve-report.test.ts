/** That the demo's reports hold together, and have in them what there is to try. */
import {
  checkAttributes,
  createOffsetMap,
  extentOf,
  type Fragment,
  missingRequired,
  quoteOf,
} from "@concord/core";
import { describe, expect, it } from "vitest";
import { DEMO_RELATION_TYPES, demoLabels } from "./demo-codebook.ts";
import type { Report } from "./report.ts";
import { REPORTS } from "./reports.ts";
import { resolveReport } from "./resolve-report.ts";

const small: Report = {
  title: "Small",
  language: "en",
  metadata: { source: "", date: "", place: "" },
  daysAgo: 1,
  by: "yara",
  text: "😀 The fisher said she, 😀 she said.",
  annotations: [],
  relations: [],
};

const LABELS = demoLabels(new Date());
const definitionsOf = (label: string) => LABELS.find(({ key }) => key === label)?.attributes ?? [];

describe.each(REPORTS)("$title", (report) => {
  const resolved = resolveReport(report);
  const map = createOffsetMap(report.text);
  const labels = new Map(resolved.annotations.map(({ ref, label }) => [ref, label]));

  it("marks the words it means", () => {
    for (const [index, { quote }] of report.annotations.entries()) {
      const expected = typeof quote === "string" ? quote : quote.join(" ");
      expect(quoteOf(map, resolved.annotations[index]?.fragments ?? [])).toBe(expected);
    }
  });

  it("marks no word on the same place with the same label twice, and links each pair once", () => {
    const places = resolved.annotations.map(({ label, fragments }) => JSON.stringify([label, fragments]));
    const links = report.relations.map(({ type, source, target }) => `${type} ${source} ${target}`);
    expect(new Set(places).size).toBe(places.length);
    expect(new Set(links).size).toBe(links.length);
  });

  it("keeps to the codebook", () => {
    for (const { type, source, target } of resolved.relations) {
      const allowed = DEMO_RELATION_TYPES.find(({ key }) => key === type);
      expect(allowed?.sources, `${source} ${type} ${target}`).toContain(labels.get(source));
      expect(allowed?.targets, `${source} ${type} ${target}`).toContain(labels.get(target));
    }
    for (const { ref, label, attributes = {} } of resolved.annotations)
      expect(checkAttributes(attributes, definitionsOf(label)), ref).toBeNull();
  });

  it("is dated, in paragraphs, and read by both annotators, who discuss it", () => {
    expect(report.metadata.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(report.text.split("\n\n").length).toBeGreaterThanOrEqual(5);
    const authors = new Set(report.annotations.map(({ by = report.by }) => by));
    const speakers = report.annotations.flatMap(({ comments = [] }) => comments.map(({ by }) => by));
    expect(authors.size).toBe(2);
    expect(new Set(speakers).size).toBe(2);
    expect(resolved.annotations.length).toBeGreaterThanOrEqual(12);
    expect(resolved.relations.length).toBeGreaterThanOrEqual(9);
    expect(resolved.relations.some(({ type }) => type === "party-to")).toBe(true);
  });
});

describe("the demo", () => {
  const all = REPORTS.map((report) => ({ ...resolveReport(report), map: createOffsetMap(report.text) }));
  const extents = all.map(({ annotations }) => annotations.map(({ fragments }) => extentOf(fragments)));
  const annotations = all.flatMap((report) => report.annotations);
  const pairsIn = (of: readonly Fragment[]) =>
    of.flatMap((a, i) => of.slice(i + 1).map((b) => [a, b] as const));
  const pairs = extents.flatMap(pairsIn);
  const quotes = all.flatMap(({ map, annotations }) => annotations.map((it) => quoteOf(map, it.fragments)));

  it("has reports in four languages, one of them long", () => {
    expect(REPORTS.map(({ language }) => language)).toEqual(["en", "en", "ru", "ar", "en", "en", "kk"]);
    expect(Math.max(...REPORTS.map(({ text }) => text.length))).toBeGreaterThan(3_500);
  });

  it("has marks that nest five deep, cross, share a place and pause", () => {
    expect(Math.max(...extents.flatMap((of) => of.map((one) => depthOf(one, of))))).toBeGreaterThanOrEqual(5);
    expect(pairs.some(([a, b]) => crosses(a, b) || crosses(b, a))).toBe(true);
    expect(pairs.some(([a, b]) => a.start === b.start && a.end === b.end)).toBe(true);
    expect(annotations.filter(({ fragments }) => fragments.length > 1).length).toBeGreaterThanOrEqual(8);
    expect(annotations.some(({ fragments }) => fragments.length > 2)).toBe(true);
  });

  it("has marks on right-to-left text, on astral letters, joined emoji and combining marks", () => {
    for (const wanted of [/\p{Script=Arabic}.*[A-Za-z]/u, /𝕋/u, /\u{200d}/u, /\u0308/u, /\u0336/u, /\u20e3/u])
      expect(
        quotes.some((quote) => wanted.test(quote)),
        String(wanted),
      ).toBe(true);
  });

  it("uses every label, relation type and kind of attribute, and leaves some required values open", () => {
    expect(new Set(annotations.map(({ label }) => label))).toEqual(new Set(LABELS.map(({ key }) => key)));
    expect(new Set(REPORTS.flatMap(({ relations }) => relations.map(({ type }) => type)))).toEqual(
      new Set(DEMO_RELATION_TYPES.map(({ key }) => key)),
    );
    const used = annotations.flatMap(({ label, attributes = {} }) =>
      definitionsOf(label).flatMap(({ key, kind }) => (Object.hasOwn(attributes, key) ? [kind] : [])),
    );
    expect(new Set(used)).toEqual(new Set(["TEXT", "CHOICE", "BOOLEAN", "NUMBER", "DATE"]));
    const incomplete = annotations.filter(
      ({ label, attributes = {} }) => missingRequired(attributes, definitionsOf(label)).length > 0,
    );
    expect(incomplete.length).toBeGreaterThanOrEqual(1);
  });
});

describe("resolveReport", () => {
  it("counts whole words, in code points", () => {
    const annotation = { ref: "a", label: "speaker", quote: "she", occurrence: 2 } as const;
    const resolved = resolveReport({ ...small, annotations: [annotation] });
    expect(resolved.annotations).toEqual([
      { ref: "a", label: "speaker", fragments: [{ start: 25, end: 28 }] },
    ]);
  });

  it("takes a combining mark with its letter", () => {
    const annotation = { ref: "a", label: "speaker", quote: "she" } as const;
    const text = "she\u0308 and she";
    const resolved = resolveReport({ ...small, text, annotations: [annotation] });
    expect(resolved.annotations[0]?.fragments).toEqual([{ start: 9, end: 12 }]);
  });

  it("refuses what does not hold together", () => {
    const she = { ref: "a", label: "speaker", quote: "she" } as const;
    const missing = { ...she, occurrence: 3 };
    const touching = { ...she, quote: ["she,", " 😀"] };
    expect(() => resolveReport({ ...small, annotations: [missing] })).toThrow('no occurrence 3 of "she"');
    expect(() => resolveReport({ ...small, annotations: [touching] })).toThrow("neither touch");
    expect(() => resolveReport({ ...small, annotations: [she, she] })).toThrow("two annotations");
    const relation = { type: "same-as", source: "a", target: "b" } as const;
    expect(() => resolveReport({ ...small, annotations: [she], relations: [relation] })).toThrow("the ref b");
  });
});

/** How many marks lie around one and in one another, itself included. */
function depthOf(one: Fragment, all: readonly Fragment[]): number {
  const outer = all.filter((other) => isInside(one, other));
  return 1 + Math.max(0, ...outer.map((other) => depthOf(other, all)));
}

function crosses(a: Fragment, b: Fragment): boolean {
  return a.start < b.start && b.start < a.end && a.end < b.end;
}

function isInside(inner: Fragment, outer: Fragment): boolean {
  return (
    outer.start <= inner.start && inner.end <= outer.end && outer.end - outer.start > inner.end - inner.start
  );
}
