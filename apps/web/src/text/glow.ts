// The glow of what has just arrived: rectangles under the text that fade by themselves, so that no canvas is painted for
// it again and again.
import type { Box } from "./paint-paragraph.ts";
import css from "./reading-pane.module.css";

export const GLOW_MS = 1600;

export interface Glow {
  readonly id: string;
  /** A CSS colour. */
  readonly color: string;
  /** Milliseconds since it arrived: a paragraph that scrolls in late joins the fading where it is. */
  readonly age: number;
  readonly boxes: readonly Box[];
}

export function createGlow({ color, age, boxes }: Glow, top: number, onEnd: () => void): HTMLElement {
  const layer = document.createElement("div");
  layer.className = css.glow ?? "";
  layer.setAttribute("aria-hidden", "true");
  layer.style.cssText = `margin-top:${top}px;animation-delay:${-age}ms`;
  layer.style.setProperty("--c", color);
  for (const box of boxes) {
    const part = document.createElement("i");
    part.style.cssText = `left:${box.left}px;top:${box.top}px;width:${box.width}px;height:${box.height}px`;
    layer.append(part);
  }
  layer.addEventListener("animationend", () => {
    layer.remove();
    onEnd();
  });
  return layer;
}
