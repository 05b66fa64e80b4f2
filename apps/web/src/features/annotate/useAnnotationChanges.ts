// The one place where changes come in: follows a document from the last revision its store has seen, also after any
// reconnect, and hands batches over in order. Nothing is ever fetched again for it.
import { useApolloClient } from "@apollo/client/react";
import { useEffect } from "react";
import type { Subscription } from "rxjs";
import { describeError, type ShownError } from "../../apollo/error-message.ts";
import { socketState } from "../../apollo/socket-state.ts";
import { toBatch } from "./model/from-graphql.ts";
import type { Workbench } from "./model/workbench.ts";
import { DOCUMENT_CHANGES } from "./operations.ts";

/** Before following again after the stream ended for no lasting reason; up to twice that, so that not all come at once. */
const PAUSE_MS = 1000;

/** What asking again would not change. Anything else, a server in trouble above all, passes. */
const LASTING: ReadonlySet<string> = new Set(["FORBIDDEN", "NOT_FOUND", "UNAUTHENTICATED", "REVISION_GONE"]);

export function useAnnotationChanges(
  workbench: Workbench | null,
  documentId: string,
  onEnd: (error: ShownError) => void,
): void {
  const client = useApolloClient();

  useEffect(() => {
    if (workbench === null) return;
    let subscription: Subscription | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;

    function end(error: unknown): void {
      const shown = describeError(error);
      if (!LASTING.has(shown.code)) {
        again();
        return;
      }
      isOver = true;
      onEnd(shown);
    }

    function again(): void {
      clearTimeout(timer);
      timer = setTimeout(follow, PAUSE_MS * (1 + Math.random()));
    }

    function follow(): void {
      subscription?.unsubscribe();
      if (workbench === null || isOver) return;
      const variables = { documentId, afterRevision: workbench.revision };
      subscription = client
        .subscribe({ query: DOCUMENT_CHANGES, variables, fetchPolicy: "no-cache" })
        .subscribe({
          next({ data, error }) {
            if (error !== undefined) end(error);
            else if (data != null && !workbench.applyBatch(toBatch(data.documentChanges))) follow();
          },
          error: end,
          complete: () => {
            if (!isOver) again();
          },
        });
    }

    // The socket's own retry would ask from the revision this began with and be sent everything since. Asking anew at
    // the moment it breaks, from the last revision seen, is exact: nothing can come in between.
    const stopWatching = socketState.subscribe(() => {
      if (socketState.get() === "offline") follow();
      else if (socketState.get() === "connected") workbench.wake();
    });
    const wake = () => workbench.wake();
    addEventListener("online", wake);
    follow();
    return () => {
      isOver = true;
      clearTimeout(timer);
      removeEventListener("online", wake);
      stopWatching();
      subscription?.unsubscribe();
    };
  }, [client, workbench, documentId, onEnd]);
}
