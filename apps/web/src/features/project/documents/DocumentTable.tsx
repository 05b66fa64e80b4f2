// The table of documents. A column that no document fills is left out; narrow windows keep what identifies a text.
import { Skeleton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { StatusFaces } from "../../../frame/work-status/StatusFaces.tsx";
import { countDone } from "../../../frame/work-status/work-status.ts";
import type { DocumentRow_DocumentFragment } from "../../../gql/graphql.ts";
import { formatNumber } from "../../../ui/count.ts";
import { RelativeTime } from "../../../ui/RelativeTime.tsx";
import { shortDate } from "../../../ui/relative-time.ts";
import { LOCALE, t } from "../../../words/words.ts";
import { DeleteDocumentDialog } from "./DeleteDocumentDialog.tsx";
import classes from "./DocumentTable.module.css";
import { dateOf, nextSort, type Sort, type SortKey, sourceOf } from "./document-order.ts";
import { EditDocumentDialog } from "./EditDocumentDialog.tsx";
import { languageName } from "./languages.ts";
import { NewVersionDialog } from "./NewVersionDialog.tsx";
import { type RowDialog, RowMenu } from "./RowMenu.tsx";

interface Column {
  readonly key: SortKey;
  readonly label: string;
  readonly isNumber?: boolean;
}

const columns: readonly Column[] = [
  { key: "title", label: t("documents:column.title") },
  { key: "source", label: t("documents:column.source") },
  { key: "date", label: t("documents:column.date") },
  { key: "language", label: t("documents:column.language") },
  { key: "length", label: t("documents:column.length"), isNumber: true },
  { key: "progress", label: t("status:picture.title") },
  { key: "annotations", label: t("documents:column.annotations"), isNumber: true },
  { key: "changed", label: t("documents:column.changed"), isNumber: true },
];

export interface DocumentTableProps {
  readonly documents: readonly DocumentRow_DocumentFragment[];
  readonly sort: Sort | null;
  readonly onSort: (sort: Sort | null) => void;
  readonly mayEdit: boolean;
  /** Whether these are archived ones. */
  readonly isArchive: boolean;
}

interface Opened {
  readonly dialog: RowDialog;
  readonly document: DocumentRow_DocumentFragment;
}

export function DocumentTable({ documents, sort, onSort, mayEdit, isArchive }: DocumentTableProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const hasSource = documents.some((document) => sourceOf(document) !== null);
  const hasDate = documents.some((document) => dateOf(document) !== null);
  const shown = columns.filter(({ key }) => (key !== "source" || hasSource) && (key !== "date" || hasDate));
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            {shown.map((column) => (
              <ColumnHead key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
            {mayEdit && (
              <th className={classes.actions}>
                <span className={classes.hidden}>{t("documents:column.actions")}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {documents.map((document) => (
            <tr key={document.id}>
              {shown.map(({ key }) => (
                <Cell key={key} column={key} document={document} />
              ))}
              {mayEdit && (
                <td className={classes.actions}>
                  <RowMenu
                    document={document}
                    isArchived={isArchive}
                    onOpen={(dialog) => setOpened({ dialog, document })}
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {opened?.dialog === "edit" && (
        <EditDocumentDialog document={opened.document} onClose={() => setOpened(null)} />
      )}
      {opened?.dialog === "delete" && (
        <DeleteDocumentDialog document={opened.document} onClose={() => setOpened(null)} />
      )}
      {opened?.dialog === "version" && (
        <NewVersionDialog document={opened.document} onClose={() => setOpened(null)} />
      )}
    </>
  );
}

interface ColumnHeadProps extends Pick<DocumentTableProps, "sort" | "onSort"> {
  readonly column: Column;
}

function ColumnHead({ column: { key, label, isNumber }, sort, onSort }: ColumnHeadProps) {
  const isSorted = sort?.key === key;
  const direction = isSorted ? (sort.descending ? "descending" : "ascending") : undefined;
  return (
    <th scope="col" aria-sort={direction} data-column={key} data-number={isNumber}>
      <button type="button" onClick={() => onSort(nextSort(sort, key))}>
        {label}
        <IconChevronDown
          className={classes.arrow}
          data-direction={direction}
          size={12}
          stroke={2}
          aria-hidden
        />
      </button>
    </th>
  );
}

function shownDate(date: string): string {
  const time = new Date(/^\d{4}-\d{2}-\d{2}$/u.test(date) ? `${date}T12:00:00` : date);
  return Number.isNaN(time.getTime())
    ? date
    : shortDate(time, time.getFullYear() === new Date().getFullYear(), LOCALE);
}

interface CellProps {
  readonly column: SortKey;
  readonly document: DocumentRow_DocumentFragment;
}

function Cell({ column, document }: CellProps) {
  switch (column) {
    case "title":
      return (
        <th scope="row" data-column="title">
          <Link
            to={`/documents/${document.id}`}
            dir="auto"
            lang={document.language ?? undefined}
            title={document.title}
          >
            {document.title}
          </Link>
        </th>
      );
    case "source": {
      const source = sourceOf(document);
      return (
        <td data-column="source" title={source ?? undefined}>
          <bdi>{source}</bdi>
        </td>
      );
    }
    case "date": {
      const date = dateOf(document);
      return <td data-column="date">{date && <span title={date}>{shownDate(date)}</span>}</td>;
    }
    case "language":
      return (
        <td data-column="language">
          {document.language && <abbr title={languageName(document.language)}>{document.language}</abbr>}
        </td>
      );
    case "length":
      return (
        <td data-column="length" data-number>
          {formatNumber(document.length)}
        </td>
      );
    case "progress":
      return (
        <td data-column="progress">
          {document.statuses.length > 0 && (
            <span className={classes.progress}>
              <StatusFaces statuses={document.statuses} />
              {countDone(document.statuses) > 0 && (
                <span>{t("status:doneCount", { done: formatNumber(countDone(document.statuses)) })}</span>
              )}
            </span>
          )}
        </td>
      );
    case "annotations":
      return (
        <td data-column="annotations" data-number data-one={document.annotationCount === 1 || undefined}>
          {document.annotationCount === 0 ? (
            <span className={classes.none}>–</span>
          ) : (
            formatNumber(document.annotationCount)
          )}
        </td>
      );
    case "changed":
      return (
        <td data-column="changed" data-number>
          <RelativeTime at={document.changedAt} />
        </td>
      );
  }
}

const skeletonWidths = ["52%", "38%", "44%", "30%", "60%", "41%"];

export function TableSkeleton() {
  return (
    <div className={classes.skeleton} aria-hidden="true">
      {skeletonWidths.map((width) => (
        <div key={width}>
          <Skeleton height={14} width={width} />
        </div>
      ))}
    </div>
  );
}
