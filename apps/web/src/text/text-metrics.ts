// What the fonts and the width give the painter: measured once, and again when they change.
import type { LineMetrics } from "./hit-test.ts";
import type { MarginLayout } from "./margin-letters.ts";
import css from "./reading-pane.module.css";

export interface TextMetrics extends Pick<LineMetrics, "ascent"> {
  /** Width of the margin inside a paragraph's box, beside its text. */
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
  const { paddingLeft, paddingRight } = getComputedStyle(probe);
  const [left, right] = [Number.parseFloat(paddingLeft), Number.parseFloat(paddingRight)];
  const gutter = Math.max(left, right);
  const isMirrored = right > left;
  const ascent = strut.getBoundingClientRect().bottom - range.getBoundingClientRect().top;
  probe.remove();
  const isNarrow = gutter < 60;
  return {
    ascent,
    gutter,
    letters: isNarrow
      ? { isMirrored, right: gutter - 19, width: 10, pitch: 10, size: 10, rows: 2 }
      : { isMirrored, right: gutter - 31, width: 12, pitch: 15, size: 11, rows: 1 },
  };
}
