// The annotations in text order. Up to a few hundred all of them; of more those around what is in view, and says so.
import { Skeleton } from "@mantine/core";
import { useMemo, useSyncExternalStore } from "react";
import { labelColorVar } from "../../theme/label-color.ts";
import { LetterBadge } from "../../ui/LetterBadge.tsx";
import type { AnnotationsPanelProps } from "./AnnotationsPanel.tsx";
import css from "./inspector.module.css";
import type { Entry } from "./model/entries.ts";

const ALL_UP_TO = 300;
const AROUND = 120;

/** The stretch of a long list that goes with a place in the text. */
export function listAround(inText: readonly Entry[], position: number): readonly Entry[] {
  if (inText.length <= ALL_UP_TO) return inText;
  const at = inText.findIndex((entry) => (entry.fragments.at(-1)?.end ?? 0) > position);
  const from = Math.max(0, Math.min(at < 0 ? inText.length : at, inText.length - AROUND) - 20);
  return inText.slice(from, from + AROUND);
}

export function AnnotationList(props: AnnotationsPanelProps) {
  const { inText, labels, dimmedLabels, visible, movement, isComplete, onSelect, onHover } = props;
  const filtered = useMemo(
    () => (dimmedLabels.size === 0 ? inText : inText.filter((entry) => !dimmedLabels.has(entry.labelId))),
    [inText, dimmedLabels],
  );
  const isCut = filtered.length > ALL_UP_TO;
  const rests = useSyncExternalStore(movement.subscribeRest, movement.getRests);
  // where the text has come to rest says what is in view
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const shown = useMemo(
    () => listAround(filtered, isCut ? visible().start : 0),
    [filtered, isCut, isCut ? rests : 0],
  );

  return (
    <>
      <div className={css.heading}>
        <h2>Annotations</h2>
        <span className={css.muted}>
          {filtered.length === inText.length ? inText.length : `${filtered.length} of ${inText.length}`}
        </span>
      </div>
      <div className={css.scroll}>
        {!isComplete &&
          [80, 64, 72, 58].map((width) => (
            <Skeleton key={width} height={13} width={`${width}%`} mx={20} my={12} />
          ))}
        {isComplete && inText.length === 0 && (
          <p className={css.hint}>
            {props.rights.canAnnotate
              ? "Nothing is marked yet. Select some text, then press a label’s key or choose it."
              : "Nothing is marked yet."}
          </p>
        )}
        {isComplete && inText.length > 0 && filtered.length === 0 && (
          <p className={css.hint}>All labels are greyed. Press one above the text to show it.</p>
        )}
        {isCut && (
          <p
            className={css.hint}
          >{`${shown.length} of ${filtered.length.toLocaleString("en-GB")}, around what is in view.`}</p>
        )}
        <ul className={css.list}>
          {shown.map((entry) => {
            const label = labels.get(entry.labelId);
            return (
              <li key={entry.id}>
                <button
                  type="button"
                  className={css.item}
                  onClick={() => onSelect(entry.id)}
                  onPointerEnter={() => onHover(entry.id)}
                  onPointerLeave={() => onHover(null)}
                >
                  <LetterBadge
                    letter={label?.letter ?? "?"}
                    color={labelColorVar(label?.color ?? "STONE")}
                    name={label?.name ?? "Unknown label"}
                  />
                  <span className={css.itemQuote} dir="auto">
                    {entry.quote}
                  </span>
                  <span className={css.itemFoot}>
                    {entry.createdBy.name}
                    {entry.state === "pending" && <b data-kind="pending"> · waiting</b>}
                    {entry.state === "refused" && <b data-kind="refused"> · needs a look</b>}
                    {entry.note !== "" && " · note"}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}
