/** That the demo's reports hold together, and have in them what there is to try. */
import { createOffsetMap, extentOf, type Fragment, quoteOf } from "@concord/core";
import { describe, expect, it } from "vitest";
import { DEFAULT_RELATION_TYPES } from "../codebook/default-codebook.ts";
import { REPORTS, type Report } from "./reports.ts";
import { resolveReport } from "./resolve-report.ts";

const small: Report = {
  title: "Small",
  language: "en",
  metadata: { source: "", date: "", place: "" },
  text: "😀 The fisher said she, 😀 she said.",
  annotations: [],
  relations: [],
};

describe.each(REPORTS)("$title", (report) => {
  const resolved = resolveReport(report);
  const map = createOffsetMap(report.text);
  const labels = new Map(resolved.annotations.map(({ ref, label }) => [ref, label]));
  const extents = resolved.annotations.map(({ fragments }) => extentOf(fragments));

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

  it("keeps to the default codebook", () => {
    for (const { type, source, target } of resolved.relations) {
      const allowed = DEFAULT_RELATION_TYPES.find(({ key }) => key === type);
      expect([labels.get(source), labels.get(target)]).toEqual([allowed?.source, allowed?.target]);
    }
  });

  it("is a wire report of the usual length", () => {
    const words = report.text.split(/\s+/).length;
    expect(words).toBeGreaterThanOrEqual(350);
    expect(words).toBeLessThanOrEqual(450);
    expect(report.text).toMatch(/^[A-Z ]+ — /);
    expect(report.text.split("\n\n").length).toBeGreaterThanOrEqual(7);
    expect(report.metadata.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it("has paraphrase, long quotations, a pronoun, and a paper that two organisations sign", () => {
    expect(report.text).toContain("According to the Director of ");
    expect(report.text.match(/“[^”]{300,}”/g)?.length).toBeGreaterThanOrEqual(2);
    expect(report.annotations.some(({ label, quote }) => label === "speaker" && quote === "she")).toBe(true);
    expect(report.text).toMatch(/ signed (a|an) (memorandum|agreement) /);
    expect(report.relations.filter(({ type }) => type === "party-to").length).toBe(2);
  });

  it("has marks that nest, cross and pause, and enough of them", () => {
    const pairs = extents.flatMap((a) => extents.map((b) => [a, b] as const));
    expect(pairs.some(([a, b]) => isInside(a, b))).toBe(true);
    expect(pairs.some(([a, b]) => a.start < b.start && b.start < a.end && a.end < b.end)).toBe(true);
    expect(resolved.annotations.some(({ fragments }) => fragments.length > 1)).toBe(true);
    expect(resolved.annotations.length).toBeGreaterThanOrEqual(20);
    expect(resolved.relations.length).toBeGreaterThanOrEqual(15);
  });

  it("has an initiative inside a claim", () => {
    const of = (wanted: string) =>
      extents.filter((_, index) => resolved.annotations[index]?.label === wanted);
    expect(of("initiative").some((inner) => of("claim").some((outer) => isInside(inner, outer)))).toBe(true);
  });
});

describe("resolveReport", () => {
  it("counts whole words, in code points", () => {
    const annotation = { ref: "a", label: "speaker", quote: "she", occurrence: 2 } as const;
    const resolved = resolveReport({ ...small, annotations: [annotation] });
    expect(resolved.annotations).toEqual([
      { ref: "a", label: "speaker", note: "", fragments: [{ start: 25, end: 28 }] },
    ]);
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

function isInside(inner: Fragment, outer: Fragment): boolean {
  return (
    outer.start <= inner.start && inner.end <= outer.end && outer.end - outer.start > inner.end - inner.start
  );
}
