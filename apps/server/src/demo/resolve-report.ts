/** From a report's marks by their words to marks by their places. */
import { checkFragments, createOffsetMap, type Fragment, type OffsetMap } from "@concord/core";
import type { Report, ReportAnnotation } from "./report.ts";

/** A mark with its place. */
export interface ResolvedAnnotation extends Omit<ReportAnnotation, "quote" | "occurrence"> {
  /** In code points, half-open, in text order. */
  fragments: Fragment[];
}

/** A report that is ready to be stored. */
export interface ResolvedReport extends Omit<Report, "annotations"> {
  /** In the order of the report. */
  annotations: ResolvedAnnotation[];
}

/**
 * Finds every mark of a report in its text.
 * @throws Error when a quote is not there, fragments break a rule, a ref is used twice or a relation names none
 * @example resolveReport(REPORTS[0]).annotations[0].fragments; // [{ start: 291, end: 347 }]
 */
export function resolveReport(report: Report): ResolvedReport {
  const map = createOffsetMap(report.text);
  const annotations = report.annotations.map(({ quote, occurrence = 1, ...annotation }) => {
    const quotes = typeof quote === "string" ? [quote] : quote;
    return { ...annotation, fragments: locate(report.text, map, quotes, occurrence) };
  });
  checkRefs(report);
  return { ...report, annotations };
}

function locate(text: string, map: OffsetMap, quotes: readonly string[], occurrence: number): Fragment[] {
  const fragments: Fragment[] = [];
  let fromUtf16 = 0;
  for (const [index, quote] of quotes.entries()) {
    const startUtf16 = find(text, quote, fromUtf16, index === 0 ? occurrence : 1);
    fromUtf16 = startUtf16 + quote.length;
    fragments.push({ start: map.toCodePoint(startUtf16), end: map.toCodePoint(fromUtf16) });
  }
  const problem = checkFragments(fragments, map.length);
  if (problem !== null) throw new Error(`${JSON.stringify(quotes)}: ${problem.message}`);
  return fragments;
}

/** Where the n-th occurrence of whole words at or after an index starts; “she” is not in “fisher”. */
function find(text: string, quote: string, fromUtf16: number, occurrence: number): number {
  let seen = 0;
  for (let at = text.indexOf(quote, fromUtf16); at !== -1; at = text.indexOf(quote, at + 1)) {
    if (isWholeWords(text, at, at + quote.length) && ++seen === occurrence) return at;
  }
  throw new Error(`The report has no occurrence ${occurrence} of ${JSON.stringify(quote)}.`);
}

/** Marks belong to the letter before them. */
function isWholeWords(text: string, startUtf16: number, endUtf16: number): boolean {
  return !/\p{L}\p{M}*$/u.test(text.slice(0, startUtf16)) && !/^[\p{L}\p{M}]/u.test(text.slice(endUtf16));
}

function checkRefs({ annotations, relations }: Report): void {
  const refs = new Set(annotations.map(({ ref }) => ref));
  if (refs.size !== annotations.length) throw new Error("A ref names two annotations of the report.");
  const unknown = relations.flatMap(({ source, target }) => [source, target]).find((ref) => !refs.has(ref));
  if (unknown !== undefined) throw new Error(`No annotation of the report has the ref ${unknown}.`);
}
