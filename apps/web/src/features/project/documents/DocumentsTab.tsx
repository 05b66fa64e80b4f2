// The project's documents: find, sort, open, add.
import { Button, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { describeError } from "../../../apollo/error-message.ts";
import { isAtLeast } from "../../../frame/role.ts";
import { useSingleKeys } from "../../../frame/useSingleKeys.ts";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { ErrorState } from "../../../ui/ErrorState.tsx";
import { Kbd } from "../../../ui/Kbd.tsx";
import { usePageTitle } from "../../../ui/usePageTitle.ts";
import { t } from "../../../words/words.ts";
import { AddDocumentsDialog } from "../import/AddDocumentsDialog.tsx";
import { mayManage, useProject } from "../project-head.ts";
import { DeletedDocuments } from "./DeletedDocuments.tsx";
import classes from "./DocumentsTab.module.css";
import { DocumentTable, TableSkeleton } from "./DocumentTable.tsx";
import { DropAnywhere } from "./DropAnywhere.tsx";
import { type Sort, sortFromParameter, sortToParameter } from "./document-order.ts";
import { DOCUMENT_VIEWS, type DocumentView, viewFromParameter, viewToParameter } from "./document-view.ts";
import { FirstSteps } from "./FirstSteps.tsx";
import { ProgressMenu } from "./ProgressMenu.tsx";
import { ProgressPicture } from "./ProgressPicture.tsx";
import { type ProgressFilter, progressFromParameter, progressToParameter } from "./progress-filter.ts";
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
  const progress = progressFromParameter(parameters.get("progress"));
  const documents = useDocuments(project.id, { search, sort, progress, archived: view === "archived" });
  // `null`: closed. Files are on their way already when they were dropped on the page.
  const [adding, setAdding] = useState<{ readonly dropped: Promise<readonly File[]> | null } | null>(null);
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
    <Button leftSection={<IconPlus size={16} stroke={1.5} />} onClick={() => setAdding({ dropped: null })}>
      {t("import:add.title")}
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
          {!isEmpty && view !== "deleted" && (
            <ProgressMenu
              filter={progress}
              onChange={(next) => setParameter("progress", progressToParameter(next))}
            />
          )}
          <span className={classes.status} role="status">
            {view !== "deleted" && statusWords(documents, search, progress)}
          </span>
          {view === "inUse" && <ProgressPicture projectId={project.id} />}
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
      {mayEdit && <DropAnywhere onFiles={(dropped) => setAdding({ dropped })} />}
      {adding && <AddDocumentsDialog project={project} {...adding} onClose={() => setAdding(null)} />}
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
      {shown && <ErrorState {...shown} title={t("documents:unread")} onRetry={documents.retry} />}
      {!shown && documents.total === null && <TableSkeleton />}
      {documents.total === 0 && search === "" && view === "inUse" && (
        <EmptyState title={t("documents:empty.title")} action={add}>
          {t(mayEdit ? "documents:empty.mayAdd" : "documents:empty.mayNot")}
        </EmptyState>
      )}
      {documents.total === 0 && search === "" && view === "archived" && (
        <EmptyState title={t("documents:empty.archived")}>{t("documents:empty.archivedWords")}</EmptyState>
      )}
      {documents.total === 0 && search !== "" && (
        <EmptyState
          title={t("documents:noMatch.title")}
          action={
            <Button variant="default" onClick={() => setParameter("q", null)}>
              {t("documents:noMatch.showAll")}
            </Button>
          }
        >
          {t("documents:noMatch.words", { search })}
        </EmptyState>
      )}
      {documents.total !== null &&
        documents.total > 0 &&
        documents.matching === 0 &&
        !documents.isIncomplete && (
          <EmptyState
            title={t("status:filter.empty")}
            action={
              <Button variant="default" onClick={() => setParameter("progress", null)}>
                {t("status:filter.showAll")}
              </Button>
            }
          >
            {t("status:filter.emptyHint")}
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
          {t("documents:more")}
        </Button>
      )}
      {documents.rows.length > 0 && mayEdit && view === "inUse" && (
        <p className={classes.foot}>{t("documents:foot")}</p>
      )}
    </>
  );
}

function statusWords(
  { rows, total, matching, isIncomplete, loaded }: Documents,
  search: string,
  progress: ProgressFilter,
): string {
  if (total === null) return "";
  if (isIncomplete) return t("documents:status.read", { count: loaded, all: total });
  if (progress !== "all") return t("documents:status.shown", { count: matching, all: total });
  if (search !== "") return t("documents:status.matches", { count: total });
  return rows.length < total ? t("documents:status.shown", { count: rows.length, all: total }) : "";
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
  const [hasSingleKeys] = useSingleKeys();
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== typed.trim()) setTyped(value);
  }
  useEffect(() => {
    if (!hasSingleKeys) return;
    const focus = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener("keydown", focus);
    return () => document.removeEventListener("keydown", focus);
  }, [hasSingleKeys]);
  return (
    <search className={classes.search}>
      <TextInput
        ref={field}
        type="search"
        aria-label={t("documents:search")}
        placeholder={t("documents:search")}
        value={typed}
        leftSection={<IconSearch size={16} stroke={1.5} aria-hidden />}
        rightSection={typed === "" && hasSingleKeys ? <Kbd>/</Kbd> : null}
        rightSectionPointerEvents="none"
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          send(event.currentTarget.value.trim());
        }}
      />
    </search>
  );
}
