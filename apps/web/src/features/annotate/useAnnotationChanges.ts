// The one place where changes of a document come in: from the last revision its store has seen, in order.
import { useApolloClient } from "@apollo/client/react";
import { useEffect } from "react";
import type { ShownError } from "../../apollo/error-message.ts";
import { followChanges } from "../../apollo/follow-changes.ts";
import { toBatch } from "./model/from-graphql.ts";
import type { Workbench } from "./model/workbench.ts";
import { DOCUMENT_CHANGES } from "./operations.ts";

export function useAnnotationChanges(
  workbench: Workbench | null,
  documentId: string,
  onEnd: (error: ShownError) => void,
): void {
  const client = useApolloClient();
  useEffect(() => {
    if (workbench === null) return;
    return followChanges(client, {
      query: DOCUMENT_CHANGES,
      variables: () => ({ documentId, afterRevision: workbench.revision }),
      take: ({ documentChanges }) => workbench.applyBatch(toBatch(documentChanges)),
      onEnd,
    });
  }, [client, workbench, documentId, onEnd]);
}
