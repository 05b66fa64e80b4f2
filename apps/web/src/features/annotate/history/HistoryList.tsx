// All that was done to the annotation, each with what it changed and a way back to how it was then.
import { Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { RelativeTime } from "../../../ui/RelativeTime.tsx";
import { t } from "../../../words/words.ts";
import type { AnnotationDetailProps } from "../AnnotationDetail.tsx";
import { fieldWords } from "../field-words.ts";
import inspector from "../inspector.module.css";
import { differences, isSameContent, patchOf } from "../model/fields.ts";
import css from "./history.module.css";
import { type HistoryRow, historyRows } from "./history-rows.ts";
import { useHistory } from "./useHistory.ts";

const PAGE = 20;

function Changes({ row, document, labels }: AnnotationDetailProps & { readonly row: HistoryRow }) {
  const { fields, before, after } = row;
  if (before === null || after === null || fields.length === 0) return null;
  return (
    <dl className={css.changes}>
      {fields.map((name) => {
        const [title, was] = fieldWords(name, before, { document, labels });
        return (
          <div key={name}>
            <dt>{title}</dt>
            <dd dir="auto">
              <del>{was}</del> <span aria-hidden>→</span>{" "}
              <ins>{fieldWords(name, after, { document, labels })[1]}</ins>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function wordsOf({ kind, author, relation }: HistoryRow, props: AnnotationDetailProps): string {
  const { entry, workbench, document } = props;
  const name = author.id === workbench.viewer.id ? t("history:you") : author.name;
  switch (kind) {
    case "CREATED":
      return t("history:made", { name });
    case "CHANGED":
      return t("history:changed", { name });
    case "DELETED":
      return t("history:deleted", { name });
    case "RESTORED":
      return t("history:restored", { name });
    case "RELATED": {
      const isOutgoing = relation?.sourceId === entry.id;
      const other = workbench.get((isOutgoing ? relation?.targetId : relation?.sourceId) ?? "");
      const type = document.relationTypes.find(({ id }) => id === relation?.typeId)?.name ?? "";
      return t("history:related", {
        name,
        type: isOutgoing ? `→ ${type}` : `← ${type}`,
        quote: other?.quote,
      });
    }
  }
}

export function HistoryList(props: AnnotationDetailProps) {
  const { entry, workbench, rights, onSay } = props;
  const [first, setFirst] = useState(PAGE);
  const { events, hasMore, error, retry } = useHistory(entry, first);
  if (events === null) {
    if (error === null) return <Skeleton height={13} width="70%" my={6} aria-label={t("history:reading")} />;
    return (
      <p className={inspector.hintInline} role="alert">
        {error.message}{" "}
        <Button size="compact-xs" variant="default" onClick={retry}>
          {t("history:again")}
        </Button>
      </p>
    );
  }
  const relations = workbench.relationsOf(entry.id);
  const restore = (row: HistoryRow) => {
    if (row.after === null) return;
    workbench.update(entry.id, patchOf(differences(entry, row.after), row.after, entry));
    onSay(t("history:isAsThen"));
  };
  return (
    <>
      <ol className={css.rows} aria-label={t("history:title")}>
        {historyRows({ events, hasMore, annotation: entry, relations }).map((row) => (
          <li key={row.key}>
            <p className={inspector.line}>
              <span dir="auto">{wordsOf(row, props)}</span>
              <RelativeTime at={row.at} />
            </p>
            <Changes {...props} row={row} />
            {rights.canChange(entry) && row.after !== null && !isSameContent(row.after, entry) && (
              <Button
                size="compact-xs"
                variant="subtle"
                className={css.restore ?? ""}
                onClick={() => restore(row)}
              >
                {t("history:restore")}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {hasMore && (
        <Button
          size="xs"
          variant="subtle"
          className={css.restore ?? ""}
          onClick={() => setFirst(first + PAGE)}
        >
          {t("history:earlier")}
        </Button>
      )}
    </>
  );
}
