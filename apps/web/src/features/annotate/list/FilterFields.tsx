// What the list can be narrowed down by.
import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useMemo } from "react";
import { t } from "../../../words/words.ts";
import type { Label, Person } from "../model/entities.ts";
import type { Entry } from "../model/entries.ts";
import css from "./list.module.css";
import { isFiltering, type ListFilter, NO_FILTER } from "./list-filter.ts";

export interface FilterFieldsProps {
  readonly filter: ListFilter;
  readonly isInView: boolean;
  readonly labels: readonly Label[];
  readonly inText: readonly Entry[];
  readonly onFilter: (filter: ListFilter) => void;
  readonly onInView: (isInView: boolean) => void;
}

function authorsOf(inText: readonly Entry[]): Person[] {
  const found = new Map(inText.map(({ createdBy }) => [createdBy.id, createdBy]));
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}

const oneOf = (id: string | null) => (id === null ? [] : [id]);

export function FilterFields({ filter, isInView, labels, inText, onFilter, onInView }: FilterFieldsProps) {
  const authors = useMemo(() => authorsOf(inText), [inText]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame and wants a legend
    <div className={css.filter} role="group" aria-label={t("list:filter.title")}>
      <TextInput
        className={css.wide ?? ""}
        size="xs"
        type="search"
        aria-label={t("list:filter.text")}
        placeholder={t("list:filter.text")}
        leftSection={<IconSearch size={14} stroke={1.5} aria-hidden />}
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
      />
      <Select
        size="xs"
        aria-label={t("list:filter.label")}
        placeholder={t("list:filter.anyLabel")}
        clearable
        data={labels.map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.labelIds[0] ?? null}
        onChange={(id) => onFilter({ ...filter, labelIds: oneOf(id) })}
      />
      <Select
        size="xs"
        aria-label={t("list:filter.author")}
        placeholder={t("list:filter.anybody")}
        clearable
        data={authors.map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.authorIds[0] ?? null}
        onChange={(id) => onFilter({ ...filter, authorIds: oneOf(id) })}
      />
      <Checkbox
        size="sm"
        label={t("list:filter.inView")}
        checked={isInView}
        onChange={(event) => onInView(event.currentTarget.checked)}
      />
      <Checkbox
        size="sm"
        label={t("list:filter.discussed")}
        checked={filter.isDiscussed}
        onChange={(event) => onFilter({ ...filter, isDiscussed: event.currentTarget.checked })}
      />
      <Checkbox
        size="sm"
        label={t("discussion:mentionsMe")}
        checked={filter.mentionsMe}
        onChange={(event) => onFilter({ ...filter, mentionsMe: event.currentTarget.checked })}
      />
      {(isFiltering(filter) || isInView) && (
        <Button
          className={css.wide ?? ""}
          size="xs"
          variant="default"
          onClick={() => {
            onFilter(NO_FILTER);
            onInView(false);
          }}
        >
          {t("list:filter.showAll")}
        </Button>
      )}
    </div>
  );
}
