// What is seen while a relation is being drawn: a line from the handle to the pointer and, beside the pointer, words that
// say what letting go would do. It lies above the whole page, since the line may end in a list beside the text.
import css from "./reading-pane.module.css";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface DrawnLine {
  show(from: Point, to: Point, words: { readonly text: string; readonly isPossible: boolean } | null): void;
  hide(): void;
  dispose(): void;
}

const SVG = "http://www.w3.org/2000/svg";
const HEAD = 9;

/** A slightly bent line with an arrow head at its end. */
export function linePath(from: Point, to: Point): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.max(1, Math.hypot(dx, dy));
  const bend = Math.min(40, length / 5) / length;
  const middle = { x: (from.x + to.x) / 2 + dy * bend, y: (from.y + to.y) / 2 - dx * bend };
  const angle = Math.atan2(to.y - middle.y, to.x - middle.x);
  const side = (by: number) =>
    `${(to.x - HEAD * Math.cos(angle + by)).toFixed(1)} ${(to.y - HEAD * Math.sin(angle + by)).toFixed(1)}`;
  return `M${from.x} ${from.y}Q${middle.x.toFixed(1)} ${middle.y.toFixed(1)} ${to.x} ${to.y}M${side(0.5)}L${to.x} ${to.y}L${side(-0.5)}`;
}

export function createDrawnLine(): DrawnLine {
  const layer = document.createElement("div");
  layer.className = css.drawing ?? "";
  layer.setAttribute("aria-hidden", "true");
  const picture = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  const said = document.createElement("span");
  picture.append(line);
  layer.append(picture, said);

  return {
    show(from, to, words) {
      line.setAttribute("d", linePath(from, to));
      said.hidden = words === null;
      said.textContent = words?.text ?? "";
      layer.toggleAttribute("data-impossible", words?.isPossible === false);
      if (!layer.isConnected) document.body.append(layer);
      // beside the pointer, and within the window
      const left = Math.max(8, Math.min(to.x + 14, innerWidth - said.offsetWidth - 8));
      const below = to.y + 18;
      const top = below + said.offsetHeight > innerHeight - 8 ? to.y - 18 - said.offsetHeight : below;
      said.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    },
    hide: () => layer.remove(),
    dispose: () => layer.remove(),
  };
}
