// What the activity can be narrowed down by.

import { useQuery } from "@apollo/client/react";
import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { t } from "../../../words/words.ts";
import classes from "./ActivityTab.module.css";
import {
  type ActivityFilter,
  DEED_GROUPS,
  groupName,
  isFiltering,
  NO_FILTER,
  spanName,
  TIME_SPANS,
} from "./activity-filter.ts";
import { ACTIVITY_DOCUMENT, ACTIVITY_DOCUMENTS, ACTIVITY_PEOPLE } from "./activity-operations.ts";
import { localDate } from "./activity-runs.ts";

const SEARCH_DELAY_MS = 220;
/** The choice that brings the two fields for days. */
const DAYS = "days";

export interface ActivityFieldsProps {
  readonly projectId: string;
  readonly filter: ActivityFilter;
  readonly onFilter: (filter: ActivityFilter) => void;
}

export function ActivityFields({ projectId, filter, onFilter }: ActivityFieldsProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame and wants a legend
    <div className={classes.fields} role="group" aria-label={t("activity:filter.name")}>
      <PersonField projectId={projectId} filter={filter} onFilter={onFilter} />
      <Select
        aria-label={t("activity:filter.kind")}
        placeholder={t("activity:filter.anything")}
        clearable
        data={DEED_GROUPS.map((group) => ({ value: group, label: groupName(group) }))}
        value={filter.group}
        onChange={(value) =>
          onFilter({ ...filter, group: DEED_GROUPS.find((group) => group === value) ?? null })
        }
      />
      <DocumentField projectId={projectId} filter={filter} onFilter={onFilter} />
      <TimeFields projectId={projectId} filter={filter} onFilter={onFilter} />
      {isFiltering(filter) && (
        <Button variant="subtle" onClick={() => onFilter(NO_FILTER)}>
          {t("activity:filter.clear")}
        </Button>
      )}
    </div>
  );
}

function PersonField({ projectId, filter, onFilter }: ActivityFieldsProps) {
  const { data } = useQuery(ACTIVITY_PEOPLE, { variables: { projectId } });
  const members = data?.project?.members.map(({ user }) => ({ value: user.id, label: user.name })) ?? [];
  const isUnknown = filter.personId !== null && !members.some(({ value }) => value === filter.personId);
  const former =
    isUnknown && data && filter.personId
      ? [{ value: filter.personId, label: t("activity:filter.former") }]
      : [];
  return (
    <Select
      aria-label={t("activity:filter.person")}
      placeholder={t("activity:filter.anybody")}
      clearable
      searchable={members.length > 8}
      data={[...members, ...former]}
      value={filter.personId}
      onChange={(personId) => onFilter({ ...filter, personId })}
    />
  );
}

function DocumentField({ projectId, filter, onFilter }: ActivityFieldsProps) {
  const [typed, setTyped] = useState("");
  const [query] = useDebouncedValue(typed, SEARCH_DELAY_MS);
  const chosen = useQuery(ACTIVITY_DOCUMENT, {
    variables: { id: filter.documentId ?? "" },
    skip: filter.documentId === null,
  }).data?.document;
  const wanted = query === chosen?.title ? "" : query;
  const { data, previousData } = useQuery(ACTIVITY_DOCUMENTS, {
    variables: { projectId, query: wanted === "" ? null : wanted },
  });
  const found = (data ?? previousData)?.project?.documents.nodes ?? [];
  const options = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
  return (
    <Select
      className={classes.document ?? ""}
      aria-label={t("activity:filter.document")}
      placeholder={t("activity:filter.anyDocument")}
      nothingFoundMessage={t("activity:filter.noDocument")}
      clearable
      searchable
      data={options.map(({ id, title }) => ({ value: id, label: title }))}
      // The server has searched already.
      filter={({ options: all }) => all}
      searchValue={typed}
      onSearchChange={setTyped}
      value={chosen ? filter.documentId : null}
      onChange={(documentId) => onFilter({ ...filter, documentId })}
    />
  );
}

function TimeFields({ filter, onFilter }: ActivityFieldsProps) {
  const [asksDays, setAsksDays] = useState(false);
  const hasDays = filter.from !== null || filter.to !== null || (asksDays && filter.span === null);
  return (
    <>
      <Select
        aria-label={t("activity:filter.time")}
        placeholder={t("activity:filter.anyTime")}
        clearable
        data={[
          ...TIME_SPANS.map((span) => ({ value: span, label: spanName(span) })),
          { value: DAYS, label: t("activity:filter.days") },
        ]}
        value={hasDays ? DAYS : filter.span}
        onChange={(value) => {
          setAsksDays(value === DAYS);
          const span = TIME_SPANS.find((each) => each === value) ?? null;
          onFilter({ ...filter, span, from: null, to: null });
        }}
      />
      {hasDays && (
        <>
          <TextInput
            className={classes.day ?? ""}
            type="date"
            aria-label={t("activity:filter.from")}
            max={filter.to ?? localDate(new Date())}
            value={filter.from ?? ""}
            onChange={(event) => onFilter({ ...filter, from: event.currentTarget.value || null })}
          />
          <span className={classes.dash} aria-hidden>
            –
          </span>
          <TextInput
            className={classes.day ?? ""}
            type="date"
            aria-label={t("activity:filter.to")}
            min={filter.from ?? undefined}
            value={filter.to ?? ""}
            onChange={(event) => onFilter({ ...filter, to: event.currentTarget.value || null })}
          />
        </>
      )}
    </>
  );
}
