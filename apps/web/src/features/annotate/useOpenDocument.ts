// Opens a document: reads it, makes its store, watches its changes, and closes all that when the page goes. What was
// not sent by then goes on waiting in the outbox.
import { useApolloClient } from "@apollo/client/react";
import { useCallback, useEffect, useState } from "react";
import { describeError, type ShownError } from "../../apollo/error-message.ts";
import { takeDraft } from "./model/note-draft.ts";
import { createUndoStorage } from "./model/undo-storage.ts";
import { createWorkbench, type Workbench } from "./model/workbench.ts";
import { useOutbox } from "./outbox-context.ts";
import { type OpenDocument, readAllAnnotations, readDocument } from "./read-document.ts";
import { useAnnotationChanges } from "./useAnnotationChanges.ts";

export interface OpenedDocument {
  readonly document: OpenDocument;
  readonly workbench: Workbench;
  /** False while annotations are still being read. */
  readonly isComplete: boolean;
}

export interface DocumentSession {
  readonly opened: OpenedDocument | null;
  readonly isMissing: boolean;
  readonly error: ShownError | null;
  /** Set when access ended while the page was open: FORBIDDEN, NOT_FOUND. */
  readonly ended: ShownError | null;
  /** The project is no longer the viewer's to see, said by something else than the document's changes. */
  readonly loseAccess: () => void;
  readonly retry: () => void;
}

const NOTHING = { opened: null, isMissing: false, error: null } as const;

export function useOpenDocument(documentId: string): DocumentSession {
  const client = useApolloClient();
  const { outbox, ready, showsItself } = useOutbox();
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<Pick<DocumentSession, "opened" | "isMissing" | "error">>(NOTHING);
  const [ended, setEnded] = useState<ShownError | null>(null);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);

  // `attempt` is what asks for another reading
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    let isCurrent = true;
    let workbench: Workbench | null = null;

    async function open(): Promise<void> {
      const document = await readDocument(client, documentId);
      if (!isCurrent) return;
      if (document === null) {
        setState({ ...NOTHING, isMissing: true });
        return;
      }
      await ready;
      if (!isCurrent) return;
      const { id, title, viewer, revision } = document;
      const created = createWorkbench({
        viewer,
        document: { id, title },
        revision,
        outbox,
        undoStorage: createUndoStorage(sessionStorage, viewer.id, documentId),
        takeDraft: (annotationId) => takeDraft(localStorage, "note", viewer.id, annotationId),
        takeCommentDraft: (annotationId) => takeDraft(localStorage, "comment", viewer.id, annotationId),
      });
      workbench = created;
      setEnded(null);
      setState({ ...NOTHING, opened: { document, workbench: created, isComplete: false } });
      const { annotations, relations, comments } = await readAllAnnotations(client, documentId);
      if (!isCurrent) return;
      created.load(annotations, relations, comments);
      setState({ ...NOTHING, opened: { document, workbench: created, isComplete: true } });
    }

    open().catch((error: unknown) => {
      if (isCurrent) setState({ ...NOTHING, error: describeError(error) });
    });
    return () => {
      isCurrent = false;
      workbench?.dispose();
    };
  }, [client, outbox, ready, documentId, attempt]);
  useEffect(() => showsItself(documentId), [showsItself, documentId]);

  const end = useCallback(
    (error: ShownError) => {
      // the log no longer reaches back that far: what is known may be wrong, so all is read anew
      if (error.code === "REVISION_GONE") retry();
      else setEnded(error);
    },
    [retry],
  );
  useAnnotationChanges(state.opened?.isComplete === true ? state.opened.workbench : null, documentId, end);

  const loseAccess = useCallback(
    () => setEnded({ code: "FORBIDDEN", field: null, message: "", requestId: null }),
    [],
  );
  return { ...state, ended, loseAccess, retry };
}
