// The workbench's route: a document by its address, and everything that can stand between a person and it.
import { Button } from "@mantine/core";
import { Link, useParams } from "react-router";
import { NotFound } from "../../frame/NotFound.tsx";
import { TopBar } from "../../frame/TopBar.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { usePageTitle } from "../../ui/usePageTitle.ts";
import { t } from "../../words/words.ts";
import { EndedNotice } from "./EndedNotice.tsx";
import { useOpenDocument } from "./useOpenDocument.ts";
import { WorkbenchSkeleton } from "./WorkbenchSkeleton.tsx";
import { WorkbenchView } from "./WorkbenchView.tsx";
import css from "./workbench.module.css";

const toProjects = (
  <Button component={Link} to="/" variant="default">
    {t("page.projects")}
  </Button>
);

export function AnnotatePage() {
  const { documentId = "" } = useParams();
  // another document is another page: nothing of the last one's state may show in it
  return <DocumentPage key={documentId} documentId={documentId} />;
}

function DocumentPage({ documentId }: { readonly documentId: string }) {
  const { opened, isMissing, error, ended, loseAccess, retry } = useOpenDocument(documentId);
  usePageTitle(opened?.document.title, opened?.document.project.name);

  if (opened !== null && ended !== null && ended.code !== "UNAUTHENTICATED") {
    return (
      <Message>
        <EndedNotice {...opened} isAccessLost={ended.code === "FORBIDDEN"} />
      </Message>
    );
  }
  if (isMissing) {
    return (
      <Message>
        <NotFound title={t("workbench:none.title")} action={toProjects}>
          {t("workbench:none.words")}
        </NotFound>
      </Message>
    );
  }
  if (error !== null) {
    return (
      <Message>
        <ErrorState
          title={t("workbench:unread")}
          message={error.message}
          requestId={error.requestId}
          onRetry={retry}
        />
      </Message>
    );
  }
  return opened === null ? (
    <WorkbenchSkeleton />
  ) : (
    <WorkbenchView {...opened} key={opened.workbench.viewer.id} onAccessLost={loseAccess} />
  );
}

function Message({ children }: { readonly children: React.ReactNode }) {
  return (
    <div className={css.page}>
      <TopBar />
      <main id="main" className={css.message}>
        {children}
      </main>
    </div>
  );
}
