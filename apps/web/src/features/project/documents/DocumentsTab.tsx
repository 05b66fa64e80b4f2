// The project's documents: find, sort, open, add.
import { Button, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { describeError } from "../../../apollo/error-message.ts";
import { isAtLeast } from "../../../frame/role.ts";
import { countOf, formatNumber } from "../../../ui/count.ts";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { ErrorState } from "../../../ui/ErrorState.tsx";
import { Kbd } from "../../../ui/Kbd.tsx";
import { usePageTitle } from "../../../ui/usePageTitle.ts";
import { useProject } from "../project-head.ts";
import { AddDocumentsDialog } from "./AddDocumentsDialog.tsx";
import classes from "./DocumentsTab.module.css";
import { DocumentTable, TableSkeleton } from "./DocumentTable.tsx";
import { DropAnywhere } from "./DropAnywhere.tsx";
import { sortFromParameter, sortToParameter } from "./document-order.ts";
import { FirstSteps } from "./FirstSteps.tsx";
import { ImportPanel } from "./ImportPanel.tsx";
import { useDocuments } from "./useDocuments.ts";

const SEARCH_DELAY_MS = 220;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, [contenteditable], [role=dialog]") !== null
  );
}

export function DocumentsTab() {
  const project = useProject();
  usePageTitle(project.name);
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.get("q") ?? "";
  const sort = sortFromParameter(parameters.get("sort"));
  const documents = useDocuments(project.id, search, sort);
  // `null`: closed. Files are there already when they were dropped on the page.
  const [adding, setAdding] = useState<readonly File[] | null>(null);
  const mayEdit = isAtLeast(project.viewerRole, "CURATOR");

  const setParameter = (name: string, value: string | null) =>
    setParameters(
      (present) => {
        const next = new URLSearchParams(present);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  const shown = documents.error && !documents.total ? describeError(documents.error) : null;
  const isEmpty = documents.total === 0 && search === "";
  const add = (
    <Button leftSection={<IconPlus size={16} stroke={1.5} />} onClick={() => setAdding([])}>
      Add documents
    </Button>
  );
  return (
    <>
      <FirstSteps projectId={project.id} document={documents.rows[0] ?? null} />
      {!isEmpty && (
        <div className={classes.tools}>
          <SearchField value={search} onChange={(value) => setParameter("q", value)} />
          <span className={classes.status} role="status">
            {statusWords(documents, search)}
          </span>
          {mayEdit && add}
        </div>
      )}
      <div className={classes.content}>
        {shown && <ErrorState {...shown} title="The documents could not be read" onRetry={documents.retry} />}
        {!shown && documents.total === null && <TableSkeleton />}
        {isEmpty && (
          <EmptyState title="No documents yet" action={mayEdit && add}>
            {mayEdit
              ? "Paste a text, or drop .txt and .md files anywhere on this page."
              : "Nothing has been added so far. A curator or an owner can add texts."}
          </EmptyState>
        )}
        {documents.total === 0 && search !== "" && (
          <EmptyState
            title="No title contains this"
            action={
              <Button variant="default" onClick={() => setParameter("q", null)}>
                Show all documents
              </Button>
            }
          >
            Looked for “{search}” in the titles.
          </EmptyState>
        )}
        {documents.rows.length > 0 && (
          <DocumentTable
            documents={documents.rows}
            sort={sort}
            onSort={(next) => setParameter("sort", sortToParameter(next))}
            mayEdit={mayEdit}
            onDeleted={documents.retry}
          />
        )}
        {documents.hasMore && (
          <Button
            className={classes.more}
            variant="default"
            loading={documents.isLoadingMore}
            onClick={documents.showMore}
          >
            Show more
          </Button>
        )}
        {documents.rows.length > 0 && mayEdit && (
          <p className={classes.foot}>Drop files anywhere on this page, or paste a text to add it.</p>
        )}
      </div>
      {mayEdit && <DropAnywhere onFiles={setAdding} />}
      {adding && (
        <AddDocumentsDialog
          projectId={project.id}
          files={adding}
          onAdded={documents.reload}
          onClose={() => setAdding(null)}
        />
      )}
      <ImportPanel projectId={project.id} onAdded={documents.reload} />
    </>
  );
}

function statusWords(
  { rows, total, isSortIncomplete, loaded }: ReturnType<typeof useDocuments>,
  search: string,
): string {
  if (total === null) return "";
  if (isSortIncomplete) return `Sorting: ${formatNumber(loaded)} of ${formatNumber(total)} read`;
  if (search !== "") return countOf(total, "match", "matches");
  return rows.length < total ? `${formatNumber(rows.length)} of ${formatNumber(total)}` : "";
}

function SearchField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const send = useDebouncedCallback(onChange, SEARCH_DELAY_MS);
  // The address may change by other means: the back button, "Show all documents".
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== typed.trim()) setTyped(value);
  }
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener("keydown", focus);
    return () => document.removeEventListener("keydown", focus);
  }, []);
  return (
    <search className={classes.search}>
      <TextInput
        ref={field}
        type="search"
        aria-label="Search titles"
        placeholder="Search titles"
        value={typed}
        leftSection={<IconSearch size={16} stroke={1.5} aria-hidden />}
        rightSection={typed === "" ? <Kbd>/</Kbd> : null}
        rightSectionPointerEvents="none"
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          send(event.currentTarget.value.trim());
        }}
      />
    </search>
  );
}
