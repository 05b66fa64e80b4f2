// The letters in a paragraph's margin: one for each highlight that starts there, at the line where it starts, in the
// order in which they start, the outer before the inner. They are drawn by CSS (`::before`), so that neither find nor copy meets them,
// and are hidden from assistive technology, which has the list of annotations.
import { labelColorVar } from "../theme/label-color.ts";
import type { Look } from "./highlight.ts";
import type { PlacedHighlight } from "./highlight-index.ts";
import type { Box } from "./paint-paragraph.ts";
import css from "./reading-pane.module.css";

export interface MarginLayout {
  /** Left edge of the letter next to the text, from the paragraph's border. */
  readonly right: number;
  readonly pitch: number;
  /** How many letters one line may have; the rest is told as a number. */
  readonly most: number;
}

export interface MeasuredLetter {
  readonly item: PlacedHighlight;
  /** Of the first character's rectangle. */
  readonly top: number;
  readonly height: number;
}

export function measureLetters(
  items: readonly PlacedHighlight[],
  paragraph: number,
  measure: (start: number, end: number) => readonly Box[],
): MeasuredLetter[] {
  const letters: MeasuredLetter[] = [];
  for (const item of items) {
    const box = item.firstParagraph === paragraph ? measure(item.start, item.start + 1)[0] : undefined;
    if (box !== undefined) letters.push({ item, top: box.top, height: box.height });
  }
  return letters;
}

function sign(
  className: string | undefined,
  content: string,
  left: number,
  top: number,
  height: number,
  color: string,
): HTMLElement {
  const element = document.createElement("span");
  element.className = className ?? "";
  element.dataset.letter = content;
  element.style.cssText = `left:${left}px;top:${top}px;height:${height}px`;
  element.style.setProperty("--c", color);
  return element;
}

/** The letters of one line, from the text outwards. */
function* lettersOfLine(
  line: readonly MeasuredLetter[],
  look: Look,
  layout: MarginLayout,
): Generator<HTMLElement> {
  const inOrder = [...line].sort((a, b) => a.item.start - b.item.start || b.item.end - a.item.end);
  const shown = inOrder.slice(0, layout.most);
  const { top, height } = inOrder[0] ?? { top: 0, height: 0 };
  let left = layout.right;
  if (inOrder.length > shown.length) {
    yield sign(css.more, `+${inOrder.length - shown.length}`, left, top, height, "var(--ink3)");
    left -= layout.pitch + 2;
  }
  for (const { item } of shown.reverse()) {
    const { highlight } = item;
    const letter = sign(css.letter, highlight.letter, left, top, height, labelColorVar(highlight.color));
    letter.dataset.highlight = item.id;
    const isOff =
      look.dimmedLabels.has(highlight.labelId) || (look.isolatedId !== null && look.isolatedId !== item.id);
    if (item.id === look.selectedId) letter.dataset.look = "selected";
    else if (isOff) letter.dataset.look = "off";
    yield letter;
    left -= layout.pitch;
    if (highlight.arrival !== null) {
      yield sign(css.initials, highlight.arrival.initials, left + 12, top, height, highlight.arrival.color);
      left -= layout.pitch * 1.8;
    } else if (highlight.state !== "saved") {
      const isPending = highlight.state === "pending";
      yield sign(
        css.mark,
        isPending ? "↑" : "!",
        left,
        top,
        height,
        isPending ? "var(--warn)" : "var(--danger)",
      );
      left -= layout.pitch * 0.9;
    }
  }
}

export function drawLetters(
  host: HTMLElement,
  letters: readonly MeasuredLetter[],
  look: Look,
  layout: MarginLayout,
): void {
  const lines = new Map<number, MeasuredLetter[]>();
  for (const letter of letters) {
    const line = Math.round(letter.top);
    const group = lines.get(line) ?? [];
    group.push(letter);
    lines.set(line, group);
  }
  host.replaceChildren(...[...lines.values()].flatMap((line) => [...lettersOfLine(line, look, layout)]));
}
