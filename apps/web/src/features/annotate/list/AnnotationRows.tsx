// The rows of the list: all of them in the page while they are few, beyond that those in view. One of them is in the tab
// order; arrows go from row to row. While annotations are picked each row is a switch.
import { IconMessage } from "@tabler/icons-react";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { t } from "../../../words/words.ts";
import { LabelBadge } from "../LabelBadge.tsx";
import { type Discussions, isOpen } from "../model/discussions.ts";
import type { Comment, Label } from "../model/entities.ts";
import type { Entry } from "../model/entries.ts";
import css from "./list.module.css";

export interface AnnotationRowsProps {
  readonly entries: readonly Entry[];
  readonly labels: ReadonlyMap<string, Label>;
  readonly discussions: Discussions;
  /** Null while nothing is being picked. */
  readonly picked: ReadonlySet<string> | null;
  /** Index of the row that goes with what is in view in the text. */
  readonly inView: number;
  readonly onSelect: (id: string) => void;
  readonly onPick: (id: string, isRange: boolean) => void;
  readonly onPickAll: () => void;
  readonly onHover: (id: string | null) => void;
}

const ALL_UP_TO = 300;
const ROW = 58;
const PAGE = 8;

function Row({
  entry,
  label,
  comments,
  isPicked,
  isInTabOrder,
  onPress,
  onHover,
}: {
  entry: Entry;
  label: Label | undefined;
  comments: readonly Comment[];
  isPicked: boolean | null;
  isInTabOrder: boolean;
  onPress: (isRange: boolean) => void;
  onHover: (isOver: boolean) => void;
}) {
  return (
    <button
      type="button"
      className={css.item}
      data-row={entry.id}
      data-highlight={entry.id}
      tabIndex={isInTabOrder ? 0 : -1}
      aria-pressed={isPicked ?? undefined}
      onClick={(event) => onPress(event.shiftKey)}
      onPointerEnter={() => onHover(true)}
      onPointerLeave={() => onHover(false)}
    >
      {isPicked !== null && <span className={css.box} data-picked={isPicked || undefined} aria-hidden />}
      <LabelBadge label={label} isNamed />
      <span className={css.quote} dir="auto">
        {entry.quote}
      </span>
      <span className={css.foot}>
        {entry.createdBy.name}
        {entry.state === "pending" && <b data-kind="pending"> · {t("list:row.waiting")}</b>}
        {entry.state === "refused" && <b data-kind="refused"> · {t("list:row.refused")}</b>}
        {entry.note !== "" && ` · ${t("list:row.note")}`}
        {comments.length > 0 && (
          <span className={css.talk} data-open={isOpen(comments) || undefined}>
            {" · "}
            <IconMessage size={12} stroke={1.75} aria-hidden />
            {t(isOpen(comments) ? "discussion:row.open" : "discussion:row.settled", {
              count: comments.length,
            })}
          </span>
        )}
      </span>
    </button>
  );
}

export function AnnotationRows(props: AnnotationRowsProps) {
  const { entries, labels, discussions, picked, inView, onSelect, onPick, onPickAll, onHover } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const isLong = entries.length > ALL_UP_TO;
  const [focused, setFocused] = useState<string | null>(null);
  const wantsFocus = useRef(false);
  const focusedIndex = entries.findIndex(({ id }) => id === focused);
  const tabStop = Math.max(0, focusedIndex);

  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => entries[index]?.id ?? index,
    overscan: 8,
    rangeExtractor: (range) => {
      if (!isLong) return entries.map((_, index) => index);
      const shown = defaultRangeExtractor(range);
      // the row in the tab order must be there to be reached
      return shown.includes(tabStop) ? shown : [...shown, tabStop].sort((a, b) => a - b);
    },
  });

  // a long list goes along with the text, unless somebody is busy in it
  useEffect(() => {
    const isBusy = scroller.current?.matches(":hover, :focus-within") ?? true;
    if (isLong && !isBusy && inView >= 0) virtualizer.scrollToIndex(inView, { align: "start" });
  }, [isLong, inView, virtualizer]);

  useEffect(() => {
    if (!wantsFocus.current || focused === null) return;
    wantsFocus.current = false;
    scroller.current?.querySelector<HTMLElement>(`[data-row="${focused}"]`)?.focus();
  }, [focused]);

  const moveTo = (index: number) => {
    const entry = entries[Math.max(0, Math.min(entries.length - 1, index))];
    if (entry === undefined) return;
    virtualizer.scrollToIndex(entries.indexOf(entry));
    wantsFocus.current = true;
    setFocused(entry.id);
  };
  const press = (event: KeyboardEvent) => {
    const isModified = event.ctrlKey || event.metaKey || event.altKey;
    if (picked !== null && (event.ctrlKey || event.metaKey) && event.code === "KeyA") onPickAll();
    else if (isModified) return;
    else if (event.key === "ArrowDown") moveTo(tabStop + 1);
    else if (event.key === "ArrowUp") moveTo(tabStop - 1);
    else if (event.key === "PageDown") moveTo(tabStop + PAGE);
    else if (event.key === "PageUp") moveTo(tabStop - PAGE);
    else if (event.key === "Home") moveTo(0);
    else if (event.key === "End") moveTo(entries.length - 1);
    else return;
    event.preventDefault();
  };

  return (
    <div ref={scroller} className={css.scroll}>
      {/* the rows are what is interactive; their list only knows the way from one to the next */}
      <ul
        className={css.list}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={press}
        onFocus={(event) => setFocused(event.target.closest<HTMLElement>("[data-row]")?.dataset.row ?? null)}
      >
        {virtualizer.getVirtualItems().map(({ key, index, start }) => {
          const entry = entries[index];
          if (entry === undefined) return null;
          return (
            <li
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              aria-setsize={entries.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Row
                entry={entry}
                label={labels.get(entry.labelId)}
                comments={discussions.of(entry.id)}
                isPicked={picked === null ? null : picked.has(entry.id)}
                isInTabOrder={index === tabStop}
                onPress={(isRange) => (picked === null ? onSelect(entry.id) : onPick(entry.id, isRange))}
                onHover={(isOver) => onHover(isOver ? entry.id : null)}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
