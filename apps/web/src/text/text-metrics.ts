// What the fonts and the width give the painter: measured once, and again when they change.
import type { LineMetrics } from "./hit-test.ts";
import type { MarginLayout } from "./margin-letters.ts";
import css from "./reading-pane.module.css";

export interface TextMetrics extends LineMetrics {
  /** Width of the margin inside a paragraph's box, left of its text. */
  readonly gutter: number;
  readonly letters: MarginLayout;
}

export function readTextMetrics(root: HTMLElement): TextMetrics {
  const probe = document.createElement("p");
  probe.className = css.paragraph ?? "";
  probe.style.cssText = "position:absolute;visibility:hidden;content-visibility:visible";
  probe.textContent = "x";
  const strut = document.createElement("span");
  strut.style.cssText = "display:inline-block;width:0;height:0;vertical-align:baseline";
  probe.append(strut);
  root.append(probe);
  const range = document.createRange();
  range.selectNodeContents(probe.firstChild ?? probe);
  const gutter = Number.parseFloat(getComputedStyle(probe).paddingLeft);
  const ascent = strut.getBoundingClientRect().bottom - range.getBoundingClientRect().top;
  probe.remove();
  const isNarrow = gutter < 60;
  return {
    ascent,
    gutter,
    letters: { right: gutter - (isNarrow ? 20 : 31), pitch: isNarrow ? 10 : 15, most: isNarrow ? 3 : 4 },
  };
}
