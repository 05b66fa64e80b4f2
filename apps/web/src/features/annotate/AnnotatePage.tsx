// The workbench's route: a document by its address, and everything that can stand between a person and it.
import { Button } from "@mantine/core";
import { Link, useParams } from "react-router";
import { NotFound } from "../../frame/NotFound.tsx";
import { TopBar } from "../../frame/TopBar.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { usePageTitle } from "../../ui/usePageTitle.ts";
import { useOpenDocument } from "./useOpenDocument.ts";
import { WorkbenchSkeleton } from "./WorkbenchSkeleton.tsx";
import { WorkbenchView } from "./WorkbenchView.tsx";
import css from "./workbench.module.css";

const toProjects = (
  <Button component={Link} to="/" variant="default">
    Projects
  </Button>
);

export function AnnotatePage() {
  const { documentId = "" } = useParams();
  // another document is another page: nothing of the last one's state may show in it
  return <DocumentPage key={documentId} documentId={documentId} />;
}

function DocumentPage({ documentId }: { readonly documentId: string }) {
  const { opened, isMissing, error, ended, retry } = useOpenDocument(documentId);
  usePageTitle(opened?.document.title, opened?.document.project.name);

  if (ended !== null && ended.code !== "UNAUTHENTICATED") {
    const isGone = ended.code === "NOT_FOUND";
    return (
      <Message>
        <NotFound
          title={isGone ? "This document has been deleted" : "You no longer have access"}
          action={toProjects}
        >
          {isGone
            ? "Somebody deleted it while it was open here, with what you had sent by then. A curator or an owner can restore both for 30 days."
            : "Your access to this project ended while the document was open. What you had not sent yet is kept on this device."}
        </NotFound>
      </Message>
    );
  }
  if (isMissing) {
    return (
      <Message>
        <NotFound title="There is no document here" action={toProjects}>
          It has been deleted, or it belongs to a project you are not a member of.
        </NotFound>
      </Message>
    );
  }
  if (error !== null) {
    return (
      <Message>
        <ErrorState
          title="The document could not be read"
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
    <WorkbenchView {...opened} key={opened.workbench.viewer.id} />
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
