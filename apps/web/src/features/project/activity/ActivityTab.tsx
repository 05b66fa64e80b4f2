// Who did what when in a project: by days and runs, narrowed down by the address, new ones offered at the top.
import { Button, Skeleton } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { describeError } from "../../../apollo/error-message.ts";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { ErrorState, InlineError } from "../../../ui/ErrorState.tsx";
import { usePageTitle } from "../../../ui/usePageTitle.ts";
import { LOCALE, t } from "../../../words/words.ts";
import { useProject } from "../project-head.ts";
import { ActivityFields } from "./ActivityFields.tsx";
import classes from "./ActivityTab.module.css";
import {
  type ActivityFilter,
  filterFromAddress,
  filterToAddress,
  filterToInput,
  isFiltering,
  NO_FILTER,
} from "./activity-filter.ts";
import { groupActs, localDate } from "./activity-runs.ts";
import { RunRow } from "./RunRow.tsx";
import { useActivity } from "./useActivity.ts";

export function ActivityTab() {
  const project = useProject();
  usePageTitle(t("activity:title"), project.name);
  const [parameters, setParameters] = useSearchParams();
  const filter = filterFromAddress(parameters);
  const onFilter = (next: ActivityFilter) =>
    setParameters(filterToAddress(next), { replace: true, preventScrollReset: true });
  return (
    <div className={classes.page}>
      <ActivityFields projectId={project.id} filter={filter} onFilter={onFilter} />
      {/* Another filter is another list: nothing of the last one may stand in it. */}
      <Listed key={filterToAddress(filter).toString()} filter={filter} onFilter={onFilter} />
    </div>
  );
}

interface ListedProps {
  readonly filter: ActivityFilter;
  readonly onFilter: (filter: ActivityFilter) => void;
}

function Listed({ filter, onFilter }: ListedProps) {
  const project = useProject();
  const wanted = filterToAddress(filter).toString();
  const input = useMemo(
    () => filterToInput(filterFromAddress(new URLSearchParams(wanted)), new Date()),
    [wanted],
  );
  const { pages, error, isReadingMore, readMore, showNew, retry } = useActivity(project.id, input);
  const acts = pages?.acts;
  const days = useMemo(() => groupActs(acts ?? []), [acts]);
  const waiting = pages?.waiting.length ?? 0;
  if (pages === null) {
    return error ? (
      <ErrorState {...describeError(error)} title={t("activity:error.title")} onRetry={retry} />
    ) : (
      <ActivitySkeleton />
    );
  }
  return (
    <>
      {/* There before there is anything to say, so that it is announced. */}
      <div className={classes.new} role="status">
        {waiting > 0 && (
          <Button
            variant="filled"
            size="xs"
            leftSection={<IconArrowUp size={14} stroke={2} aria-hidden />}
            onClick={showNew}
          >
            {pages.instead
              ? t("activity:new.showMany", { count: waiting })
              : t("activity:new.show", { count: waiting })}
          </Button>
        )}
      </div>
      {pages.acts.length === 0 && <Nothing filter={filter} onFilter={onFilter} />}
      {days.map(({ date, runs }) => (
        <section key={date} className={classes.day}>
          <h2>{dayName(date)}</h2>
          <ul>
            {runs.map((run) => (
              <RunRow key={run.id} run={run} projectId={project.id} />
            ))}
          </ul>
        </section>
      ))}
      {error !== null && (
        <InlineError message={t("activity:error.more", { reason: describeError(error).message })} />
      )}
      {pages.hasMore && (
        <Button className={classes.more} variant="default" loading={isReadingMore} onClick={readMore}>
          {t("activity:earlier")}
        </Button>
      )}
      {!pages.hasMore && pages.acts.length > 0 && !isFiltering(filter) && (
        <p className={classes.end}>{t("activity:end")}</p>
      )}
    </>
  );
}

function Nothing({ filter, onFilter }: ListedProps) {
  if (!isFiltering(filter))
    return <EmptyState title={t("activity:empty.nothing")}>{t("activity:empty.nothingHint")}</EmptyState>;
  return (
    <EmptyState
      title={t("activity:empty.filtered")}
      action={
        <Button variant="default" onClick={() => onFilter(NO_FILTER)}>
          {t("activity:empty.showAll")}
        </Button>
      }
    >
      {t("activity:empty.filteredHint")}
    </EmptyState>
  );
}

function dayName(date: string): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const now = new Date();
  if (date === localDate(now)) return t("activity:day.today");
  if (date === localDate(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)))
    return t("activity:day.yesterday");
  return new Date(year, month - 1, day).toLocaleDateString(LOCALE, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(year !== now.getFullYear() && { year: "numeric" }),
  });
}

const skeletonWidths = ["46%", "62%", "38%", "54%", "41%"];

function ActivitySkeleton() {
  return (
    <div className={classes.skeleton} aria-busy="true" role="status" aria-label={t("activity:reading")}>
      {skeletonWidths.map((width) => (
        <div key={width}>
          <Skeleton circle height={26} />
          <Skeleton height={14} width={width} />
        </div>
      ))}
    </div>
  );
}
