// The project's documents: find, sort, open, add.
import { Button, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { describeError } from "../../../apollo/error-message.ts";
import { isAtLeast } from "../../../frame/role.ts";
import { countOf, formatNumber } from "../../../ui/count.ts";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { ErrorState } from "../../../ui/ErrorState.tsx";
import { Kbd } from "../../../ui/Kbd.tsx";
import { usePageTitle } from "../../../ui/usePageTitle.ts";
import { mayManage, useProject } from "../project-head.ts";
import { AddDocumentsDialog } from "./AddDocumentsDialog.tsx";
import { DeletedDocuments } from "./DeletedDocuments.tsx";
import classes from "./DocumentsTab.module.css";
import { DocumentTable, TableSkeleton } from "./DocumentTable.tsx";
import { DropAnywhere } from "./DropAnywhere.tsx";
import { type Sort, sortFromParameter, sortToParameter } from "./document-order.ts";
import { DOCUMENT_VIEWS, type DocumentView, viewFromParameter, viewToParameter } from "./document-view.ts";
import { FirstSteps } from "./FirstSteps.tsx";
import { type Documents, useDocuments } from "./useDocuments.ts";
import { ViewMenu } from "./ViewMenu.tsx";

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
  const view = viewFromParameter(parameters.get("show"));
  const documents = useDocuments(project.id, { search, sort, archived: view === "archived" });
  // `null`: closed. Files are there already when they were dropped on the page.
  const [adding, setAdding] = useState<readonly File[] | null>(null);
  const mayEdit = mayManage(project);
  const archivedCount = project.archivedDocuments.totalCount;
  const deletedCount = project.deletedDocuments?.length ?? 0;
  const counts = {
    inUse: project.allDocuments.totalCount - archivedCount,
    archived: archivedCount,
    deleted: deletedCount,
  };
  const seesDeleted = isAtLeast(project.viewerRole, "CURATOR");
  const views = DOCUMENT_VIEWS.filter((each) => each !== "deleted" || seesDeleted);
  const hasViews = archivedCount + deletedCount > 0 || view !== "inUse";

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
  const isEmpty = view === "inUse" && documents.total === 0 && search === "";
  const add = (
    <Button leftSection={<IconPlus size={16} stroke={1.5} />} onClick={() => setAdding([])}>
      Add documents
    </Button>
  );
  return (
    <>
      <FirstSteps projectId={project.id} document={(view === "inUse" && documents.rows[0]) || null} />
      {(!isEmpty || hasViews) && (
        <div className={classes.tools}>
          {!isEmpty && <SearchField value={search} onChange={(value) => setParameter("q", value)} />}
          {hasViews && (
            <ViewMenu
              view={view}
              views={views}
              counts={counts}
              onChange={(next) => setParameter("show", viewToParameter(next))}
            />
          )}
          <span className={classes.status} role="status">
            {view !== "deleted" && statusWords(documents, search)}
          </span>
          {!isEmpty && mayEdit && add}
        </div>
      )}
      <div className={classes.content}>
        {view === "deleted" ? (
          <DeletedDocuments projectId={project.id} search={search} mayRestore={mayEdit} />
        ) : (
          <Listed
            documents={documents}
            view={view}
            search={search}
            sort={sort}
            add={mayEdit && add}
            mayEdit={mayEdit}
            setParameter={setParameter}
          />
        )}
      </div>
      {mayEdit && <DropAnywhere onFiles={setAdding} />}
      {adding && <AddDocumentsDialog project={project} files={adding} onClose={() => setAdding(null)} />}
    </>
  );
}

interface ListedProps {
  readonly documents: Documents;
  readonly view: Exclude<DocumentView, "deleted">;
  readonly search: string;
  readonly sort: Sort | null;
  /** The button that adds documents, for who may. */
  readonly add: ReactNode;
  readonly mayEdit: boolean;
  readonly setParameter: (name: string, value: string | null) => void;
}

function Listed({ documents, view, search, sort, add, mayEdit, setParameter }: ListedProps) {
  const shown = documents.error && !documents.total ? describeError(documents.error) : null;
  return (
    <>
      {shown && <ErrorState {...shown} title="The documents could not be read" onRetry={documents.retry} />}
      {!shown && documents.total === null && <TableSkeleton />}
      {documents.total === 0 && search === "" && view === "inUse" && (
        <EmptyState title="No documents yet" action={add}>
          {mayEdit
            ? "Paste a text, or drop .txt and .md files or an exported corpus anywhere on this page."
            : "Nothing has been added so far. A curator or an owner can add texts."}
        </EmptyState>
      )}
      {documents.total === 0 && search === "" && view === "archived" && (
        <EmptyState title="Nothing archived">
          An archived document can be read and exported; nothing on it changes until it is taken out again.
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
          isArchive={view === "archived"}
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
      {documents.rows.length > 0 && mayEdit && view === "inUse" && (
        <p className={classes.foot}>Drop files anywhere on this page, or paste a text to add it.</p>
      )}
    </>
  );
}

function statusWords({ rows, total, isSortIncomplete, loaded }: Documents, search: string): string {
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
