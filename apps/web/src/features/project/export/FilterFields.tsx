// What of the project goes into the file; everything where nothing is chosen.
import { useApolloClient, useQuery } from "@apollo/client/react";
import { Button, Checkbox, MultiSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useId, useState } from "react";
import { statusName } from "../../../frame/work-status/work-status.ts";
import { t } from "../../../words/words.ts";
import { localDate } from "../activity/activity-runs.ts";
import { useProject } from "../project-head.ts";
import classes from "./ExportTab.module.css";
import { type ExportChoice, isNarrowed, STATUSES, widened } from "./export-choice.ts";
import { EXPORT_DOCUMENT, EXPORT_DOCUMENTS, EXPORT_WORDS } from "./export-operations.ts";

const SEARCH_DELAY_MS = 220;
/** Beyond so many a list is searched. */
const MANY = 8;

/** A list within the page, which scrolls itself. */
const LIST = {
  comboboxProps: { withinPortal: false },
  withScrollArea: false,
  classNames: { options: classes.options ?? "" },
} as const;

export interface FilterFieldsProps {
  readonly choice: ExportChoice;
  readonly onChange: (choice: ExportChoice) => void;
  readonly disabled: boolean;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

/** What is chosen stands among the options, also where the project has no such thing (any more). */
function withChosen(options: readonly Option[], chosen: readonly string[], unknown: string): Option[] {
  const missing = chosen.filter((value) => !options.some((option) => option.value === value));
  return [...options, ...missing.map((value) => ({ value, label: unknown }))];
}

export function FilterFields({ choice, onChange, disabled }: FilterFieldsProps) {
  const project = useProject();
  const archivedCount = project.archivedDocuments.totalCount;
  const { data } = useQuery(EXPORT_WORDS, { variables: { projectId: project.id } });
  const labels = data?.project?.labels.map(({ key, name }) => ({ value: key, label: name })) ?? [];
  const people = data?.project?.members.map(({ user }) => ({ value: user.id, label: user.name })) ?? [];
  const change = (part: Partial<ExportChoice>) => onChange({ ...choice, ...part });
  return (
    <>
      <div className={classes.filters}>
        <DocumentsField choice={choice} onChange={onChange} disabled={disabled} />
        <MultiSelect
          {...LIST}
          label={t("export:filter.status")}
          placeholder={choice.statuses.length === 0 ? t("export:filter.anyStatus") : ""}
          clearable
          disabled={disabled}
          data={STATUSES.map((value) => ({ value, label: statusName(value) }))}
          value={[...choice.statuses]}
          onChange={(statuses) => change({ statuses: STATUSES.filter((each) => statuses.includes(each)) })}
        />
        <MultiSelect
          {...LIST}
          label={t("export:filter.labels")}
          placeholder={choice.labels.length === 0 ? t("export:filter.anyLabel") : ""}
          clearable
          searchable={labels.length > MANY}
          disabled={disabled}
          data={withChosen(labels, choice.labels, t("unknownLabel"))}
          value={[...choice.labels]}
          onChange={(next) => change({ labels: next })}
        />
        <MultiSelect
          {...LIST}
          label={t("export:filter.people")}
          placeholder={choice.annotators.length === 0 ? t("export:filter.anybody") : ""}
          clearable
          searchable={people.length > MANY}
          disabled={disabled}
          data={withChosen(people, choice.annotators, t("export:filter.former"))}
          value={[...choice.annotators]}
          onChange={(annotators) => change({ annotators })}
        />
        <DayFields choice={choice} onChange={onChange} disabled={disabled} />
      </div>
      {(archivedCount > 0 || choice.leavesOutArchived) && (
        <Checkbox
          label={t("export:filter.withoutArchived", { count: archivedCount })}
          checked={choice.leavesOutArchived}
          disabled={disabled}
          onChange={(event) => change({ leavesOutArchived: event.currentTarget.checked })}
        />
      )}
      {isNarrowed(choice) && (
        <Button
          variant="subtle"
          size="xs"
          className={classes.clear ?? ""}
          disabled={disabled}
          onClick={() => onChange(widened(choice))}
        >
          {t("export:filter.clear")}
        </Button>
      )}
    </>
  );
}

function DocumentsField({ choice, onChange, disabled }: FilterFieldsProps) {
  const project = useProject();
  const [typed, setTyped] = useState("");
  const [query] = useDebouncedValue(typed, SEARCH_DELAY_MS);
  const titles = useTitles(choice.documents);
  const { data, previousData } = useQuery(EXPORT_DOCUMENTS, {
    variables: { projectId: project.id, query: query === "" ? null : query },
  });
  const found = (data ?? previousData)?.project?.documents.nodes ?? [];
  const chosen = choice.documents.map((id) => ({
    value: id,
    label: titles.get(id) ?? t("export:filter.someDocument"),
  }));
  const others = found.filter(({ id }) => !choice.documents.includes(id));
  return (
    <MultiSelect
      {...LIST}
      className={classes.documents ?? ""}
      label={t("export:filter.documents")}
      placeholder={choice.documents.length === 0 ? t("export:filter.allDocuments") : ""}
      nothingFoundMessage={t("export:filter.noDocument")}
      clearable
      searchable
      hidePickedOptions
      disabled={disabled}
      data={[...chosen, ...others.map(({ id, title }) => ({ value: id, label: title }))]}
      // The server has searched already.
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      value={[...choice.documents]}
      onChange={(documents) => onChange({ ...choice, documents })}
    />
  );
}

/** What chosen documents are called; one that is gone has no title. */
function useTitles(ids: readonly string[]): ReadonlyMap<string, string> {
  const client = useApolloClient();
  const [titles, setTitles] = useState<ReadonlyMap<string, string>>(new Map());
  const wanted = ids.join(" ");
  useEffect(() => {
    let isCurrent = true;
    const read = async () => {
      const answers = await Promise.all(
        wanted
          .split(" ")
          .filter((id) => id !== "")
          .map((id) => client.query({ query: EXPORT_DOCUMENT, variables: { id } })),
      );
      const documents = answers.flatMap(({ data }) => data?.document ?? []);
      if (isCurrent) setTitles(new Map(documents.map(({ id, title }) => [id, title])));
    };
    // Without an answer they stay without titles, which keeps nobody from exporting them.
    read().catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [client, wanted]);
  return titles;
}

function DayFields({ choice, onChange, disabled }: FilterFieldsProps) {
  const name = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame and wants a legend
    <div className={classes.days} role="group" aria-labelledby={name}>
      <span id={name}>{t("export:filter.changed")}</span>
      <TextInput
        type="date"
        aria-label={t("export:filter.from")}
        max={choice.to ?? localDate(new Date())}
        disabled={disabled}
        value={choice.from ?? ""}
        onChange={(event) => onChange({ ...choice, from: event.currentTarget.value || null })}
      />
      <span aria-hidden>–</span>
      <TextInput
        type="date"
        aria-label={t("export:filter.to")}
        min={choice.from ?? undefined}
        disabled={disabled}
        value={choice.to ?? ""}
        onChange={(event) => onChange({ ...choice, to: event.currentTarget.value || null })}
      />
    </div>
  );
}
