// The annotations in text order, all of them or those that pass the filter; and, when asked for, several picked at once.
import { Button, Skeleton } from "@mantine/core";
import { IconChecklist, IconFilter } from "@tabler/icons-react";
import { useMemo, useState, useSyncExternalStore } from "react";
import { formatNumber } from "../../../ui/count.ts";
import { ToolButton } from "../../../ui/ToolButton.tsx";
import { t } from "../../../words/words.ts";
import type { AnnotationsPanelProps } from "../AnnotationsPanel.tsx";
import { DeletedAnnotations } from "../history/DeletedAnnotations.tsx";
import inspector from "../inspector.module.css";
import { AnnotationRows } from "./AnnotationRows.tsx";
import { BulkBar } from "./BulkBar.tsx";
import { FilterFields } from "./FilterFields.tsx";
import css from "./list.module.css";
import { entriesIn, filterEntries, isFiltering, NO_FILTER } from "./list-filter.ts";
import { NO_PICKS, type Picks, pick, pickedOf } from "./picks.ts";

export function AnnotationList(props: AnnotationsPanelProps) {
  const { document, inText, labels, rights, dimmedLabels, visible, movement, isComplete } = props;
  const { filter, talk, discussions, onFilter, onSelect, onHover, onSay } = props;
  const [isInView, setIsInView] = useState(false);
  const [showsFilter, setShowsFilter] = useState(() => isFiltering(filter));
  const [picks, setPicks] = useState<Picks | null>(null);
  const isNarrowed = isFiltering(filter) || isInView;

  const passing = useMemo(() => {
    const shown =
      dimmedLabels.size === 0 ? inText : inText.filter((entry) => !dimmedLabels.has(entry.labelId));
    return filterEntries(shown, filter, talk);
  }, [inText, dimmedLabels, filter, talk]);
  // where the text has come to rest says what is in view
  const rests = useSyncExternalStore(movement.subscribeRest, movement.getRests);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const view = useMemo(() => visible(), [visible, rests]);
  const listed = useMemo(() => (isInView ? entriesIn(passing, view) : passing), [passing, isInView, view]);
  const inView = isInView ? 0 : listed.findIndex((entry) => (entry.fragments.at(-1)?.end ?? 0) > view.start);
  const picked = picks === null ? [] : pickedOf(listed, picks);
  const canPick = rights.canAnnotate && inText.length > 0;

  const pickAll = () => setPicks({ ids: new Set(listed.map(({ id }) => id)), anchorId: null });
  const showAll = () => {
    onFilter(NO_FILTER);
    setIsInView(false);
  };

  return (
    <>
      <div className={inspector.heading}>
        <h2>{t("list:title")}</h2>
        <span className={inspector.muted}>
          {listed.length === inText.length
            ? formatNumber(inText.length)
            : t("list:shown", { shown: listed.length, all: inText.length })}
        </span>
        <ToolButton
          label={t("list:filter.title")}
          isPressed={showsFilter || isNarrowed}
          onClick={() => setShowsFilter(!showsFilter)}
        >
          <IconFilter size={16} stroke={1.5} aria-hidden />
        </ToolButton>
        {canPick && (
          <ToolButton
            label={t("list:pick")}
            isPressed={picks !== null}
            onClick={() => setPicks(picks === null ? NO_PICKS : null)}
          >
            <IconChecklist size={16} stroke={1.5} aria-hidden />
          </ToolButton>
        )}
      </div>
      {showsFilter && (
        <FilterFields
          filter={filter}
          isInView={isInView}
          labels={document.labels}
          inText={inText}
          onFilter={onFilter}
          onInView={setIsInView}
        />
      )}
      {!isComplete &&
        [80, 64, 72, 58].map((width) => (
          <Skeleton key={width} height={13} width={`${width}%`} mx={20} my={12} />
        ))}
      {isComplete && listed.length === 0 && (
        <div className={css.empty}>
          <Nothing {...props} isNarrowed={isNarrowed} onShowAll={showAll} />
        </div>
      )}
      <AnnotationRows
        entries={listed}
        labels={labels}
        discussions={discussions}
        picked={picks?.ids ?? null}
        inView={inView}
        onSelect={onSelect}
        onPick={(id, isRange) => setPicks(pick(picks ?? NO_PICKS, listed, id, isRange))}
        onPickAll={pickAll}
        onHover={onHover}
      />
      {picks === null && isComplete && rights.canAnnotate && <DeletedAnnotations {...props} />}
      {picks !== null && (
        <BulkBar
          {...props}
          picked={picked}
          listed={listed.length}
          onPickAll={pickAll}
          onPickNone={() => setPicks(NO_PICKS)}
          onSay={onSay}
          onDone={(words) => {
            setPicks(NO_PICKS);
            onSay(words);
          }}
        />
      )}
    </>
  );
}

/** Why the list is empty and what can be done about it. */
function Nothing({
  inText,
  rights,
  isNarrowed,
  onShowAll,
}: AnnotationsPanelProps & { isNarrowed: boolean; onShowAll: () => void }) {
  if (inText.length === 0) {
    return (
      <p>
        {t("list:empty.none")}
        {rights.canAnnotate && ` ${t("list:empty.how")}`}
      </p>
    );
  }
  if (!isNarrowed) return <p>{t("list:empty.greyed")}</p>;
  return (
    <>
      <p>{t("list:empty.filtered")}</p>
      <Button size="xs" variant="default" onClick={onShowAll}>
        {t("list:empty.showAll", { count: inText.length })}
      </Button>
    </>
  );
}
