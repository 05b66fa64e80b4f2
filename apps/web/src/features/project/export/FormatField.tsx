// Which format, by what it is for, and which of its tables.
import { SegmentedControl, Select, Skeleton } from "@mantine/core";
import { t } from "../../../words/words.ts";
import { type FileFormat, FORMAT_GROUPS, type FormatGroup, groupOf } from "../file-formats.ts";
import tab from "../tab.module.css";
import classes from "./ExportTab.module.css";
import { type ExportChoice, TABLES, type Table } from "./export-choice.ts";

const groupNames: Readonly<Record<FormatGroup, string>> = {
  concord: t("export:group.concord"),
  tables: t("export:group.tables"),
  tools: t("export:group.tools"),
};

const purposes: Readonly<Record<string, string>> = {
  json: t("export:purpose.json"),
  ndjson: t("export:purpose.ndjson"),
  csv: t("export:purpose.csv"),
  tsv: t("export:purpose.tsv"),
  xlsx: t("export:purpose.xlsx"),
  brat: t("export:purpose.brat"),
  doccano: t("export:purpose.doccano"),
  conll: t("export:purpose.conll"),
  conllu: t("export:purpose.conllu"),
  uima: t("export:purpose.uima"),
  w3c: t("export:purpose.w3c"),
  labelstudio: t("export:purpose.labelstudio"),
};

const tableNames: Readonly<Record<Table, { readonly name: string; readonly words: string }>> = {
  documents: { name: t("export:table.documents"), words: t("export:table.documentsWords") },
  annotations: { name: t("export:table.annotations"), words: t("export:table.annotationsWords") },
  statements: { name: t("export:table.statements"), words: t("export:table.statementsWords") },
};

export interface FormatFieldProps {
  /** Null until known. */
  readonly formats: readonly FileFormat[] | null;
  readonly choice: ExportChoice;
  readonly onChange: (choice: ExportChoice) => void;
  readonly disabled: boolean;
}

export function FormatField({ formats, choice, onChange, disabled }: FormatFieldProps) {
  if (formats === null) return <Skeleton height={58} maw={420} aria-label={t("export:format.reading")} />;
  const chosen = formats.find(({ id }) => id === choice.format);
  return (
    <>
      <Select
        className={classes.format ?? ""}
        aria-labelledby="format"
        allowDeselect={false}
        disabled={disabled}
        comboboxProps={{ withinPortal: false }}
        withScrollArea={false}
        classNames={{ options: classes.options ?? "" }}
        data={FORMAT_GROUPS.map((group) => ({
          group: groupNames[group],
          items: formats
            .filter((format) => groupOf(format) === group)
            .map(({ id, name }) => ({ value: id, label: name })),
        }))}
        renderOption={({ option }) => (
          <span className={classes.option}>
            <b>{option.label}</b>
            <span>{purposes[option.value]}</span>
          </span>
        )}
        value={chosen ? choice.format : null}
        placeholder={t("export:format.choose")}
        onChange={(format) => format !== null && onChange({ ...choice, format })}
      />
      {chosen && (
        <p className={tab.note}>
          {purposes[chosen.id]} {chosen.isBundle && t("export:format.bundle")}
        </p>
      )}
      {chosen?.tables && (
        <div className={classes.table}>
          <SegmentedControl
            aria-label={t("export:table.name")}
            value={choice.table}
            onChange={(table) => onChange({ ...choice, table })}
            disabled={disabled}
            data={TABLES.map((table) => ({ value: table, label: tableNames[table].name }))}
          />
          <p className={tab.note}>{tableNames[choice.table].words}</p>
        </div>
      )}
    </>
  );
}
