// Highlights on paper. Canvases are painted only near the viewport and for the screen's line breaks, so for printing
// every paragraph's pieces are registered as CSS highlights instead, and taken away afterwards.
import { LABEL_COLORS, type LabelColor } from "@concord/core";
import { labelColorVar } from "../theme/label-color.ts";
import { PLAIN_LOOK } from "./highlight.ts";
import type { HighlightIndex } from "./highlight-index.ts";
import { laneTop } from "./hit-test.ts";
import { LANES, piecesOf } from "./pieces.ts";
import type { TextDom } from "./text-dom.ts";

const DEPTHS = 5;

const tintName = (color: LabelColor, depth: number) => `tint-${color.toLowerCase()}-${depth}`;
const laneName = (color: LabelColor, lane: number) => `lane-${color.toLowerCase()}-${lane}`;
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

function printSheet(): CSSStyleSheet {
  const rules = LABEL_COLORS.flatMap((color) => [
    ...upTo(DEPTHS).map(
      (depth) =>
        `::highlight(${tintName(color, depth)}){background:color-mix(in srgb,${labelColorVar(color)} ${4 + 4 * depth}%,transparent)}`,
    ),
    ...upTo(LANES).map(
      (lane) =>
        `::highlight(${laneName(color, lane)}){text-decoration:underline solid 2px ${labelColorVar(color)};text-underline-offset:${laneTop(lane)}px;text-decoration-skip-ink:none}`,
    ),
  ]);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules.join(""));
  return sheet;
}

/** Answers how to stop. */
export function highlightWhenPrinting(dom: TextDom, index: HighlightIndex): () => void {
  const names = new Set<string>();
  const sheet = printSheet();

  function add(name: string, paragraph: number, start: number, end: number): void {
    const range = dom.rangeIn(paragraph, start, end);
    if (range === null) return;
    const known = CSS.highlights.get(name);
    if (known === undefined) CSS.highlights.set(name, new Highlight(range));
    else known.add(range);
    names.add(name);
  }

  function before(): void {
    document.adoptedStyleSheets.push(sheet);
    dom.text.paragraphs.forEach(({ start, end }, p) => {
      const { tints, runs } = piecesOf(start, end, index.touching(p), PLAIN_LOOK);
      for (const tint of tints)
        if (tint.depth !== "selected") add(tintName(tint.color, tint.depth), p, tint.start, tint.end);
      for (const run of runs)
        if (run.style !== "gap") add(laneName(run.color, run.lane), p, run.start, run.end);
    });
  }

  function after(): void {
    for (const name of names) CSS.highlights.delete(name);
    names.clear();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  }

  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  return () => {
    removeEventListener("beforeprint", before);
    removeEventListener("afterprint", after);
    after();
  };
}
