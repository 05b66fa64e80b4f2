// The first rows of a table, and above each column what it becomes.
import { NativeSelect } from "@mantine/core";
import { t } from "../../../words/words.ts";
import classes from "./AddDocumentsDialog.module.css";
import { type ColumnRole, roleOf, rolesFor, type TableColumns, withRole } from "./columns.ts";
import preview from "./ImportPreview.module.css";
import type { FoundTable } from "./job.ts";

const roleNames: Readonly<Record<ColumnRole, string>> = {
  text: t("import:columns.text"),
  title: t("import:columns.title"),
  sourceId: t("import:columns.sourceId"),
  language: t("import:columns.language"),
  metadata: t("import:columns.metadata"),
  none: t("import:columns.none"),
};

export interface ColumnTableProps {
  readonly table: FoundTable;
  readonly disabled: boolean;
  readonly onChange: (columns: TableColumns) => void;
}

export function ColumnTable({ table, disabled, onChange }: ColumnTableProps) {
  const { headings, chosen, rows } = table;
  return (
    <section aria-labelledby="columns">
      <h3 id="columns">{t("import:columns.heading")}</h3>
      <p className={classes.summary}>{t("import:columns.hint")}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className={preview.scroller} tabIndex={0} aria-label={t("import:columns.rows")}>
        <table className={preview.table}>
          <thead>
            <tr>
              {headings.map((heading) => (
                <th key={heading} scope="col">
                  <span title={heading} dir="auto">
                    {heading}
                  </span>
                  <NativeSelect
                    size="xs"
                    aria-label={t("import:columns.becomes", { heading })}
                    disabled={disabled}
                    data={[
                      ...(chosen === null ? [{ value: "", label: t("import:columns.undecided") }] : []),
                      ...rolesFor(chosen, heading).map((role) => ({ value: role, label: roleNames[role] })),
                    ]}
                    value={roleOf(chosen, heading) ?? ""}
                    onChange={(event) => {
                      const role = rolesFor(chosen, heading).find(
                        (each) => each === event.currentTarget.value,
                      );
                      if (role) onChange(withRole(chosen, headings, heading, role));
                    }}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...rows.entries()].map(([number, row]) => (
              <tr key={number}>
                {headings.map((heading, column) => (
                  <td key={heading} data-out={roleOf(chosen, heading) === "none" || undefined}>
                    <div dir="auto">{row[column] ?? ""}</div>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
