// The labels to choose from for what is selected: a small palette below or above the selection, never over it; on a
// phone a sheet at the bottom that leaves the text alive above it.
import { Button, Tooltip } from "@mantine/core";
import { type MouseEvent, useLayoutEffect, useRef } from "react";
import { labelColorVar } from "../../theme/label-color.ts";
import { Kbd } from "../../ui/Kbd.tsx";
import { LetterBadge } from "../../ui/LetterBadge.tsx";
import { t } from "../../words/words.ts";
import { useSteadyLabels } from "./codebook/steady-labels.ts";
import { KEY } from "./key-names.ts";
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
  /** Marks the same text elsewhere too. */
  readonly onMarkAll: () => void;
}

const GAP = 8;
const EDGE = 12;
/** More of the quote never fits. */
const LONGEST_SHOWN = 200;

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
  onMarkAll,
}: LabelPaletteProps) {
  const root = useRef<HTMLDivElement>(null);
  const steady = useSteadyLabels(labels);

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
      aria-label={t("marking:palette.title")}
      onMouseDown={keepSelection}
    >
      {isSheet && (
        <p className={css.said}>
          <q>{quote.slice(0, LONGEST_SHOWN)}</q>
          <span>{t("workbench:words", { count: wordCount })}</span>
        </p>
      )}
      <div className={css.keys}>
        {steady.map(({ label, isGone }) => (
          <Tooltip
            key={label.id}
            label={label.description}
            disabled={label.description === ""}
            multiline
            maw={280}
            position="right"
          >
            <button
              type="button"
              className={css.key}
              disabled={isGone}
              style={{ "--c": labelColorVar(label.color) }}
              onClick={() => onLabel(label)}
            >
              <LetterBadge letter={label.letter} color={labelColorVar(label.color)} />
              <span>{label.name}</span>
            </button>
          </Tooltip>
        ))}
      </div>
      {isSheet ? (
        <div className={css.reshape}>
          <Button variant="default" onClick={() => onReshape("narrower")}>
            {t("marking:palette.narrower")}
          </Button>
          <Button variant="default" onClick={() => onReshape("wider")}>
            {t("marking:palette.wider")}
          </Button>
          <Button variant="default" onClick={onAddPart}>
            {t("marking:palette.addPart")}
          </Button>
          <Button variant="default" className={css.wide ?? ""} onClick={onMarkAll}>
            {t("marking:palette.all")}
          </Button>
        </div>
      ) : (
        <p className={css.foot}>
          <span>
            <Kbd>{KEY.alt}</Kbd> {t("marking:palette.altExact")}
          </span>
          <span>
            <Kbd>{KEY.ctrl}</Kbd> {t("marking:palette.ctrlPart")}
          </span>
          <span>
            <Kbd>{KEY.escape}</Kbd> {t("marking:palette.escapeNone")}
          </span>
          <button type="button" className={css.more} onClick={onMarkAll}>
            {t("marking:palette.all")}
          </button>
        </p>
      )}
    </div>
  );
}
