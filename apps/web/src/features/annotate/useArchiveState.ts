// Whether the open document or its project are archived, as far as this page knows. Asked again after a refused change,
// and when the page is looked at again.
import { useApolloClient, useQuery } from "@apollo/client/react";
import { useCallback, useEffect } from "react";
import { useRefusals } from "../../apollo/refusals.ts";
import { ARCHIVE_STATE } from "./operations.ts";
import type { OpenDocument } from "./read-document.ts";

export interface ArchiveState {
  /** The document, or the whole project. */
  readonly isArchived: boolean;
  readonly isProjectArchived: boolean;
  readonly nextVersionId: string | null;
}

export function useArchiveState(document: OpenDocument): ArchiveState {
  const client = useApolloClient();
  const { id } = document;
  const { data } = useQuery(ARCHIVE_STATE, { variables: { id }, fetchPolicy: "network-only" });
  const askAgain = useCallback(() => {
    // Without an answer the page goes on with what it knows.
    client
      .query({ query: ARCHIVE_STATE, variables: { id }, fetchPolicy: "network-only" })
      .catch(() => undefined);
  }, [client, id]);
  useRefusals(askAgain);
  useEffect(() => {
    const look = () => {
      if (window.document.visibilityState === "visible") askAgain();
    };
    window.document.addEventListener("visibilitychange", look);
    return () => window.document.removeEventListener("visibilitychange", look);
  }, [askAgain]);
  const { archivedAt, nextVersion, project } = data?.document ?? document;
  const isProjectArchived = project.archivedAt !== null;
  return {
    isArchived: archivedAt !== null || isProjectArchived,
    isProjectArchived,
    nextVersionId: nextVersion?.id ?? null,
  };
}
