// A document's metadata, name by name.
import { ActionIcon, Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { t } from "../../../words/words.ts";
import classes from "./MetadataFields.module.css";
import { addRow, type MetadataRow, type RowProblem } from "./metadata-rows.ts";

export interface MetadataFieldsProps {
  readonly rows: readonly MetadataRow[];
  readonly problems: ReadonlyMap<number, RowProblem>;
  readonly onChange: (rows: readonly MetadataRow[]) => void;
}

export function MetadataFields({ rows, problems, onChange }: MetadataFieldsProps) {
  const list = useRef<HTMLUListElement>(null);
  const count = useRef(rows.length);
  useEffect(() => {
    // One who adds a name goes on by typing it.
    if (rows.length > count.current)
      list.current?.querySelector<HTMLInputElement>("li:last-child input")?.focus();
    count.current = rows.length;
  }, [rows.length]);
  const replace = (changed: MetadataRow) =>
    onChange(rows.map((row) => (row.id === changed.id ? changed : row)));
  return (
    <fieldset className={classes.fields}>
      <legend>{t("documents:metadata.title")}</legend>
      <p className={classes.hint}>{t("documents:metadata.hint")}</p>
      {rows.length > 0 && (
        <ul ref={list}>
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              problem={problems.get(row.id) ?? null}
              onChange={replace}
              onRemove={() => onChange(rows.filter(({ id }) => id !== row.id))}
            />
          ))}
        </ul>
      )}
      <Button
        variant="subtle"
        size="xs"
        className={classes.add ?? ""}
        leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />}
        onClick={() => onChange(addRow(rows))}
      >
        {t("documents:metadata.add")}
      </Button>
    </fieldset>
  );
}

interface RowProps {
  readonly row: MetadataRow;
  readonly problem: RowProblem | null;
  readonly onChange: (row: MetadataRow) => void;
  readonly onRemove: () => void;
}

function Row({ row, problem, onChange, onRemove }: RowProps) {
  const name = row.key.trim() === "" ? t("documents:metadata.newField") : row.key;
  return (
    <li className={classes.row}>
      <TextInput
        className={classes.key ?? ""}
        aria-label={t("documents:metadata.nameLabel")}
        placeholder={t("documents:metadata.name")}
        value={row.key}
        error={problem?.of === "key" ? problem.message : undefined}
        onChange={(event) => onChange({ ...row, key: event.currentTarget.value })}
      />
      <Textarea
        className={classes.value ?? ""}
        aria-label={t("documents:metadata.valueOf", { name })}
        autosize
        minRows={1}
        maxRows={6}
        dir="auto"
        spellCheck={row.kind === "text"}
        data-json={row.kind === "json" || undefined}
        value={row.value}
        error={problem?.of === "value" ? problem.message : undefined}
        onChange={(event) => onChange({ ...row, value: event.currentTarget.value })}
      />
      <NativeSelect
        className={classes.kind ?? ""}
        aria-label={t("documents:metadata.kindOf", { name })}
        data={[
          { value: "text", label: t("documents:metadata.text") },
          { value: "json", label: t("documents:metadata.json") },
        ]}
        value={row.kind}
        onChange={(event) =>
          onChange({ ...row, kind: event.currentTarget.value === "json" ? "json" : "text" })
        }
      />
      <ActionIcon
        className={classes.remove ?? ""}
        aria-label={t("documents:metadata.remove", { name })}
        onClick={onRemove}
      >
        <IconX size={16} stroke={1.5} aria-hidden />
      </ActionIcon>
    </li>
  );
}
