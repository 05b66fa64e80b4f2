// The labels to choose from for what is selected: a small palette below or above the selection, never over it; on a
// phone a sheet at the bottom that leaves the text alive above it.
import { Button } from "@mantine/core";
import { type MouseEvent, useLayoutEffect, useRef } from "react";
import { labelColorVar } from "../../theme/label-color.ts";
import { Kbd } from "../../ui/Kbd.tsx";
import { LetterBadge } from "../../ui/LetterBadge.tsx";
import type { Label } from "./model/entities.ts";
import type { Movement } from "./movement.ts";
import css from "./palette.module.css";

export interface LabelPaletteProps {
  readonly labels: readonly Label[];
  readonly quote: string;
  readonly wordCount: number;
  readonly isSheet: boolean;
  /** Where the selection is now, line by line, in the viewport. */
  readonly rects: () => readonly DOMRect[];
  readonly movement: Movement;
  readonly onLabel: (label: Label) => void;
  readonly onReshape: (how: "wider" | "narrower") => void;
  readonly onAddPart: () => void;
}

const GAP = 8;
const EDGE = 12;

// a press must not take focus and selection away from the text
const keepSelection = (event: MouseEvent) => event.preventDefault();

/** Below the last line if there is room, else above the first; inside the window either way. */
export function placePalette(
  rects: readonly DOMRect[],
  size: { width: number; height: number },
  within: DOMRect,
): { left: number; top: number } | null {
  const first = rects[0];
  const last = rects.at(-1);
  if (first === undefined || last === undefined) return null;
  const left = Math.min(
    Math.max((last.left + last.right) / 2 - size.width / 2, within.left + EDGE),
    within.right - size.width - EDGE,
  );
  const below = last.bottom + GAP;
  const above = first.top - GAP - size.height;
  return { left, top: below + size.height <= within.bottom - EDGE || above < within.top ? below : above };
}

export function LabelPalette({
  labels,
  quote,
  wordCount,
  isSheet,
  rects,
  movement,
  onLabel,
  onReshape,
  onAddPart,
}: LabelPaletteProps) {
  const root = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    function follow(): void {
      const element = root.current;
      const host = element?.parentElement;
      if (element === null || host == null) return;
      const within = host.getBoundingClientRect();
      const size = { width: element.offsetWidth, height: element.offsetHeight };
      const place = placePalette(rects(), size, within);
      if (place === null) return;
      const [x, y] = [Math.round(place.left - within.left), Math.round(place.top - within.top)];
      element.style.transform = `translate(${x}px, ${y}px)`;
    }
    if (isSheet) return;
    follow();
    return movement.subscribe(follow);
  }, [movement, isSheet, rects]);

  return (
    <div
      ref={root}
      className={isSheet ? css.sheet : css.palette}
      role="dialog"
      aria-label="Label the selection"
      onMouseDown={keepSelection}
    >
      {isSheet && (
        <p className={css.said}>
          <q>{quote}</q>
          <span>{wordCount === 1 ? "1 word" : `${wordCount} words`}</span>
        </p>
      )}
      <div className={css.keys}>
        {labels.map((label) => (
          <button
            key={label.id}
            type="button"
            className={css.key}
            style={{ "--c": labelColorVar(label.color) }}
            title={label.description || undefined}
            onClick={() => onLabel(label)}
          >
            <LetterBadge letter={label.letter} color={labelColorVar(label.color)} />
            <span>{label.name}</span>
          </button>
        ))}
      </div>
      {isSheet ? (
        <div className={css.reshape}>
          <Button variant="default" onClick={() => onReshape("narrower")}>
            Narrower
          </Button>
          <Button variant="default" onClick={() => onReshape("wider")}>
            Wider
          </Button>
          <Button variant="default" onClick={onAddPart}>
            Add a part
          </Button>
        </div>
      ) : (
        <p className={css.foot}>
          <span>
            <Kbd>Alt</Kbd> exact
          </span>
          <span>
            <Kbd>Ctrl</Kbd> add a part
          </span>
          <span>
            <Kbd>Esc</Kbd> none
          </span>
        </p>
      )}
    </div>
  );
}
